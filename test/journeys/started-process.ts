import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { apiClient } from '../../client/api-client.ts';
import type { Cloud } from '../../emulator/cloud.ts';
import { executionOf, stepFunctionsAt, type ExecutionSummary } from '../../local/demo/execution.ts';
import type { Speaker, World } from '../../local/demo/traveller.ts';
import { clerk } from './town.ts';

/** What `npm start` runs, in a process of its own that can be killed. */
export interface StartedProcess extends World {
  readonly awsUrl: string;
  readonly accessKey: Cloud['accessKey'];
  execution(dossierId: string): Promise<ExecutionSummary>;
  /** Resolves when the dossier's execution has entered the state where the book says the paper is. */
  caughtUp(dossierId: string): Promise<ExecutionSummary>;
  /** `kill -9`: no signal handler, no farewell. */
  kill(): Promise<void>;
}

const ready = z.object({
  apiUrl: z.url(),
  awsUrl: z.url(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  offsetMs: z.number(),
});
const given = z.object({ access_token: z.string() });
const reading = z.object({ offsetMs: z.number() });
const start = fileURLToPath(new URL('../../local/start.ts', import.meta.url));

/** Starts the system over a data directory, as `npm start -- --json` does, on free ports. */
export async function startProcess(dataDir: string): Promise<StartedProcess> {
  const child = spawn(process.execPath, [start, '--json', '--data', dataDir, '--port', '0', '--aws-port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const ended = once(child, 'exit');
  const { apiUrl, awsUrl, offsetMs, ...accessKey } = ready.parse(
    JSON.parse(await firstLine(child.stdout, ended, errors)),
  );
  const stepFunctions = stepFunctionsAt({ awsUrl, accessKey });
  const execution = async (dossierId: string): Promise<ExecutionSummary> => executionOf(stepFunctions, dossierId);
  const as: World['as'] = (speaker) => apiClient({ apiUrl, token: async () => tokenFor(awsUrl, speaker) });
  return {
    awsUrl,
    accessKey,
    execution,
    ...clockAt(awsUrl, offsetMs),
    as,
    caughtUp: async (dossierId) => {
      for (;;) {
        const { place } = await as(clerk).read(dossierId);
        const followed = await execution(dossierId).catch(() => undefined);
        if (followed?.states.at(-1) === place.name) return followed;
        await sleep(50);
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      stepFunctions.destroy();
    },
  };
}

/** A new one for each call: the clock jumps further than a token lives. */
async function tokenFor(awsUrl: string, speaker: Speaker): Promise<string> {
  const response = await fetch(new URL('/_local/token', awsUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(speaker),
  });
  return given.parse(await response.json()).access_token;
}

async function firstLine(
  output: NodeJS.ReadableStream,
  ended: Promise<unknown>,
  errors: readonly string[],
): Promise<string> {
  let text = '';
  const line = new Promise<string>((resolve) => {
    output.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('\n')) resolve(text);
    });
  });
  const early = ended.then(() => {
    throw new Error(`the system ended before it was ready: ${errors.join('')}`);
  });
  return Promise.race([line, early]);
}

/** The clock of another process, moved over its AWS address. */
function clockAt(awsUrl: string, startedAheadMs: number): Pick<World, 'clock' | 'settled'> {
  let aheadMs = startedAheadMs;
  const move = async (wish: string): Promise<void> => {
    const response = await fetch(new URL('/_local/clock', awsUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ move: wish }),
    });
    if (!response.ok) throw new Error(await response.text());
    aheadMs = reading.parse(await response.json()).offsetMs;
  };
  return {
    clock: { now: () => Date.now() + aheadMs, jumpTo: async (instant) => move(new Date(instant).toISOString()) },
    // Whether another process is quiet cannot be asked; `caughtUp` tells of one dossier.
    settled: async () => undefined,
  };
}
