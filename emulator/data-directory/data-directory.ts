import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withFile } from './file-problem.ts';
import { lockDataDirectory, lockFiles, type Lock } from './lock.ts';
import { checkStores, noteFile } from './store-id.ts';

/** The directory holds something that no local cloud wrote. */
export class NotADataDirectory extends Error {
  override readonly name = 'NotADataDirectory';
}

export interface DataDirectory extends Lock {
  readonly path: string;
  /** Is written into every store, and keeps those of two directories apart. */
  readonly storeId: string;
}

/**
 * Makes the data directory ready, for its owner alone, as it holds names of people, and takes it for this process.
 * @param fresh throws away what lies in it; only ever in a directory that a local cloud made
 * @throws NotADataDirectory, DataDirectoryInUse, FileProblem
 */
export function openDataDirectory(path: string, fresh: boolean): DataDirectory {
  const directory = resolve(path);
  const entries = withFile(directory, () => (existsSync(directory) ? readdirSync(directory) : []));
  if (entries.length > 0 && !entries.includes('lock.db') && !entries.includes(noteFile))
    throw new NotADataDirectory(
      `${directory} is not empty and not a data directory of the local cloud; choose another one with --data.`,
    );
  withFile(directory, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
  });
  const lock = lockDataDirectory(directory, fresh);
  try {
    if (fresh) {
      for (const entry of entries)
        if (!lockFiles.has(entry))
          withFile(join(directory, entry), () => rmSync(join(directory, entry), { recursive: true }));
    }
    return { path: directory, storeId: checkStores(directory), release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}
