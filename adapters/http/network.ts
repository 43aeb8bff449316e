/**
 * Who is counted as one: an IPv4 address, or the 64 bits of IPv6 that one phone or one household is given.
 * @param sourceIp as API Gateway says it
 */
export function networkOf(sourceIp: string): string {
  const mapped = /^::ffff:(?<v4>\d+\.\d+\.\d+\.\d+)$/i.exec(sourceIp)?.groups?.['v4'];
  if (mapped !== undefined || !sourceIp.includes(':')) return mapped ?? sourceIp;
  const [before = [], after = []] = sourceIp.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
