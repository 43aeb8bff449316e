/** Data as text in the order of their keys, so that what is the same reads the same; a dash for nothing. */
export function shown(value: unknown): string {
  if (value === undefined) return '–';
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => a.localeCompare(b)))
      : part,
  );
}
