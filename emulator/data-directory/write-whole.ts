import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { withFile } from './file-problem.ts';

/**
 * Writes a file in one step: complete and on disk under another name first, so that a process that is killed leaves the
 * old one or the new one, and no half.
 * @throws FileProblem
 */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  withFile(file, () => {
    const descriptor = openSync(`${file}.new`, 'w', mode);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(`${file}.new`, file);
  });
}
