import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';

/** What the supervisor writes into the pid file. */
const Owners = z.object({ cloud: z.int().positive(), supervisor: z.int().positive(), dynoxide: z.int().positive() });
type Owners = z.infer<typeof Owners>;

/** The data directory belongs to a local cloud that is running. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/** On a busy machine, a supervisor whose cloud has just been killed needs this long to end its child. */
const patienceMs = 10_000;

/**
 * Makes sure that nobody holds the database file: a dynoxide whose supervisor was killed is ended, one that is kept is
 * left alone. A supervisor whose cloud has just been killed is about to end it by itself, and is waited for.
 * @throws DataInUse when it belongs to a cloud that is running
 */
export async function freeDatabaseFile(pidFile: string, databaseFile: string): Promise<void> {
  const owners = readOwners(pidFile);
  if (owners === undefined) return;
  const held = () => commandLine(owners.dynoxide).includes(databaseFile);
  const kept = () => commandLine(owners.supervisor).includes(databaseFile);
  const inUse = () => kept() && parentOf(owners.supervisor) === owners.cloud;
  if (inUse())
    throw new DataInUse(
      `The data in ${databaseFile} is in use by a local cloud that is running (process ${owners.cloud}). Stop it, or choose another directory.`,
    );
  await until(() => !kept());
  if (held()) {
    process.kill(owners.dynoxide, 'SIGKILL');
    await until(() => !held());
  }
  rmSync(pidFile, { force: true });
}

function readOwners(pidFile: string): Owners | undefined {
  try {
    return Owners.parse(JSON.parse(readFileSync(pidFile, 'utf8')));
  } catch {
    // There is none, or none that anybody can read: then it names nobody, and gives way to the next.
    rmSync(pidFile, { recursive: true, force: true });
    return undefined;
  }
}

/**
 * What a process was started with, empty when there is none: a number in an old file may by now belong to a stranger.
 */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Whose child a process is now: an orphan is somebody else's than at its birth. */
function parentOf(pid: number): number | undefined {
  try {
    // The second field is the program's name in brackets, and may hold anything; state and parent follow it.
    const [, , parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.split(' ') ?? [];
    return Number(parent);
  } catch {
    return undefined;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!condition() && Date.now() < end) await sleep(10);
}
