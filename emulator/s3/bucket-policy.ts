import * as z from 'zod';
import { matches } from '../permissions/evaluate.ts';

/** What a bucket denies to everybody who calls here: an action on some objects, unless they bear a tag. */
export interface Denial {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly unlessTagged?: { readonly key: string; readonly value: string };
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

/**
 * The denials of a bucket's policy that hang on an object's tag, or on who calls. Whoever is excepted by his ARN is a
 * service of AWS, and none calls here. What insists on TLS has nothing to be held against on loopback, and what allows
 * other accounts neither.
 * @param properties of `AWS::S3::BucketPolicy`
 */
export function denialsIn(properties: unknown): { readonly bucket: string; readonly denials: readonly Denial[] } {
  const { Bucket, PolicyDocument } = Policy.parse(properties);
  const denials = PolicyDocument.Statement.flatMap(({ Effect, Action, Resource, Condition }): Denial[] => {
    const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => ({ operator, key, value })),
    );
    const tag = conditions.find(({ operator, key }) => operator === 'StringNotEquals' && key.startsWith(tagCondition));
    const others = conditions.filter((one) => one !== tag);
    const isOfCallers = others.every(({ operator, key }) => operator === 'ArnNotEquals' && key === 'aws:PrincipalArn');
    if (Effect !== 'Deny' || conditions.length === 0 || !isOfCallers) return [];
    const actions = Action.map((action) => action.toLowerCase());
    if (tag === undefined) return [{ actions, resources: Resource }];
    const unlessTagged = { key: tag.key.slice(tagCondition.length), value: z.string().parse(tag.value) };
    return [{ actions, resources: Resource, unlessTagged }];
  });
  return { bucket: Bucket, denials };
}

/** @param tags of the object, once it is known which one it is */
export function isDenied(
  denials: readonly Denial[],
  action: string,
  resource: string,
  tags: Readonly<Record<string, string>> | undefined,
): boolean {
  return denials.some(
    ({ actions, resources, unlessTagged }) =>
      (unlessTagged === undefined || (tags !== undefined && tags[unlessTagged.key] !== unlessTagged.value)) &&
      actions.some((pattern) => matches(pattern, action.toLowerCase())) &&
      resources.some((pattern) => matches(pattern, resource)),
  );
}
