/**
 * `npm run replay`: before a deployment, holds every open dossier against the law and the definition of this checkout.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { dynamoDue } from '../../adapters/dynamodb/due.ts';
import { executionItem, headItem, readEvent } from '../../adapters/dynamodb/items.ts';
import { isUnreadable, readItem } from '../../adapters/dynamodb/unreadable.ts';
import { editions } from '../../domain/execution/editions.ts';
import { outlookOf, type Outlook } from '../../domain/execution/outlook.ts';
import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { isEnd } from '../../domain/journey/places.ts';
import { completedFromReleaseOne } from '../../domain/journey/release-one.ts';
import type { ExecutionLine } from '../../domain/ports/book.ts';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { bookIn, clientOptions, farAway, runCommand, systemFlags, systemHelp } from './connection.ts';
import { shown } from './shown.ts';

const help = `npm run replay                 holds the open dossiers of the local system against this checkout
npm run replay -- --file DUMP  or those of a dump: JSON, [{ "head", "events", "execution" }]
${systemHelp('npm run replay --')}
Says by place how many executions go on as they are, how many are replaced by their next generation, and which dossiers
would be stuck; then it ends with the code 1, and this checkout should not be deployed.
`;

/** What is looked at of one dossier; reading it may fail. */
interface Candidate {
  readonly dossierId: string;
  readonly read: () => Promise<{
    readonly dossier: Dossier;
    readonly events: readonly JourneyEvent[];
    readonly line: ExecutionLine | undefined;
  }>;
}

await runCommand(async () => {
  const { values } = readFlags({ options: { ...systemFlags, file: { type: 'string' } } });
  if (values.help) return help;
  if (values.file !== undefined) return report(inDump(values.file));
  const client = new DynamoDBClient(clientOptions(values));
  try {
    return await report(await inBook(DynamoDBDocumentClient.from(client), await bookIn(client, values)));
  } finally {
    client.destroy();
  }
});

async function inBook(client: DynamoDBDocumentClient, table: string): Promise<readonly Candidate[]> {
  const book = dynamoBook(client, table);
  const open: Candidate[] = [];
  for await (const { dossierId, kind } of dynamoDue(client, table).dueBefore(farAway)) {
    if (kind !== 'clock') continue;
    const read = async () => {
      const [dossier, events, line] = await Promise.all([
        book.head(dossierId),
        book.timeline(dossierId),
        book.executionLine(dossierId),
      ]);
      if (dossier === undefined) throw new BadFlag(`The dossier ${dossierId} went away meanwhile: start again.`);
      return { dossier, events, line };
    };
    open.push({ dossierId, read });
  }
  return open;
}

const Dump = z.array(z.object({ head: z.unknown(), events: z.array(z.unknown()), execution: z.unknown() }));
const Named = z.object({ dossierId: z.string() });

function inDump(file: string): readonly Candidate[] {
  const dump = Dump.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!dump.success) throw new BadFlag(`${file} is no dump: ${z.prettifyError(dump.error)}`);
  return dump.data.flatMap(({ head, events, execution }, index) => {
    const dossierId = Named.safeParse(head).data?.dossierId ?? `number ${index + 1}`;
    const read = async () => ({
      dossier: readItem(headItem, head, dossierId),
      events: events.map(readEvent),
      line: execution === undefined ? undefined : readItem(executionItem, execution, dossierId),
    });
    const known = headItem.safeParse(head).data;
    return known !== undefined && isEnd(known.place) ? [] : [{ dossierId, read }];
  });
}

async function report(candidates: readonly Candidate[]): Promise<string> {
  const counts = new Map<string, Record<Outlook, number>>();
  const stuck: string[] = [];
  for (const [index, { dossierId, read }] of candidates.entries()) {
    if (process.stderr.isTTY) process.stderr.write(`\r${bar(index + 1, candidates.length)}`);
    const { place, outlook, why } = await judge(read);
    const count = counts.get(place) ?? { 'goes-on': 0, 'next-generation': 0, 'stuck': 0 };
    counts.set(place, { ...count, [outlook]: count[outlook] + 1 });
    if (outlook === 'stuck') stuck.push(`  ${dossierId} in ${place}: ${why}`);
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  const row = (place: string, cells: readonly (string | number)[]) =>
    `${place.padEnd(22)}${cells.map((cell) => String(cell).padStart(18)).join('')}`;
  const rows = [...counts].map(([place, count]) =>
    row(place, [count['goes-on'], count['next-generation'], count.stuck]),
  );
  if (stuck.length > 0) process.exitCode = 1;
  const verdict =
    stuck.length === 0 ? 'Nobody would be stuck.' : `${stuck.length} would be stuck:\n${stuck.join('\n')}`;
  return `${[`${candidates.length} open dossiers`, row('', ['go on as they are', 'next generation', 'stuck']), ...rows, verdict].join('\n')}\n`;
}

async function judge(read: Candidate['read']): Promise<{ place: string; outlook: Outlook; why: string }> {
  try {
    const { dossier, events, line } = await read();
    const { place } = dossier;
    const whole = events[0]?.opened === undefined ? completedFromReleaseOne(events, dossier) : events;
    if (shown(fold(whole)) !== shown(dossier))
      return { place, outlook: 'stuck', why: 'its events no longer make its head' };
    const newest = Math.max(...Object.keys(editions).map(Number));
    const outlook = outlookOf(dossier, line, editions, newest);
    return { place, outlook, why: 'no way leads on under this law and definition' };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { place: 'unreadable', outlook: 'stuck', why: error instanceof Error ? error.message : '' };
  }
}

function bar(done: number, all: number): string {
  const filled = Math.round((done / all) * 30);
  return `[${'#'.repeat(filled)}${' '.repeat(30 - filled)}] ${done} of ${all}`;
}
