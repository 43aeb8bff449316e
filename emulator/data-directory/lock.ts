import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileProblem, isBusy, withFile } from './file-problem.ts';

/** Another local cloud that is running has the data directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
}

export const lockFiles: ReadonlySet<string> = new Set(['lock.db', 'lock.db-journal', 'lock.pid']);

export interface Lock {
  release(): void;
}

/**
 * Takes the data directory for this process alone. The operating system holds the lock, through SQLite, and lets go of
 * it when the
 * process ends however it ends: after `kill -9` nothing stale is left to be recognised.
 * @param fresh replaces a lock that cannot be used
 * @throws DataDirectoryInUse when a process that runs holds it, FileProblem
 */
export function lockDataDirectory(directory: string, fresh = false): Lock {
  const file = join(directory, 'lock.db');
  const database = takeLock(file, directory, fresh);
  const note = join(directory, 'lock.pid');
  withFile(note, () => {
    rmSync(note, { recursive: true, force: true });
    writeFileSync(note, String(process.pid));
  });
  return { release: () => database.close() };
}

function takeLock(file: string, directory: string, fresh: boolean): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
    return database;
  } catch (cause) {
    database?.close();
    if (isBusy(cause)) throw inUse(directory, cause);
    if (fresh) {
      withFile(file, () => rmSync(file, { recursive: true, force: true }));
      return takeLock(file, directory, false);
    }
    throw fileProblem(file, cause, 'It holds no data: remove it, and start again.');
  }
}

function inUse(directory: string, cause: unknown): DataDirectoryInUse {
  const holder = holderIn(join(directory, 'lock.pid'));
  return new DataDirectoryInUse(
    `The data in ${directory} belongs to a local cloud that is running${holder}. Stop it, or choose another directory with --data.`,
    { cause },
  );
}

function holderIn(note: string): string {
  try {
    return ` (process ${readFileSync(note, 'utf8')})`;
  } catch {
    return '';
  }
}
