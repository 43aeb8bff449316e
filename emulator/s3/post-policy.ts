import * as z from 'zod';
import { accessDenied, S3Refusal } from './refusal.ts';

/**
 * A POST policy: what a form may upload.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
const Policy = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(
    z.union([
      z.tuple([z.string().regex(/^content-length-range$/i), z.coerce.number().int(), z.coerce.number().int()]),
      z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
      z.record(z.string(), z.string()),
    ]),
  ),
});
type Condition = z.infer<typeof Policy>['conditions'][number];

export interface SizeRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** The largest object that one request can carry, where the policy sets no limit. */
const anySize: SizeRange = { minimum: 0, maximum: 5 * 1024 ** 3 };

/** Fields that carry the policy itself: they need no condition. */
const exempt = new Set(['policy', 'x-amz-signature', 'file', 'bucket']);

/**
 * Compares a form with its policy.
 * @param fields every field before the file, names in lower case
 * @param now epoch milliseconds of the virtual clock
 * @returns how large the file may be
 * @throws S3Refusal with S3's own words
 */
export function checkPolicy(
  policyBase64: string,
  bucket: string,
  fields: ReadonlyMap<string, string>,
  now: number,
): SizeRange {
  const policy = parsePolicy(policyBase64);
  if (now >= Date.parse(policy.expiration)) throw invalidAccordingToPolicy('Policy expired.');

  const values = new Map(fields).set('bucket', bucket);
  const named = new Set<string>();
  let range = anySize;
  for (const condition of policy.conditions.flatMap(spelledOut)) {
    if (condition.match === 'range') {
      range = condition;
      continue;
    }
    named.add(condition.field);
    if (!holds(condition, values.get(condition.field))) {
      throw invalidAccordingToPolicy(
        `Policy Condition failed: ["${condition.match}", "$${condition.written}", "${condition.value}"]`,
      );
    }
  }
  const extra = [...fields.keys()].filter(
    (name) => !named.has(name) && !exempt.has(name) && !name.startsWith('x-ignore-'),
  );
  if (extra.length > 0) throw invalidAccordingToPolicy(`Extra input fields: ${extra.join(', ')}`);
  return range;
}

interface FieldCondition {
  readonly match: 'eq' | 'starts-with';
  /** In lower case: fields and conditions are compared without it. */
  readonly field: string;
  /** As the policy spells it. */
  readonly written: string;
  readonly value: string;
}
type RangeCondition = SizeRange & { readonly match: 'range' };

/** `{a: 'b'}` is short for `["eq", "$a", "b"]`. */
function spelledOut(condition: Condition): readonly (FieldCondition | RangeCondition)[] {
  if (!Array.isArray(condition))
    return Object.entries(condition).map(([name, value]) => fieldCondition('eq', name, value));
  const [first, second, third] = condition;
  if (typeof third === 'number') return [{ match: 'range', minimum: Number(second), maximum: third }];
  return [fieldCondition(first === 'starts-with' ? 'starts-with' : 'eq', String(second).slice(1), third)];
}

function fieldCondition(match: FieldCondition['match'], written: string, value: string): FieldCondition {
  return { match, field: written.toLowerCase(), written, value };
}

function holds({ match, field, value }: FieldCondition, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  if (match === 'eq') return actual === value;
  // A content type may be a list, of which every part must start so.
  const parts = field === 'content-type' ? actual.split(',') : [actual];
  return parts.every((part) => part.trimStart().startsWith(value));
}

function parsePolicy(base64: string): z.infer<typeof Policy> {
  const policy = Policy.safeParse(parseJson(Buffer.from(base64, 'base64').toString('utf8')));
  if (policy.success) return policy.data;
  throw new S3Refusal(
    400,
    'InvalidPolicyDocument',
    'The content of the form does not meet the conditions specified in the policy document.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalidAccordingToPolicy(reason: string): S3Refusal {
  return accessDenied(`Invalid according to Policy: ${reason}`);
}
