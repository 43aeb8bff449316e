import { statSync } from 'node:fs';

/** A file of the data directory cannot be used. The message is a sentence that names it and says what to do. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
}

const startOver =
  'Put back a copy of the whole data directory, or start with --fresh, which throws away everything in it.';

/** @param what for example `it is empty`; @param remedy what to do about it */
export function damaged(file: string, what: string, remedy = startOver, cause?: unknown): FileProblem {
  return new FileProblem(`${file} is damaged: ${what}. ${remedy}`, { cause });
}

export function missing(file: string): FileProblem {
  return new FileProblem(`${file} is missing, and other data that belongs with it is there. ${startOver}`);
}

export function diskFull(file: string, cause: unknown): FileProblem {
  return new FileProblem(`The disk is full: ${file} cannot be written. Make room, and start again.`, { cause });
}

/** Two directories have been mixed. */
export function foreign(file: string): FileProblem {
  return new FileProblem(`${file} belongs to another data directory. ${startOver}`);
}

/** Does something with a file, and tells in a sentence why that cannot be done. */
export function withFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileProblem(file, error);
  }
}

/**
 * What stands in the way of using a file, as a sentence.
 * @param remedy what to do about a file that is damaged
 */
export function fileProblem(file: string, cause: unknown, remedy?: string): FileProblem {
  if (cause instanceof FileProblem) return cause;
  const code = codeOf(cause) === 'SQLITE_CANTOPEN' && isDirectory(file) ? 'EISDIR' : codeOf(cause);
  if (isDiskFull(cause)) return diskFull(file, cause);
  if (['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'].includes(code))
    return new FileProblem(
      `${file} cannot be read and written by this user (${code}). Change its owner or its permissions, or choose another directory with --data.`,
      { cause },
    );
  if (isBusy(cause))
    return new FileProblem(`${file} is in use by another program. Close that, and start again.`, { cause });
  return damaged(file, wordsOf(cause, code), remedy, cause);
}

/** SQLite says of a directory only that it cannot open it. */
function isDirectory(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** Whether another program holds a database. */
export function isBusy(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_BUSY';
}

/** What a log should show of an error: the stack, unless it would hide that there is no room left. */
export function shown(error: unknown): unknown {
  return isDiskFull(error) ? 'the disk is full' : error;
}

/** Whether something failed because there is no room left. */
function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(codeOf(error));
}

/** https://sqlite.org/rescode.html */
const sqliteCodes = new Map([
  [5, 'SQLITE_BUSY'],
  [6, 'SQLITE_BUSY'],
  [8, 'SQLITE_READONLY'],
  [11, 'SQLITE_CORRUPT'],
  [13, 'SQLITE_FULL'],
  [14, 'SQLITE_CANTOPEN'],
  [26, 'SQLITE_NOTADB'],
]);

/** The system's name of an error, or SQLite's, whose extended codes hold the plain one in their last byte. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteCodes.get(error.errcode % 256) ?? '';
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Why a file cannot be used, in some words for a log. */
export function reasonOf(error: unknown): string {
  return isDiskFull(error) ? 'the disk is full' : wordsOf(error, codeOf(error));
}

function wordsOf(cause: unknown, code: string): string {
  if (code === 'SQLITE_NOTADB') return 'it is no SQLite database';
  if (code === 'SQLITE_CORRUPT') return 'parts of the database cannot be read';
  if (['EISDIR', 'ENOTDIR', 'EEXIST', 'ELOOP'].includes(code)) return 'something else has its name';
  return code === '' ? 'it does not hold what it should' : code;
}
