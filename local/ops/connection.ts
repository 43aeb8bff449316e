import { ListTablesCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { dynamoTracking } from '../../adapters/dynamodb/tracking.ts';
import { parseTrackingCode } from '../../domain/codes/tracking-code.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { clockPath } from '../../emulator/control.ts';
import { BadFlag } from '../../emulator/command-line.ts';
import { ownerKeyIn } from '../../emulator/signature/access-keys.ts';

/** The flags by which every command of ops says which system it means. */
export const systemFlags = {
  endpoint: { type: 'string', default: 'http://127.0.0.1:4566' },
  data: { type: 'string', default: join(import.meta.dirname, '..', '..', '.local', 'data') },
  aws: { type: 'boolean', default: false },
  table: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Those flags, in words. @param command as it is typed */
export function systemHelp(command: string): string {
  return `${command} --endpoint URL  of the local system at another address (default http://127.0.0.1:4566)
${command} --data DIR      whose keys lie in that data directory (default .local/data)
${command} --aws           on AWS, with the credentials and Region of the environment
${command} --table NAME    in this table, where several are called Book
`;
}

export interface SystemFlags {
  readonly endpoint: string;
  readonly data: string;
  readonly aws: boolean;
  readonly table?: string | undefined;
}

/** Every clock of an open dossier rings before. */
export const farAway = Date.UTC(9999, 11, 31);

/**
 * What the SDK's clients are made with. The keys are the data directory's own: whoever may read it may ask.
 * @throws BadFlag
 */
export function clientOptions({ aws, endpoint, data }: SystemFlags) {
  if (aws) return {};
  if (!existsSync(data)) throw new BadFlag(`There is no data directory ${data}. Name it with --data.`);
  return { endpoint, region: 'ap-southeast-1', credentials: ownerKeyIn(data) };
}

/** @returns the name of the book's table @throws BadFlag when there is none, or several */
export async function bookIn(client: DynamoDBClient, { table }: Pick<SystemFlags, 'table'>): Promise<string> {
  if (table !== undefined) return table;
  const { TableNames = [] } = await reached(client.send(new ListTablesCommand({})));
  const [book, ...others] = TableNames.filter((name) => /Book/.test(name));
  if (book === undefined || others.length > 0)
    throw new BadFlag(`Name the book with --table: there are ${TableNames.join(', ') || 'no tables'}.`);
  return book;
}

const reading = z.object({ offsetMs: z.number() });

/** The clock of the system that is meant: a local one may have been moved ahead. Epoch milliseconds. @throws BadFlag */
export async function clockOf({ aws, endpoint }: SystemFlags): Promise<() => number> {
  if (aws) return Date.now;
  const { offsetMs } = await reached(
    fetch(new URL(clockPath, endpoint)).then(async (response) => reading.parse(await response.json())),
  );
  return () => Date.now() + offsetMs;
}

/** @throws BadFlag when nobody answers, or says no */
export async function reached<T>(answered: Promise<T>): Promise<T> {
  try {
    return await answered;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const todo = why.includes('ECONNREFUSED') ? '. Start it with npm start, or name its address with --endpoint.' : '';
    throw new BadFlag(`The system cannot be asked: ${why}${todo}`, { cause });
  }
}

/** A dossier by its id or tracking code. @throws BadFlag when there is none */
export async function dossierNamed(client: DynamoDBDocumentClient, table: string, wanted: string): Promise<Dossier> {
  const code = parseTrackingCode(wanted);
  const dossierId = code.ok ? await dynamoTracking(client, table).dossierIdOf(code.value) : wanted;
  const dossier = dossierId === undefined ? undefined : await dynamoBook(client, table).head(dossierId);
  if (dossier === undefined) throw new BadFlag(`There is no dossier ${wanted} in ${table}.`);
  return dossier;
}

/** Runs a command; what its user did wrong is a sentence and the code 2. */
export async function runCommand(command: () => Promise<string | Uint8Array>): Promise<void> {
  try {
    process.stdout.write(await command());
  } catch (error) {
    if (!(error instanceof BadFlag)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
