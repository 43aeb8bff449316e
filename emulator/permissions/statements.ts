import * as z from 'zod';

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** One statement of a policy: what it allows or denies, on what. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** `service:Operation` with wildcards, in lower case: IAM does not tell actions apart by case. */
  readonly actions: readonly string[];
  /** ARNs with wildcards. */
  readonly resources: readonly string[];
  /** Only calls that ask for no other attributes of an item than these. */
  readonly attributes?: readonly string[];
}

const Through = z.strictObject({ StringEquals: z.strictObject({ 'kms:ViaService': z.unknown() }) });

/** The one condition that is judged, as AWS's guide writes it. */
const OnlyAttributes = z.strictObject({
  'ForAllValues:StringEquals': z.strictObject({ 'dynamodb:Attributes': oneOrMore }),
  'StringEqualsIfExists': z.strictObject({ 'dynamodb:Select': z.literal('SPECIFIC_ATTRIBUTES') }),
});

const Written = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z.unknown().optional(),
});
const Document = z.object({ Statement: z.union([Written.transform((one) => [one]), z.array(Written)]) });

/**
 * The services whose calls are judged here. What a policy says about others (keys, logs, traces) has nothing to be held
 * against.
 */
const judgedServices: ReadonlySet<string> = new Set(['dynamodb', 'kms', 's3', 'ses', 'sns', 'sqs', 'states', '*']);

/** A policy says something that the local cloud cannot judge; to pass it over would allow other calls than AWS does. */
class UnknownPolicy extends Error {
  override readonly name = 'UnknownPolicy';
}

/**
 * The statements of a policy document about the services that this machine has.
 * @param document with every reference resolved
 * @throws ZodError for `NotAction`, `NotResource` and `Principal`, UnknownPolicy for a condition other than which
 * attributes `dynamodb:GetItem` may ask for
 */
export function readStatements(document: unknown): readonly Statement[] {
  return Document.parse(document).Statement.flatMap((written) => {
    const actions = written.Action.map((action) => action.toLowerCase()).filter((action) =>
      judgedServices.has(action.split(':')[0] ?? ''),
    );
    if (actions.length === 0) return [];
    const statement = { effect: written.Effect, actions, resources: written.Resource };
    if (written.Condition === undefined) return [statement];
    // No call of a function's own comes through another service: such a grant allows nothing that is judged here.
    if (Through.safeParse(written.Condition).success && actions.every((action) => action.startsWith('kms:'))) return [];
    const only = OnlyAttributes.safeParse(written.Condition);
    if (!only.success || written.Effect === 'Deny' || actions.some((action) => action !== 'dynamodb:getitem'))
      throw new UnknownPolicy(
        `The local cloud judges no such conditions, and ${actions.join(', ')} has ${JSON.stringify(written.Condition)}`,
      );
    return [{ ...statement, attributes: only.data['ForAllValues:StringEquals']['dynamodb:Attributes'] }];
  });
}
