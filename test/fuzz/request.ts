import * as z from 'zod';
import { requestHeaders } from '../../contract/headers.ts';
import { operations } from '../../contract/operations.ts';
import type { Operation } from '../../contract/operation.ts';
import { randomFrom, type Random } from '../simulate/random.ts';
import { drawValid } from './draw.ts';
import { spoil, spoilText } from './spoil.ts';
import { callerNames, callers, type Sent, type World } from './world.ts';

const Parts = z.looseObject({
  path: z.unknown().optional(),
  query: z.unknown().optional(),
  body: z.unknown().optional(),
});

const contentTypes = [
  'text/plain',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'APPLICATION/JSON',
  '',
  'application/json, text/html',
];
const oddHeaders: readonly (readonly [string, string])[] = [
  ['idempotency-key', 'another-key-0001'],
  ['if-match', '"1", "2"'],
  ['if-match', 'W/"00"'],
  ['if-none-match', '*'],
  ['if-none-match', '"'.repeat(500)],
  ['x-forwarded-for', '10.0.0.1, 203.0.113.9'],
  ['x-http-method-override', 'DELETE'],
  ['accept', 'application/xml'],
  ['accept-encoding', 'br;q=nonsense'],
  ['range', 'bytes=0-1'],
  ['cookie', '__proto__=1; a'],
  ['origin', 'https://elsewhere.example'],
  ['content-encoding', 'gzip'],
  ['authorization', 'Basic Og=='],
];
const pathTricks: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => path.replace('/v1', '/v1/'),
  (path) => path.replace('/v1', '//v1'),
  (path) => path.replace('/v1', '/v1/../v1'),
  (path) => path.replace('/v1', '/V1'),
  (path) => path.replaceAll('/', '%2F'),
  (path) => path.replace(/\/[^/]*$/, '/%00'),
  (path) => path.replace(/\/[^/]*$/, '/%ff%fe'),
  (path) => path.replace(/\/[^/]*$/, '/%2e%2e'),
  (path) => path.replace(/\/[^/]*$/, `/${'a'.repeat(3000)}`),
  (path) => `${path}?${'a=1&'.repeat(200)}`,
  (path) => `${path}?__proto__=1&__proto__[a]=2&constructor=3`,
  (path) => `${path}?limit=1&limit=2&at=%F0%9F%9A%80&cursor=%00`,
  (path) => `${path};a=b`,
  (path) => `${path}%20`,
];

/** The `number`th request of a seed, always the same. */
export function drawRequest(
  seed: number,
  number: number,
  world: Pick<World, 'vocabularyOf'>,
): { operation: Operation; sent: Sent } {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  const operation: Operation = random.pick(operations);
  const able = callerNames.filter((name) => mayCall(operation, name));
  const caller = random.chance(0.8) && able.length > 0 ? random.pick(able) : random.pick(callerNames);
  const valid = drawValid(operation.request, random, world.vocabularyOf(caller));
  const way = random.fraction();
  const whole = Parts.safeParse(way < 0.35 ? spoil(valid, random) : valid).data ?? {};
  const hasBody = Object.hasOwn(operation.request.shape, 'body');
  const json = hasBody ? JSON.stringify(whole.body ?? null) : random.chance(0.05) ? '{"a":1}' : undefined;
  const sent: Sent = {
    caller,
    // Each stranger has an address, so that one does not use up what the others may ask for.
    from: `127.${random.between(1, 250)}.${random.between(0, 250)}.${random.between(1, 250)}`,
    method: operation.method,
    path: pathOf(operation, whole),
    headers: [...(hasBody ? [['content-type', 'application/json'] as const] : []), ...headersOf(whole)],
    body: json,
  };
  return { operation, sent: twisted(sent, way, random) };
}

function mayCall({ doors }: Operation, name: (typeof callerNames)[number]): boolean {
  const speaker = callers[name];
  return doors === 'open' ? speaker === undefined : speaker !== undefined && doors.includes(speaker.role);
}

/** What no schema can say: bytes, headers, methods, paths. */
function twisted(sent: Sent, way: number, random: Random): Sent {
  if (way < 0.65) return sent;
  if (way < 0.75) {
    if (sent.body === undefined) return { ...sent, body: spoilText('{}', random) };
    return random.chance(0.2)
      ? { ...sent, brokenAt: random.below(sent.body.length + 1) }
      : { ...sent, body: spoilText(sent.body, random) };
  }
  if (way < 0.85) {
    const odd: readonly [string, string] = random.chance(0.4)
      ? ['content-type', random.pick(contentTypes)]
      : [...random.pick(oddHeaders)];
    const kept = random.chance(0.5) ? sent.headers : sent.headers.filter(([name]) => name !== odd[0]);
    return { ...sent, headers: [...kept, odd] };
  }
  if (way < 0.93) return { ...sent, path: random.pick(pathTricks)(sent.path) };
  if (way < 0.96) return { ...sent, method: random.pick(['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'POST', 'GET']) };
  return sent;
}

function entriesOf(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, one]) => [name, typeof one === 'string' ? one : JSON.stringify(one)]);
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function pathOf({ path }: Operation, { path: inPath, query }: z.infer<typeof Parts>): string {
  const values = new Map(entriesOf(inPath));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encoded(values.get(name) ?? 'x'));
  const asked = entriesOf(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return (asked.length === 0 ? filled : `${filled}?${asked.join('&')}`).slice(0, 7000);
}

function headersOf(whole: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return requestHeaders.flatMap(([part, name]) => {
    const value = whole[part];
    // Node sends no header that no server would take.
    return typeof value === 'string' ? [[name.toLowerCase(), value.replaceAll(/[^\t\x20-\x7e]/g, '?')] as const] : [];
  });
}
