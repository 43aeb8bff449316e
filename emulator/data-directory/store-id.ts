import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { damaged, foreign, missing, withFile } from './file-problem.ts';
import { writeWhole } from './write-whole.ts';

/** Everything that keeps data and must not be lost or mixed, below the data directory. */
const firstDatabases: readonly string[] = ['dynamodb/book.db', 'stepfunctions.db', 's3/s3.db', 'sqs.db'];
const databases = [...firstDatabases, 'outbox.db'];
const stores = [...databases, 'clock.json', 'access-key.json', 'issuer/signing-key.pem', 'issuer/revoked.json'];

function isDatabase(store: string): boolean {
  return databases.includes(store);
}

/** `data.json`: the directory's own id, and which stores it has had. */
const Note = z.object({ storeId: z.uuid(), stores: z.array(z.string()) });
type Note = z.infer<typeof Note>;
export const noteFile = 'data.json';

/** The line with which a text file says whose it is, where it cannot say so in JSON. */
export function storeLine(storeId: string): string {
  return `Store: ${storeId}\n`;
}

/**
 * Looks at what a data directory holds before anything is started on it: each store is there if it ever was, can be
 * read to its end, and belongs to this directory.
 * @returns the directory's id; a new directory gets one, and one of an earlier version too
 * @throws FileProblem
 */
export function checkStores(directory: string): string {
  const note = readNote(directory);
  const isOlder = note === undefined && databases.some((store) => exists(join(directory, store)));
  for (const store of stores) {
    const isExpected = note === undefined ? isOlder && firstDatabases.includes(store) : note.stores.includes(store);
    const file = fileOf(directory, store, isExpected);
    const id = file && (isDatabase(store) ? idInDatabase(file) : idInText(file));
    if (file === undefined || (id === undefined && (note === undefined || !isExpected))) continue;
    if (note === undefined) throw missing(join(directory, noteFile));
    if (id === undefined && !isDatabase(store)) throw damaged(file, 'it does not hold what it should');
    if (id !== note.storeId) throw foreign(file);
  }
  const storeId = note?.storeId ?? randomUUID();
  // Written at once: what a start that was killed half-way has left is no data that lacks something.
  if (note === undefined && !isOlder) writeNote(directory, { storeId, stores: [] });
  return storeId;
}

/** Writes the directory's id into every store that has none yet, and notes that they are there. */
export function claimStores(directory: string, storeId: string): void {
  const found = stores.filter((store) => exists(join(directory, store)));
  for (const store of found.filter(isDatabase)) claimDatabase(join(directory, store), storeId);
  const noted = readNote(directory)?.stores ?? [];
  if (found.some((store) => !noted.includes(store)))
    writeNote(directory, { storeId, stores: [...new Set([...noted, ...found])] });
}

/** The store's file, if it is there. */
function fileOf(directory: string, store: string, isExpected: boolean): string | undefined {
  const file = join(directory, store);
  const found = withFile(file, () => statSync(file, { throwIfNoEntry: false }));
  if (found === undefined) {
    if (isExpected) throw missing(file);
    return undefined;
  }
  if (!found.isFile()) throw damaged(file, 'it is no file');
  if (found.size === 0 && isExpected) throw damaged(file, 'it is empty');
  return file;
}

const Claim = z.object({ id: z.string() });

/** The id in a database that can be read to its end. */
function idInDatabase(file: string): string | undefined {
  return withFile(file, () => {
    const database = new DatabaseSync(file, { timeout: 5000 });
    try {
      const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
      if (found !== 'ok') throw damaged(file, 'parts of the database cannot be read');
      const isClaimed = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_store'").get() !== undefined;
      return isClaimed ? Claim.optional().parse(database.prepare('SELECT id FROM _store').get())?.id : undefined;
    } finally {
      database.close();
    }
  });
}

function idInText(file: string): string | undefined {
  const text = withFile(file, () => readFileSync(file, 'utf8'));
  const [, inLine, inJson] = /^Store: (\S+)$|"storeId":"([^"]+)"/m.exec(text) ?? [];
  return inLine ?? inJson;
}

function claimDatabase(file: string, storeId: string): void {
  withFile(file, () => {
    const database = new DatabaseSync(file, { timeout: 5000 });
    try {
      database.exec('CREATE TABLE IF NOT EXISTS _store (id TEXT NOT NULL)');
      database.prepare('INSERT INTO _store SELECT ? WHERE NOT EXISTS (SELECT 1 FROM _store)').run(storeId);
    } finally {
      database.close();
    }
  });
}

function readNote(directory: string): Note | undefined {
  const file = join(directory, noteFile);
  return exists(file) ? withFile(file, () => Note.parse(JSON.parse(readFileSync(file, 'utf8')))) : undefined;
}

function writeNote(directory: string, note: Note): void {
  writeWhole(join(directory, noteFile), JSON.stringify(note));
}

function exists(file: string): boolean {
  return withFile(file, () => statSync(file, { throwIfNoEntry: false })) !== undefined;
}
