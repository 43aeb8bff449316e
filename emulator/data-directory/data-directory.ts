import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockDataDirectory, lockFiles, type Lock } from './lock.ts';

/** The directory holds something that no local cloud wrote. */
export class NotADataDirectory extends Error {
  override readonly name = 'NotADataDirectory';
}

/**
 * Makes the data directory ready and takes it for this process alone.
 * @param fresh throws away what lies in it; only ever in a directory that a local cloud made
 * @throws NotADataDirectory, DataDirectoryInUse
 */
export function openDataDirectory(path: string, fresh: boolean): Lock & { readonly path: string } {
  const directory = resolve(path);
  const entries = existsSync(directory) ? readdirSync(directory) : [];
  if (entries.length > 0 && !entries.includes('lock.db'))
    throw new NotADataDirectory(
      `${directory} is not empty and not a data directory of the local cloud; choose another one with --data.`,
    );
  mkdirSync(directory, { recursive: true });
  const lock = lockDataDirectory(directory);
  if (fresh) {
    for (const entry of entries) if (!lockFiles.has(entry)) rmSync(join(directory, entry), { recursive: true });
  }
  return { path: directory, release: () => lock.release() };
}
