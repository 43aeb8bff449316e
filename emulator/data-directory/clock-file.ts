import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Saved = z.object({ offsetMs: z.number().nonnegative(), reached: z.number() });

export interface ClockFile {
  /** What to start the clock with: as far ahead as it was, and never before the latest instant that it had reached. */
  readonly offsetMs: number;
  /** Keeps the offset and the virtual instant that was reached; on disk when it returns. */
  save(offsetMs: number, reached: number): void;
}

/** The virtual clock's offset over restarts, in `<directory>/clock.json`. */
export function openClockFile(directory: string, realNow: number = Date.now()): ClockFile {
  const file = join(directory, 'clock.json');
  const saved = existsSync(file) ? Saved.parse(JSON.parse(readFileSync(file, 'utf8'))) : { offsetMs: 0, reached: 0 };
  return {
    offsetMs: Math.max(saved.offsetMs, saved.reached - realNow),
    save(offsetMs, reached) {
      const descriptor = openSync(`${file}.new`, 'w');
      writeFileSync(descriptor, JSON.stringify({ offsetMs, reached }));
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(`${file}.new`, file);
    },
  };
}
