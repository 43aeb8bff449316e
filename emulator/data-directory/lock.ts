import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

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
 * @throws DataDirectoryInUse when a process that runs holds it
 */
export function lockDataDirectory(directory: string): Lock {
  const database = new DatabaseSync(join(directory, 'lock.db'));
  const note = join(directory, 'lock.pid');
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (cause) {
    database.close();
    const holder = existsSync(note) ? ` (process ${readFileSync(note, 'utf8')})` : '';
    throw new DataDirectoryInUse(
      `The data in ${directory} belongs to a local cloud that is running${holder}. Stop it, or choose another directory with --data.`,
      { cause },
    );
  }
  writeFileSync(note, String(process.pid));
  return { release: () => database.close() };
}
