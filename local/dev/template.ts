import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const Settings = z.object({ context: z.record(z.string(), z.unknown()) });
const Failed = z.object({ stderr: z.string() });

/**
 * Makes the assembly as `cdk synth` makes it, without the tool around it and without the rules that only look: a second
 * instead of several. The bundles have to be there.
 * @returns what went wrong, in the words of the program
 */
export async function makeAssembly(project: string, directory: string): Promise<string | undefined> {
  rmSync(directory, { recursive: true, force: true });
  const { context } = Settings.parse(JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8')));
  try {
    await promisify(execFile)(process.execPath, ['bin/app.ts'], {
      cwd: project,
      env: {
        ...process.env,
        CDK_OUTDIR: directory,
        CDK_VALIDATION: 'false',
        CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'aws:cdk:enable-path-metadata': true }),
      },
    });
    return undefined;
  } catch (error) {
    return firstLines(Failed.safeParse(error).data?.stderr ?? String(error));
  }
}

/** Where it stands and what it is; the rest of the stack helps nobody. */
export function firstLines(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js/.test(line));
  return lines.slice(0, 6).join('\n');
}

/** The template without the names of the bundles, which change with every line of code. */
export function shapeOf(directory: string): string {
  return readFileSync(join(directory, 'DossierPost.template.json'), 'utf8').replaceAll(/[0-9a-f]{64}/g, '…');
}

const Template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })) });
const Coded = z.object({ Description: z.string(), Code: z.object({ S3Key: z.string() }) });

/** Each operation, as its function's description begins, with the folder from which the function is loaded. */
export function codeIn(directory: string): readonly (readonly [string, string])[] {
  const { Resources } = Template.parse(JSON.parse(readFileSync(join(directory, 'DossierPost.template.json'), 'utf8')));
  return Object.values(Resources).flatMap(({ Type, Properties }) => {
    if (Type !== 'AWS::Lambda::Function') return [];
    const { Description, Code } = Coded.parse(Properties);
    return [[Description.split(' ')[0] ?? '', join(directory, `asset.${Code.S3Key.replace(/\.zip$/, '')}`)] as const];
  });
}
