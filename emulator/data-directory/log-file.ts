import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from './file-problem.ts';

/** A log that has grown beyond this is set aside at the next start: one older file is kept. */
const longestBytes = 10 * 1024 * 1024;

export interface LogFile {
  readonly file: string;
  /** Appends a text. What cannot be written is lost, and stops nothing. */
  readonly write: (text: string) => void;
}

/** @param log told once, until it can be written again, when it cannot */
export function openLogFile(file: string, log: (line: string) => void): LogFile {
  let isLost = false;
  const orTell = (work: () => void): void => {
    try {
      work();
      isLost = false;
    } catch (error) {
      if (!isLost) log(`The log ${file} cannot be written: ${reasonOf(error)}. All else goes on.`);
      isLost = true;
    }
  };
  orTell(() => {
    mkdirSync(dirname(file), { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > longestBytes) renameSync(file, `${file}.1`);
  });
  return {
    file,
    write: (text) =>
      orTell(() => {
        mkdirSync(dirname(file), { recursive: true });
        appendFileSync(file, text);
      }),
  };
}
