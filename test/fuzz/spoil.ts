import type { Random } from '../simulate/random.ts';

/** Values that programs trip over. */
const nasty: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  -0,
  2 ** 53,
  1e308,
  '',
  ' ',
  '0',
  'null',
  '__proto__',
  'constructor',
  [],
  {},
  [[]],
  { toString: 1 },
  { length: 1e9 },
  'x'.repeat(300),
  'ệ'.repeat(5000),
  '\u0000',
  '\u202Eabc',
  '\uFEFF',
  'a\u0301\u0323\u0302\u0306\u0327\u0328',
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  '\uD83D',
  '１２３４',
  'Ñguyên',
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '${jndi:ldap://127.0.0.1/a}',
  'HEAD#',
  'DOSSIER#x',
  '%00',
  '2026-02-30T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '9999-12-31T23:59:59.999+14:00',
  '1e999',
];
const ownKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'then', 'pk', 'sk'];

/** The same value with one thing in it that does not belong there. */
export function spoil(whole: unknown, random: Random): unknown {
  if (Array.isArray(whole) && whole.length > 0 && random.chance(0.8)) {
    const index = random.below(whole.length);
    const items: readonly unknown[] = whole;
    return random.chance(0.15)
      ? Array.from({ length: random.pick([0, 2, 70, 600]) }, () => items[index])
      : items.map((item, at) => (at === index ? spoil(item, random) : item));
  }
  if (typeof whole === 'object' && whole !== null && random.chance(0.85)) {
    const entries = Object.entries(whole);
    const key = entries.length === 0 ? undefined : random.pick(entries)[0];
    if (key === undefined || random.chance(0.15)) return { ...whole, [random.pick(ownKeys)]: random.pick(nasty) };
    if (random.chance(0.15)) return Object.fromEntries(entries.filter(([name]) => name !== key));
    return Object.fromEntries(entries.map(([name, value]) => [name, name === key ? spoil(value, random) : value]));
  }
  if (typeof whole === 'string' && random.chance(0.3))
    return random.pick([
      whole.slice(1),
      whole + whole,
      whole.toUpperCase(),
      ` ${whole} `,
      `${whole}\u200B`,
      whole.normalize('NFD'),
    ]);
  if (typeof whole === 'number' && random.chance(0.4))
    return random.pick([whole + 0.5, -whole, whole * 1e6, String(whole)]);
  return random.pick(nasty);
}

/** JSON text with what a value cannot say: a key twice, a list that never ends, half a document. */
export function spoilText(json: string, random: Random): string {
  const at = random.below(json.length + 1);
  return random.pick([
    json.slice(0, at),
    json.slice(0, at) + random.pick(['\u0000', ',', '{', '"', '\\', 'NaN', '\uFFFD']) + json.slice(at),
    json.replace('{', '{"type":"Scanned","type":"Scanned",'),
    json.replace('{', '{"__proto__":{"role":"ops"},'),
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    json.replace(/\d+/, '1e400'),
    json.replace(/\d+/, '9'.repeat(400)),
    `${json}${json}`,
    `\uFEFF${json}`,
    '',
    'x'.repeat(70_000),
  ]);
}
