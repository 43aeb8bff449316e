import { statfsSync } from 'node:fs';

/** With less than this the databases cannot write their next page and their journal. */
const leastBytes = 256 * 1024;
/** How the system, SQLite and dynoxide say so. */
const toldInWords = /ENOSPC|EDQUOT|no space left on device|database or disk is full/i;
/** So often it is said again. */
const silenceMs = 60_000;

/** Whether the disk that a directory lies on has no room left. */
export function isFull(directory: string): boolean {
  try {
    const { bavail, bsize, files, ffree } = statfsSync(directory);
    return bavail * bsize < leastBytes || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}

/**
 * A log that says, beside what went wrong, that the disk is full: the databases and whoever calls them blame it on
 * something else.
 */
export function namingFullDisk(directory: string, log: (line: string) => void): (line: string) => void {
  let toldAt = -Infinity;
  return (line) => {
    log(line);
    if (performance.now() - toldAt < silenceMs) return;
    if (!toldInWords.test(line) && !isFull(directory)) return;
    toldAt = performance.now();
    log(`The disk with ${directory} is full. Make room: what failed until then can be sent again.`);
  };
}
