import * as z from 'zod';
import type { JsonService } from './aws-endpoint/json-protocol.ts';
import { cannotRun } from './template/problem.ts';
import type { Resource, Stack } from './template/read-stack.ts';

const Properties = z.object({
  DefinitionString: z.string(),
  DefinitionSubstitutions: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .default({}),
  StateMachineType: z.literal('STANDARD', 'only standard state machines run here').default('STANDARD'),
  RoleArn: z.string(),
});

/**
 * Makes sure that the state machines of the template exist with the template's definitions. Executions that are under
 * way keep theirs.
 * @throws TemplateProblem naming the state machine and what of its definition does not run here
 */
export async function ensureStateMachines(stack: Stack, stepFunctions: JsonService): Promise<void> {
  for (const resource of stack.ofType('AWS::StepFunctions::StateMachine')) {
    const read = Properties.safeParse(resource.properties);
    if (!read.success) throw cannotRun(resource, stack.templateFile, read.error);
    const { DefinitionString, DefinitionSubstitutions, RoleArn: roleArn } = read.data;
    const definition = substituted(DefinitionString, DefinitionSubstitutions);
    const answer = await createOrUpdate(stepFunctions, resource, { definition, roleArn });
    if (answer.status !== 200)
      throw cannotRun(resource, stack.templateFile, z.object({ message: z.string() }).parse(answer.body).message);
  }
}

async function createOrUpdate(
  stepFunctions: JsonService,
  { ref: stateMachineArn, attributes }: Resource,
  wanted: { definition: string; roleArn: string },
): ReturnType<JsonService['handle']> {
  const known = await stepFunctions.handle('DescribeStateMachine', { stateMachineArn });
  if (known.status === 200) return stepFunctions.handle('UpdateStateMachine', { stateMachineArn, ...wanted });
  return stepFunctions.handle('CreateStateMachine', { name: attributes['Name'], ...wanted });
}

/** CloudFormation replaces `${Name}` where the name is in the map, and leaves every other `${` alone. */
function substituted(definition: string, substitutions: Readonly<Record<string, string>>): string {
  return definition.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(substitutions, name) ? (substitutions[name] ?? whole) : whole,
  );
}
