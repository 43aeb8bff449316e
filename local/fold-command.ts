/** `npm run fold`: lays the head of a dossier beside what its events make of it. */
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownerKeyIn } from '../emulator/signature/access-keys.ts';
import { dynamoBook } from '../adapters/dynamodb/book.ts';
import { dynamoTracking } from '../adapters/dynamodb/tracking.ts';
import { parseTrackingCode } from '../domain/codes/tracking-code.ts';
import { fold } from '../domain/journey/evolve.ts';
import { completedFromReleaseOne } from '../domain/journey/release-one.ts';
import { BadFlag, readFlags } from '../emulator/command-line.ts';

const help = `npm run fold -- DOSSIER                 a dossier's id or tracking code, in the local system
npm run fold -- DOSSIER --endpoint URL  of the local system at another address (default http://127.0.0.1:4566)
npm run fold -- DOSSIER --data DIR      whose keys lie in that data directory (default .local/data)
npm run fold -- DOSSIER --aws           on AWS, with the credentials and Region of the environment
npm run fold -- DOSSIER --table NAME    in this table, where several are called Book
`;

try {
  process.stdout.write(await answer());
} catch (error) {
  if (!(error instanceof BadFlag)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function answer(): Promise<string> {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: {
      endpoint: { type: 'string', default: 'http://127.0.0.1:4566' },
      data: { type: 'string', default: join(import.meta.dirname, '..', '.local', 'data') },
      aws: { type: 'boolean', default: false },
      table: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [wanted, ...more] = positionals;
  if (values.help || wanted === undefined || more.length > 0) return help;
  const client = new DynamoDBClient(values.aws ? {} : localOptions(values.endpoint, values.data));
  try {
    return await sideBySide(client, wanted, values.table ?? (await bookIn(client)));
  } finally {
    client.destroy();
  }
}

/** The keys are the data directory's own: whoever may read it may ask. */
function localOptions(endpoint: string, dataDirectory: string) {
  if (!existsSync(dataDirectory))
    throw new BadFlag(`There is no data directory ${dataDirectory}. Name it with --data.`);
  return { endpoint, region: 'ap-southeast-1', credentials: ownerKeyIn(dataDirectory) };
}

async function bookIn(client: DynamoDBClient): Promise<string> {
  const { TableNames = [] } = await reached(client.send(new ListTablesCommand({})));
  const [book, ...others] = TableNames.filter((name) => /Book/.test(name));
  if (book === undefined || others.length > 0)
    throw new BadFlag(`Name the book with --table: there are ${TableNames.join(', ') || 'no tables'}.`);
  return book;
}

async function reached<T>(answered: Promise<T>): Promise<T> {
  try {
    return await answered;
  } catch (cause) {
    throw new BadFlag(`The tables cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

async function sideBySide(client: DynamoDBClient, wanted: string, table: string): Promise<string> {
  const documents = DynamoDBDocumentClient.from(client);
  const code = parseTrackingCode(wanted);
  const dossierId = code.ok ? await dynamoTracking(documents, table).dossierIdOf(code.value) : wanted;
  const book = dynamoBook(documents, table);
  const head = dossierId === undefined ? undefined : await book.head(dossierId);
  if (head === undefined) throw new BadFlag(`There is no dossier ${wanted} in ${table}.`);
  const events = await book.timeline(head.dossierId);
  const folded = fold(events[0]?.opened === undefined ? completedFromReleaseOne(events, head) : events);
  const [left, right] = [new Map(Object.entries(folded)), new Map(Object.entries(head))];
  const rows = [...new Set([...left.keys(), ...right.keys()])].map((field) => {
    const [made, stored] = [shown(left.get(field)), shown(right.get(field))];
    return { field, made, stored, differs: made !== stored };
  });
  const differing = rows.filter(({ differs }) => differs);
  if (differing.length > 0) process.exitCode = 1;
  const lines = rows.map(
    ({ field, made, stored, differs }) =>
      `${differs ? '≠' : '='} ${field.padEnd(22)} ${made}${differs ? `   head: ${stored}` : ''}`,
  );
  const verdict =
    differing.length === 0
      ? 'The head is what the events make of it.'
      : `The head differs in ${differing.map(({ field }) => field).join(', ')}.`;
  return `${[`${head.dossierId}, ${events.length} events, fold beside head`, ...lines, verdict].join('\n')}\n`;
}

/** In the order of the keys, whatever it was. */
function shown(value: unknown): string {
  if (value === undefined) return '–';
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => a.localeCompare(b)))
      : part,
  );
}
