import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';

/** What the keeper writes into the pid file. */
const Owners = z.object({ keeper: z.int().positive(), dynoxide: z.int().positive() });
type Owners = z.infer<typeof Owners>;

/** The data directory belongs to a local cloud that is running. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/** A keeper whose parent has just died needs this long to end its child; only after that is the data really somebody else's. */
const graceMs = 2000;

/**
 * Makes sure that nobody holds the database file: a dynoxide whose keeper was killed is ended, one that is kept is left alone.
 * @throws DataInUse when a living keeper still holds it after a short grace
 */
export async function freeDatabaseFile(pidFile: string, databaseFile: string): Promise<void> {
  const owners = readOwners(pidFile);
  if (owners === undefined) return;
  const held = () => commandLine(owners.dynoxide).includes(databaseFile);
  const kept = () => commandLine(owners.keeper).includes(databaseFile);
  if (kept()) {
    await until(() => !kept() && !held());
    if (kept()) throw new DataInUse(`The data in ${databaseFile} is in use by a local cloud that is running (process ${owners.keeper}). Stop it, or choose another directory.`);
  }
  if (held()) {
    process.kill(owners.dynoxide, 'SIGKILL');
    await until(() => !held());
  }
  rmSync(pidFile, { force: true });
}

function readOwners(pidFile: string): Owners | undefined {
  if (!existsSync(pidFile)) return undefined;
  const owners = Owners.safeParse(parseJson(readFileSync(pidFile, 'utf8')));
  return owners.success ? owners.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a process was started with, empty when there is none: a number in an old file may by now belong to a stranger. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + graceMs;
  while (!condition() && Date.now() < end) await sleep(20);
}
