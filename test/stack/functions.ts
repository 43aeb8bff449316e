import * as z from 'zod';
import type { Resource, Synthesized } from './synthesized.ts';

const functionProperties = z.object({
  Code: z.object({ ZipFile: z.string() }),
  Role: z.unknown(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  LoggingConfig: z.object({ LogGroup: z.unknown(), LogFormat: z.string() }),
});

export interface DeployedFunction {
  readonly operation: string;
  readonly resource: Resource;
  readonly role: Resource;
  readonly logGroup: Resource;
  /** Its environment, references by name. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The functions of the stack by the operation whose code they run. */
export function functionsOf(stack: Synthesized): readonly DeployedFunction[] {
  return stack.ofType('AWS::Lambda::Function').map((resource) => {
    const { Code, Role, Environment, LoggingConfig } = functionProperties.parse(resource.properties);
    return {
      operation: Code.ZipFile,
      resource,
      role: stack.the(stack.said(Role)),
      logGroup: stack.the(stack.said(LoggingConfig.LogGroup)),
      environment: Object.fromEntries(
        Object.entries(Environment.Variables).map(([name, value]) => [name, stack.said(value)]),
      ),
    };
  });
}
