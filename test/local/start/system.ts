import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const project = join(import.meta.dirname, '..', '..', '..');

/** What `npm start -- --json` says when it is ready. */
export const Ready = z.object({
  apiUrl: z.string(),
  awsUrl: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  tokens: z.record(z.string(), z.string()),
  signInUrl: z.string(),
  clients: z.record(z.string(), z.looseObject({ clientId: z.string(), clientSecret: z.string().optional() })),
  stateMachineArn: z.string(),
  now: z.string(),
  offsetMs: z.number(),
  dataDir: z.string(),
  pid: z.number(),
});
export type Ready = z.infer<typeof Ready>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly child: ChildProcess;
  /** Resolves when the text on stdout has come to match. Rejects when the program ended before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

/** Runs a program of the local cloud, such as `start.ts`, as npm would. */
export function run(file: string, args: readonly string[]): Program {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(project, 'local', file), ...args],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, stdout, stderr }));
  return {
    child,
    ended,
    async says(pattern) {
      for (;;) {
        const found = pattern.exec(stdout);
        if (found !== null) return found;
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`ended too early: ${(await ended).stderr}`);
        await Promise.race([once(child.stdout, 'data'), ended]);
      }
    },
  };
}

export interface System extends Ready {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the system on free ports and waits until it is ready. */
export async function startSystem(dataDir: string, ...more: readonly string[]): Promise<System> {
  const program = run('start.ts', ['--json', '--port', '0', '--aws-port', '0', '--data', dataDir, ...more]);
  const [line] = await program.says(/^.*\n/);
  return { ...Ready.parse(JSON.parse(line)), child: program.child, ended: program.ended };
}

/** Sends a signal and waits for the end. */
export async function end(
  { child, ended }: Pick<System, 'child' | 'ended'>,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<Ended> {
  child.kill(signal);
  return await ended;
}

/** A directory for the data of one test, and the way to throw it away. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'start-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
