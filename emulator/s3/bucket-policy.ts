import * as z from 'zod';
import { matches } from '../permissions/evaluate.ts';

/**
 * What a bucket denies to everybody who calls here: an action on some objects, unless they bear a tag, or unless it
 * writes over nothing.
 */
export interface Denial {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly unlessTagged?: { readonly key: string; readonly value: string };
  readonly unlessOnlyIfNew?: true;
}

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
const Policy = z.object({ Bucket: z.string(), PolicyDocument: z.object({ Statement: z.array(Statement) }) });

const tagCondition = 's3:ExistingObjectTag/';

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly value: unknown;
}
function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html */
function isOfNewOnly({ operator, key, value }: Condition): boolean {
  return operator === 'Null' && key === 's3:if-none-match' && isTrue(value);
}
/** True of whatever makes an object, and of no part of one. */
function isOfCreation({ operator, key, value }: Condition): boolean {
  return operator === 'Bool' && key === 's3:ObjectCreationOperation' && isTrue(value);
}
function isOfCallers({ operator, key }: Condition): boolean {
  return operator === 'ArnNotEquals' && key === 'aws:PrincipalArn';
}

/**
 * The denials of a bucket's policy that hang on nothing, on an object's tag, on who calls, or on writing over nothing.
 * Whoever is excepted by his ARN is a service of AWS, and none calls here. What insists on TLS has nothing to be held
 * against on loopback, and what allows other accounts neither.
 * @param properties of `AWS::S3::BucketPolicy`
 */
export function denialsIn(properties: unknown): { readonly bucket: string; readonly denials: readonly Denial[] } {
  const { Bucket, PolicyDocument } = Policy.parse(properties);
  const denials = PolicyDocument.Statement.flatMap(({ Effect, Action, Resource, Condition }): Denial[] => {
    const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => ({ operator, key, value })),
    );
    const tag = conditions.find(({ operator, key }) => operator === 'StringNotEquals' && key.startsWith(tagCondition));
    const isKnown = conditions.every((one) => one === tag || isOfCallers(one) || isOfNewOnly(one) || isOfCreation(one));
    if (Effect !== 'Deny' || !isKnown) return [];
    const actions = Action.map((action) => action.toLowerCase());
    const onlyIfNew = conditions.some(isOfNewOnly) ? ({ unlessOnlyIfNew: true } as const) : {};
    if (tag === undefined) return [{ actions, resources: Resource, ...onlyIfNew }];
    const unlessTagged = { key: tag.key.slice(tagCondition.length), value: z.string().parse(tag.value) };
    return [{ actions, resources: Resource, unlessTagged, ...onlyIfNew }];
  });
  return { bucket: Bucket, denials };
}

/**
 * @param tags of the object, once it is known which one it is
 * @param onlyIfNew of what makes an object: whether it writes over nothing
 */
export function isDenied(
  denials: readonly Denial[],
  action: string,
  resource: string,
  tags: Readonly<Record<string, string>> | undefined,
  onlyIfNew?: boolean,
): boolean {
  return denials.some(
    ({ actions, resources, unlessTagged, unlessOnlyIfNew }) =>
      (unlessOnlyIfNew === undefined || onlyIfNew === false) &&
      (unlessTagged === undefined || (tags !== undefined && tags[unlessTagged.key] !== unlessTagged.value)) &&
      actions.some((pattern) => matches(pattern, action.toLowerCase())) &&
      resources.some((pattern) => matches(pattern, resource)),
  );
}
