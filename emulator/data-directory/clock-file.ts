import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { withFile } from './file-problem.ts';
import { writeWhole } from './write-whole.ts';

const Saved = z.object({ offsetMs: z.number().nonnegative(), reached: z.number() });

export interface ClockFile {
  /** What to start the clock with: as far ahead as it was, and never before the latest instant that it had reached. */
  readonly offsetMs: number;
  /**
   * Keeps the offset and the virtual instant that was reached; on disk when it returns.
   * @throws FileProblem
   */
  save(offsetMs: number, reached: number): void;
}

/**
 * The virtual clock's offset over restarts, in `<directory>/clock.json`.
 * @param storeId of the data directory
 * @throws FileProblem
 */
export function openClockFile(directory: string, storeId: string, realNow: number = Date.now()): ClockFile {
  const file = join(directory, 'clock.json');
  const saved = withFile(file, () =>
    existsSync(file) ? Saved.parse(JSON.parse(readFileSync(file, 'utf8'))) : { offsetMs: 0, reached: 0 },
  );
  return {
    offsetMs: Math.max(saved.offsetMs, saved.reached - realNow),
    save(offsetMs, reached) {
      writeWhole(file, JSON.stringify({ storeId, offsetMs, reached }));
    },
  };
}
