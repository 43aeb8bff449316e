import { createHash, randomUUID } from 'node:crypto';
import type { Expression } from 'jsonata';
import { parseJson, type Json } from '../json.ts';

/**
 * The functions that Step Functions adds to JSONata.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions
 * Signatures are the package's: a = array, n = number, s = string, x = anything; `?` may be absent.
 */
export function registerAwsFunctions(expression: Expression): void {
  expression.registerFunction('partition', partition, '<an:a>');
  expression.registerFunction('range', range, '<nnn:x>');
  expression.registerFunction('hash', hash, '<ss:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', parse, '<s:x>');
}

/** AWS's limit for States.ArrayRange, which $range replaces. */
const longestRange = 1_000;
const algorithms: Readonly<Record<string, string>> = {
  'MD5': 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

function partition(list: readonly Json[] | undefined, size: number | undefined): Json[][] | undefined {
  if (list === undefined || size === undefined) return undefined;
  const step = Math.trunc(size);
  if (step < 1) throw new RangeError('The chunk size of $partition must be a positive integer');
  const parts: Json[][] = [];
  for (let start = 0; start < list.length; start += step) parts.push(list.slice(start, start + step));
  return parts;
}

/** Both ends belong to the range. One number alone is itself, not a list: AWS gives a JSONata sequence. */
function range(start?: number, end?: number, step?: number): number | number[] | undefined {
  if (start === undefined || end === undefined || step === undefined) return undefined;
  if (step === 0) throw new RangeError('The step of $range must not be zero');
  const count = Math.floor((end - start) / step) + 1;
  if (count > longestRange) throw new RangeError(`$range gives at most ${longestRange} numbers`);
  if (count <= 0) return undefined;
  const numbers = Array.from({ length: count }, (_, index) => start + index * step);
  return count === 1 ? numbers[0] : numbers;
}

function hash(text: string | undefined, algorithm: string | undefined): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  const known = algorithms[algorithm];
  if (known === undefined)
    throw new RangeError(`The algorithm of $hash must be one of ${Object.keys(algorithms).join(', ')}`);
  return createHash(known).update(text, 'utf8').digest('hex');
}

/** From 0 to less than 1; the same seed gives the same number, though not AWS's. */
function random(seed: number | undefined): number {
  if (seed === undefined) return Math.random();
  return createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32;
}

function parse(text: string | undefined): Json | undefined {
  return text === undefined ? undefined : parseJson(text);
}
