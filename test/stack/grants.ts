import * as z from 'zod';
import type { Resource, Synthesized } from './synthesized.ts';

const many = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const target = z.unknown();
const statement = z.strictObject({
  Effect: z.literal('Allow'),
  Action: many,
  Resource: z.union([z.array(target), target.transform((one) => [one])]),
  Condition: z
    .union([
      z.strictObject({ StringEquals: z.strictObject({ 'kms:ViaService': z.unknown() }) }),
      z.strictObject({
        'ForAllValues:StringEquals': z.strictObject({ 'dynamodb:Attributes': z.array(z.string()) }),
        'StringEqualsIfExists': z.strictObject({ 'dynamodb:Select': z.literal('SPECIFIC_ATTRIBUTES') }),
      }),
      z.strictObject({ StringLike: z.strictObject({ 'events:ManagedBy': z.string() }) }),
    ])
    .optional(),
});
const policy = z.object({ Roles: z.array(z.unknown()), PolicyDocument: z.object({ Statement: z.array(statement) }) });

/**
 * What a role may do, each resource with its actions: `{ Book: ['dynamodb:GetItem'], '*': [...] }`. A key says through
 * which service.
 */
export type Grants = Readonly<Record<string, readonly string[]>>;

function conditionIn(stack: Synthesized, condition: NonNullable<z.infer<typeof statement>['Condition']>): string {
  if ('ForAllValues:StringEquals' in condition)
    return ` of it ${condition['ForAllValues:StringEquals']['dynamodb:Attributes'].join(', ')} alone`;
  return 'StringEquals' in condition
    ? ` through ${stack.said(condition.StringEquals['kms:ViaService'])}`
    : ` managed by ${condition.StringLike['events:ManagedBy']}`;
}

/** Everything that the policies of the stack allow to `role`. */
export function grantsOf(stack: Synthesized, role: Resource): Grants {
  const grants: Record<string, string[]> = {};
  for (const { PolicyDocument } of policiesOf(stack, role.name)) {
    for (const { Action, Resource, Condition } of PolicyDocument.Statement) {
      const through = Condition === undefined ? '' : conditionIn(stack, Condition);
      for (const one of Resource) (grants[stack.said(one) + through] ??= []).push(...Action);
    }
  }
  return Object.fromEntries(Object.entries(grants).map(([on, actions]) => [on, actions.toSorted()]));
}

function policiesOf(stack: Synthesized, role: string): readonly z.infer<typeof policy>[] {
  return stack
    .ofType('AWS::IAM::Policy')
    .map(({ properties }) => policy.parse(properties))
    .filter(({ Roles }) => Roles.some((one) => stack.said(one) === role));
}
