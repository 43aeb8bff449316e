import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod';
import { DataDirectoryInUse, lockDataDirectory, type Lock } from '../emulator/data-directory/lock.ts';

/** The stack or a bundle could not be built; the message holds what the tools said. */
export class SynthesisFailed extends Error {
  override readonly name = 'SynthesisFailed';
}

/** Everything that the template or a bundle is made of. */
const inputs = [
  'bin/**',
  'lib/**',
  'lambdas/**',
  'adapters/**',
  'contract/**',
  'domain/**',
  'statemachines/*.json',
  'cdk.json',
  'package-lock.json',
  'tsconfig.json',
];
/** What is synthesized here runs on this machine, and so do the receivers of its webhooks (ADR 0040). */
const here = ['loopbackReceivers=true'];

/** Earlier assemblies that stay: a cloud that runs still loads its bundles from one of them. */
const keptAssemblies = 3;

/**
 * The synthesized assembly of the project as it is now: from an earlier run when nothing changed, otherwise built by
 * `cdk synth`, offline.
 * @param onWork told when there is something to build, which takes seconds
 * @param context handed to the CDK
 * @returns the assembly's directory
 * @throws SynthesisFailed
 */
export async function synthesize(
  projectDirectory: string,
  onWork: () => void = () => {},
  context: readonly string[] = [],
): Promise<string> {
  const assemblies = join(projectDirectory, '.local', 'assembly');
  const said = [...here, ...context];
  const wanted = join(assemblies, digestOf(projectDirectory, said));
  if (existsSync(wanted)) return wanted;
  mkdirSync(assemblies, { recursive: true });
  const lock = await patientLock(assemblies);
  try {
    if (existsSync(wanted)) return wanted;
    onWork();
    await build(projectDirectory, wanted, said);
    forgetOldest(assemblies);
    return wanted;
  } finally {
    lock.release();
  }
}

function digestOf(projectDirectory: string, context: readonly string[]): string {
  const digest = createHash('sha256').update([process.version, ...context].join('\0'));
  const files = globSync(inputs, { cwd: projectDirectory }).toSorted();
  for (const file of files) {
    const path = join(projectDirectory, file);
    if (statSync(path).isFile()) digest.update(`\0${file}\0`).update(readFileSync(path));
  }
  return digest.digest('hex').slice(0, 16);
}

/** Two at once would build into each other's bundles. */
async function patientLock(directory: string): Promise<Lock> {
  for (;;) {
    try {
      return lockDataDirectory(directory);
    } catch (error) {
      if (!(error instanceof DataDirectoryInUse)) throw error;
      await sleep(100);
    }
  }
}

/** How a program that failed is reported. */
const Spoken = z.object({ stderr: z.string() });

/** Complete under another name first: a directory of the right name is a whole assembly. */
async function build(projectDirectory: string, wanted: string, context: readonly string[]): Promise<void> {
  const unfinished = `${wanted}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const cdk = join(projectDirectory, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  try {
    await promisify(execFile)(
      process.execPath,
      [cdk, 'synth', '--quiet', '--output', unfinished, ...context.flatMap((one) => ['-c', one])],
      {
        cwd: projectDirectory,
      },
    );
  } catch (cause) {
    const { stderr } = Spoken.parse(cause);
    throw new SynthesisFailed(`The template could not be synthesized:\n${stderr.trim()}`, { cause });
  }
  renameSync(unfinished, wanted);
}

function forgetOldest(assemblies: string): void {
  const age = (name: string) => statSync(join(assemblies, name)).mtimeMs;
  const known = readdirSync(assemblies)
    .filter((name) => /^[\da-f]{16}$/.test(name))
    .toSorted((a, b) => age(b) - age(a));
  for (const name of known.slice(keptAssemblies)) rmSync(join(assemblies, name), { recursive: true });
}
