import * as z from 'zod';
import { accessKeyIdOf } from '../signature/access-keys.ts';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import { createAuthorizer, type Authorizer, type Principal } from './authorizer.ts';
import { statementsByRole } from './roles.ts';
import { TemplateProblem } from '../template/problem.ts';
import type { Stack } from '../template/read-stack.ts';

/**
 * The key with which the state machine signs, so to speak: its calls stay inside this process, and no secret opens it.
 */
export const stateMachineKey = 'ASIASTATEMACHINE0000';

const StateMachine = z.object({ RoleArn: z.string() });

/**
 * Holds every call of a function and of the state machine against the role that the template gives it.
 * Whoever has the other key owns this machine and may do all.
 * @throws TemplateProblem that names the policy that cannot be judged here
 */
export function authorizerOf(stack: Stack, functions: readonly FunctionDefinition[]): Authorizer {
  const statements = readPermissions(stack);
  const principals = new Map<string, Principal>();
  // Several state machines share one engine, and so what each of them may do.
  const add = (key: string, roleName: string, sessionName: string) =>
    principals.set(key, {
      roleName,
      sessionName,
      statements: [...(principals.get(key)?.statements ?? []), ...(statements.get(roleName) ?? [])],
    });
  for (const { name, roleName } of functions) add(accessKeyIdOf(name), roleName, name);
  for (const { properties, attributes } of stack.ofType('AWS::StepFunctions::StateMachine')) {
    add(stateMachineKey, StateMachine.parse(properties).RoleArn.split('/').at(-1) ?? '', attributes['Name'] ?? '');
  }
  const emailIdentities = stack.ofType('AWS::SES::EmailIdentity').map(({ ref }) => ref);
  return createAuthorizer((accessKeyId) => principals.get(accessKeyId), { ...stack, emailIdentities });
}

function readPermissions(stack: Stack): ReturnType<typeof statementsByRole> {
  try {
    return statementsByRole(stack.ofType('AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'));
  } catch (cause) {
    throw new TemplateProblem(
      `Cannot run ${stack.templateFile}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
