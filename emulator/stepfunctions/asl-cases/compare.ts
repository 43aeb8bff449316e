import { isDeepStrictEqual } from 'node:util';
import { isList, isObject, tryParseJson, type Json, type JsonObject } from '../json.ts';
import type { RecordedCase } from './cases.ts';

/** What an execution has come to, as the protocol answers it. */
export interface Observed {
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly JsonObject[];
}

export interface Verdict {
  readonly status: boolean;
  readonly output: boolean;
  readonly types: boolean;
  readonly history: boolean;
  /** Each difference in a sentence. */
  readonly differences: readonly string[];
}

/** Stand-ins for a whole value, whatever list the case gives. */
const anyValue = new Set([
  'date',
  'timestamp',
  'snf_role_arn',
  'RequestId',
  'x-amzn-RequestId',
  'x-amzn-requestid',
  'x-amz-crc32',
]);

/**
 * Compares what happened here with what AWS recorded. Times do not count, nor do values that AWS makes up (the case's
 * placeholders and masks). JSON inside texts is compared as JSON: AWS does not promise the order of fields.
 */
export function compare(recorded: RecordedCase, observed: Observed): Verdict {
  const differences: string[] = [];
  const same = (what: string, wanted: Json | undefined, got: Json | undefined): boolean => {
    if (equal(recorded, wanted, got)) return true;
    differences.push(`${what}: AWS ${shown(wanted)}, here ${shown(got)}`);
    return false;
  };
  const { expected } = recorded;
  const status = same('status', expected.status, observed.status);
  const outputs = [
    same('output', expected.output, observed.output),
    same('error', expected.error, observed.error),
    same('cause', expected.cause, observed.cause),
  ];
  const types = same(
    'event types',
    typesOf(recorded, expected.history),
    typesOf(recorded, kept(recorded, observed.history)),
  );
  const history = compareHistory(recorded, observed.history, same);
  return { status, output: outputs.every(Boolean), types, history, differences };
}

function compareHistory(
  recorded: RecordedCase,
  history: readonly JsonObject[],
  same: (what: string, wanted: Json | undefined, got: Json | undefined) => boolean,
): boolean {
  const byId = new Map(history.map((event) => [event['id'], event]));
  const wanted = events(recorded);
  const results = wanted
    .filter(({ id }) => typeof id === 'number')
    .map((event) => same(`event ${shown(event['id'])}`, untimed(event), untimed(byId.get(event['id']) ?? {})));
  // Events that ran side by side are recorded without number and order: each must be found among those without a
  // number.
  const rest = kept(recorded, history).filter(({ id }) => !wanted.some((event) => event['id'] === id));
  for (const event of wanted.filter(({ id }) => typeof id !== 'number')) {
    const at = rest.findIndex((candidate) => equal(recorded, unnumbered(event), unnumbered(candidate)));
    results.push(at >= 0 || same('an event without number', unnumbered(event), undefined));
    if (at >= 0) rest.splice(at, 1);
  }
  results.push(rest.length === 0 || same('events that AWS does not have', undefined, rest.map(untimed)));
  return results.every(Boolean);
}

/**
 * What happened here without what the recording lost: a recording whose last number is higher than its length has lost
 * events among those that ran side by side. Numbers that are recorded are never dropped.
 */
function kept(recorded: RecordedCase, history: readonly JsonObject[]): readonly JsonObject[] {
  const wanted = events(recorded);
  const unordered = wanted.filter(({ id }) => typeof id !== 'number');
  const lost = Number(wanted.at(-1)?.['id'] ?? 0) - wanted.length;
  if (unordered.length === 0 || lost <= 0) return history;
  const numbers = new Set(wanted.map(({ id }) => id));
  const missing = history.filter(
    (event) => !numbers.has(event['id'] ?? null) && !unordered.some(({ type }) => type === event['type']),
  );
  return history.filter((event) => !missing.slice(0, lost).includes(event));
}

function events(recorded: RecordedCase): JsonObject[] {
  return recorded.expected.history;
}

/** The types in their order, or sorted where the recording has no order. */
function typesOf(recorded: RecordedCase, history: readonly { readonly type?: unknown }[]): Json {
  const types = history.map(({ type }) => String(type));
  return events(recorded).every(({ id }) => typeof id === 'number') ? types : types.toSorted();
}

function untimed({ timestamp: _timestamp, ...event }: JsonObject): JsonObject {
  return event;
}

function unnumbered({ timestamp: _timestamp, id: _id, previousEventId: _previous, ...event }: JsonObject): JsonObject {
  return event;
}

function equal(recorded: RecordedCase, wanted: Json | undefined, got: Json | undefined): boolean {
  const expected = typeof wanted === 'string' ? unfold(wanted) : wanted;
  const actual = typeof got === 'string' ? unfold(got) : got;
  if (typeof expected === 'string') return equalText(recorded, expected, actual);
  if (isList(expected)) {
    return (
      isList(actual) &&
      actual.length === expected.length &&
      expected.every((item, index) => equal(recorded, item, actual[index]))
    );
  }
  if (isObject(expected)) return isObject(actual) && equalObjects(recorded, expected, actual);
  return isDeepStrictEqual(expected, actual);
}

function equalObjects(recorded: RecordedCase, wanted: JsonObject, got: JsonObject): boolean {
  const masked = new Set(recorded.masked.map(([path]) => path.replace('$..', '')));
  const names = new Set([...Object.keys(wanted), ...Object.keys(got)]);
  return [...names].every((name) => {
    const [expected, actual] = [wanted[name], got[name]];
    if (expected === undefined || actual === undefined) return false;
    const isMasked = masked.has(name) && recorded.masked.some(([, standIn]) => expected === standIn);
    return isMasked || equal(recorded, expected, actual);
  });
}

/** Objects and lists written as text are compared as what they are. */
function unfold(text: string): Json {
  const json = tryParseJson(text);
  return isObject(json) || isList(json) ? json : text;
}

function equalText(recorded: RecordedCase, wanted: string, got: Json | undefined): boolean {
  if (wanted === got) return true;
  if (anyValue.has(wanted)) return got !== undefined;
  if (typeof got !== 'string') return false;
  const standIns = recorded.placeholders.filter(
    (placeholder) => placeholder.startsWith('<') && wanted.includes(placeholder),
  );
  if (standIns.length === 0) return false;
  const between = wanted.split(new RegExp(standIns.map(escaped).join('|'), 'u'));
  return new RegExp(`^${between.map(escaped).join('.*?')}$`, 'su').test(got);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
