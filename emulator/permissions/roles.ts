import * as z from 'zod';
import { managedStatements } from './managed-policies.ts';
import { readStatements, type Statement } from './statements.ts';

/** An IAM resource of the template with every reference resolved. */
export interface IamResource {
  readonly type: string;
  readonly logicalId: string;
  /** What `Ref` answers: of a role, its name. */
  readonly ref: string;
  readonly properties: unknown;
}

const Role = z.object({
  Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});
const Policy = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });

/**
 * What each role of the template may do, by the role's name.
 * @throws an Error that names the resource, for a policy that cannot be judged here
 */
export function statementsByRole(resources: readonly IamResource[]): ReadonlyMap<string, readonly Statement[]> {
  const roles = new Map<string, readonly Statement[]>();
  const add = (name: string, statements: readonly Statement[]) =>
    roles.set(name, [...(roles.get(name) ?? []), ...statements]);
  for (const { type, logicalId, ref, properties } of resources) {
    try {
      if (type === 'AWS::IAM::Role') {
        const { Policies, ManagedPolicyArns } = Role.parse(properties);
        add(
          ref,
          Policies.flatMap(({ PolicyDocument }) => readStatements(PolicyDocument)),
        );
        add(
          ref,
          ManagedPolicyArns.flatMap((arn) => ownStatements(resources, arn) ?? managedStatements(arn)),
        );
      } else {
        const { PolicyDocument, Roles } = Policy.parse(properties);
        for (const role of Roles) add(role, readStatements(PolicyDocument));
      }
    } catch (cause) {
      throw new Error(
        `The permissions of ${logicalId} cannot be judged here: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
  }
  return roles;
}

/** What a managed policy of the template itself says; undefined for one that is AWS's. */
function ownStatements(resources: readonly IamResource[], arn: string): readonly Statement[] | undefined {
  const own = resources.find(({ type, ref }) => type === 'AWS::IAM::ManagedPolicy' && arn.split('/').at(-1) === ref);
  return own && readStatements(Policy.parse(own.properties).PolicyDocument);
}
