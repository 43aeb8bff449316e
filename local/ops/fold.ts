/** `npm run fold`: lays the head of a dossier beside what its events make of it. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { completedFromReleaseOne } from '../../domain/journey/release-one.ts';
import { readFlags } from '../../emulator/command-line.ts';
import { bookIn, clientOptions, dossierNamed, runCommand, systemFlags, systemHelp } from './connection.ts';
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
  const head = await dossierNamed(documents, table, wanted);
  const events = await dynamoBook(documents, table).timeline(head.dossierId);
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
