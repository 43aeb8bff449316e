import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { workbench, type Workbench } from './workbench.ts';

const program = fileURLToPath(new URL('./journey-process.ts', import.meta.url));
const directories: string[] = [];
afterAll(() => directories.forEach((path) => rmSync(path, { recursive: true })));

const result = z.object({
  execution: z.object({ status: z.string(), output: z.string().optional() }),
  history: z.object({
    events: z.array(
      z.looseObject({
        id: z.number(),
        type: z.string(),
        stateEnteredEventDetails: z.looseObject({ name: z.string() }).optional(),
      }),
    ),
  }),
  invoked: z.number(),
});

/** Runs the journey's process; `undefined` when it was killed on the way. */
function run(path: string, ...more: string[]): Promise<z.infer<typeof result> | undefined> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--no-warnings', program, path, ...more],
      { timeout: 30_000, maxBuffer: 10_000_000 },
      (error, stdout) => {
        if (error?.signal === 'SIGKILL' && !error.killed) resolve(undefined);
        else if (error) reject(new Error(error.message));
        else resolve(result.parse(JSON.parse(stdout)));
      },
    );
  });
}

function directory(): string {
  const fresh = mkdtempSync(join(tmpdir(), 'journey-'));
  directories.push(fresh);
  return fresh;
}

function entered(told: z.infer<typeof result>): (string | undefined)[] {
  return told.history.events.flatMap(({ stateEnteredEventDetails }) =>
    stateEnteredEventDetails ? [stateEnteredEventDetails.name] : [],
  );
}
function count(told: z.infer<typeof result>, type: string): number {
  return told.history.events.filter((event) => event.type === type).length;
}

async function killedAt(transaction: number, when: string): Promise<boolean> {
  const place = directory();
  const first = await run(place, String(transaction), when);
  if (first) return false;
  const told = await run(place);
  if (!told) throw new Error('the second process was not to be killed');
  const point = `killed ${when} transaction ${transaction}`;
  expect({ point, ...told.execution }).toMatchObject({ point, status: 'SUCCEEDED', output: '"D-1"' });
  expect({ point, entered: new Set(entered(told)), length: entered(told).length }).toEqual({
    point,
    entered: new Set(places),
    length: places.length,
  });
  // Two callbacks and the function have succeeded, once each; the deadline ran out once.
  expect({ point, succeeded: count(told, 'TaskSucceeded'), timedOut: count(told, 'TaskTimedOut') }).toEqual({
    point,
    succeeded: 3,
    timedOut: 1,
  });
  // A function that was in flight may have run: it is run again only because its state says so, with a failure in
  // between.
  expect({ point, invoked: told.invoked <= 1 + count(told, 'TaskFailed') }).toEqual({ point, invoked: true });
  expect(count(told, 'TaskFailed')).toBeLessThanOrEqual(1);
  expect(told.history.events.map(({ id }) => id)).toEqual(told.history.events.map((_event, index) => index + 1));
  const world = readFileSync(join(place, 'world'), 'utf8').split('\n');
  const accepted = world.filter((line) => line.startsWith('accepted '));
  expect({ point, acceptedTwice: accepted.length - new Set(accepted).size }).toEqual({ point, acceptedTwice: 0 });
  return true;
}

const places = ['Registered', 'AtAgency', 'Record', 'Rest', 'Both', 'Paper', 'Money', 'Overdue', 'Delivered'];

/** Kills at every transaction until the journey outlives the last one. Two at a time: the machine has two cores. */
async function killEverywhere(when: string): Promise<number> {
  let killed = 0;
  for await (const both of pairs((transaction) => killedAt(transaction, when))) {
    killed += both.filter(Boolean).length;
    if (!both.every(Boolean)) return killed;
  }
  return killed;
}

async function* pairs(work: (transaction: number) => Promise<boolean>): AsyncGenerator<boolean[]> {
  for (let transaction = 1; ; transaction += 2) yield Promise.all([work(transaction), work(transaction + 1)]);
}

describe('a process that is killed', () => {
  it('a process that nobody kills carries the journey through', async () => {
    const told = await run(directory());
    expect(told && entered(told)).toEqual(places);
    expect(told?.invoked).toBe(1);
  });

  it('a process that is killed has lost nothing and done nothing twice, whichever transaction it was killed right after', async () => {
    expect(await killEverywhere('after')).toBeGreaterThan(10);
  });

  it('a process that is killed has lost nothing that it had answered, whichever transaction it was killed right before', async () => {
    expect(await killEverywhere('before')).toBeGreaterThan(10);
  });
});

describe('a process that is killed among many journeys', () => {
  it('a process that is killed among many journeys has kept every start and every callback that it had answered', async () => {
    const place = directory();
    const files = { database: join(place, 'db'), notes: join(place, 'notes') };
    const burst = fileURLToPath(new URL('./burst-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--no-warnings', burst, files.database, files.notes], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    await notesReach(files.notes, 500);
    child.kill('SIGKILL');
    await ended;

    const notes = readFileSync(files.notes, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const answered = new Map<string, number>();
    for (const line of notes) {
      const [what, id = ''] = line.split(' ');
      answered.set(id, (answered.get(id) ?? 0) + (what === 'answered' ? 1 : 0));
    }
    const bench = await workbench({ file: files.database });
    await bench.sfn.idle();
    const kept = await Promise.all(
      [...answered].map(async ([id, accepted]) => (await callbacksOf(bench, id)) >= accepted),
    );
    expect(answered.size).toBeGreaterThan(40);
    expect(kept.every(Boolean)).toBe(true);
    await bench.sfn.close();
  });
});

async function notesReach(file: string, lines: number): Promise<void> {
  if (existsSync(file) && readFileSync(file, 'utf8').split('\n').length > lines) return;
  await new Promise((resolve) => setTimeout(resolve, 20));
  await notesReach(file, lines);
}

/** How many callbacks the history of a journey has; -1 for a journey that is not there. */
async function callbacksOf(bench: Workbench, id: string): Promise<number> {
  const executionArn = `arn:aws:states:ap-southeast-1:000000000000:execution:bench:${id}`;
  const answer = await bench.sfn.handle('DescribeExecution', { executionArn });
  if (answer.status !== 200) return -1;
  return (await bench.types(executionArn)).filter((type) => type === 'TaskSucceeded').length;
}
