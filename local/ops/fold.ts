/** `npm run fold`: lays the head of a dossier beside what its events make of it. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { dynamoTracking } from '../../adapters/dynamodb/tracking.ts';
import { parseTrackingCode } from '../../domain/codes/tracking-code.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { completedFromReleaseOne } from '../../domain/journey/release-one.ts';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { bookIn, clientOptions, runCommand, systemFlags, systemHelp } from './connection.ts';
import { shown } from './shown.ts';

const help = `npm run fold -- DOSSIER                 a dossier's id or tracking code, in the local system
${systemHelp('npm run fold -- DOSSIER')}`;

await runCommand(async () => {
  const { values, positionals } = readFlags({ allowPositionals: true, options: systemFlags });
  const [wanted, ...more] = positionals;
  if (values.help || wanted === undefined || more.length > 0) return help;
  const client = new DynamoDBClient(clientOptions(values));
  try {
    return await sideBySide(client, wanted, await bookIn(client, values));
  } finally {
    client.destroy();
  }
});

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
