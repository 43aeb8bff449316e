/**
 * Which of the types that are offered a caller prefers: RFC 9110, section 12.5.1. Of equals the first that is offered,
 * and that too where he takes none of them: an answer that he did not ask for tells him more than none.
 */
export function preferred<T extends string>(accept = '*/*', offered: readonly T[]): T | undefined {
  const ranges = accept.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    return { name, weight: weight >= 0 ? weight : 0 };
  });
  const weightOf = (type: string): number => {
    const [family = ''] = type.split('/');
    const found = [type, `${family}/*`, '*/*'].map((name) => ranges.find((range) => range.name === name));
    return found.find((range) => range !== undefined)?.weight ?? 0;
  };
  return offered.toSorted((one, other) => weightOf(other) - weightOf(one))[0];
}
