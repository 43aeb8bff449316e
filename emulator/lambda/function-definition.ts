import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { cannotRun } from '../template/problem.ts';
import type { Resource, Stack } from '../template/read-stack.ts';

/** What one local function is made of. */
export interface FunctionDefinition {
  readonly name: string;
  /** In the template. */
  readonly logicalId: string;
  readonly arn: string;
  /** Of the role whose permissions it has. */
  readonly roleName: string;
  /** `<file without ending>.<export>` */
  readonly handler: string;
  /** The folder of the built bundle: `LAMBDA_TASK_ROOT`. */
  readonly taskRoot: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** What the template gives, and nothing else. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether the function logs in Lambda's JSON format instead of plain text. */
  readonly jsonLog: boolean;
  /** At most so many at once; undefined when the template sets no limit. */
  readonly reservedConcurrency: number | undefined;
}

/** Defaults are Lambda's own: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const Properties = z.object({
  Handler: z.string().includes('.'),
  Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only nodejs runtimes run here'),
  Code: z.union(
    [z.object({ S3Key: z.string() }), z.object({ ZipFile: z.string() })],
    'only code from an asset or inline code runs here',
  ),
  Role: z.string(),
  Timeout: z.coerce.number().int().positive().default(3),
  MemorySize: z.coerce.number().int().min(128).default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).default({ Variables: {} }),
  LoggingConfig: z.object({ LogFormat: z.string().optional() }).default({}),
  ReservedConcurrentExecutions: z.coerce
    .number()
    .int()
    .positive('a function that is switched off does not run here')
    .optional(),
  Layers: z.array(z.string()).max(0, 'layers are not laid here').optional(),
});

/**
 * The functions of a stack.
 * @throws TemplateProblem naming the function that cannot run here
 */
export function functionsOf(stack: Stack): readonly FunctionDefinition[] {
  return stack.ofType('AWS::Lambda::Function').map((resource) => functionOf(stack, resource));
}

function functionOf(stack: Stack, resource: Resource): FunctionDefinition {
  const { ref, attributes, properties } = resource;
  const read = Properties.safeParse(properties);
  if (!read.success) throw cannotRun(resource, stack.templateFile, read.error);
  const { Handler, Code, Role, Timeout, MemorySize, Environment, LoggingConfig, ReservedConcurrentExecutions } =
    read.data;
  return {
    name: ref,
    logicalId: resource.logicalId,
    arn: attributes['Arn'] ?? ref,
    roleName: Role.split('/').at(-1) ?? '',
    handler: Handler,
    taskRoot: 'ZipFile' in Code ? inlineFolder(Code.ZipFile) : stack.assetFolder(Code.S3Key),
    timeoutMs: Timeout * 1000,
    memoryMb: MemorySize,
    variables: Environment.Variables,
    jsonLog: LoggingConfig.LogFormat === 'JSON',
    reservedConcurrency: ReservedConcurrentExecutions,
  };
}

/** Inline code is one file, `index.js` in CommonJS, as Lambda makes of it. */
function inlineFolder(code: string): string {
  const folder = join(tmpdir(), `inline-function-${createHash('sha256').update(code).digest('hex').slice(0, 32)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'index.js'), code, { mode: 0o600 });
  return folder;
}
