/** `npm run export`: writes a dossier as a file that can be checked without the system. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { eventItem, headItem, noteItem } from '../../adapters/dynamodb/items.ts';
import { readFlags } from '../../emulator/command-line.ts';
import { bookIn, clientOptions, dossierNamed, runCommand, systemFlags, systemHelp } from './connection.ts';

const help = `npm run --silent export -- DOSSIER > FILE   a dossier's id or tracking code, in the local system; no person is in it
${systemHelp('npm run export -- DOSSIER')}`;

/** As many notes as a dossier can have in two months. */
const mostNotes = 12_000;

await runCommand(async () => {
  const { values, positionals } = readFlags({ allowPositionals: true, options: systemFlags });
  const [wanted, ...more] = positionals;
  if (values.help || wanted === undefined || more.length > 0) return help;
  const client = new DynamoDBClient(clientOptions(values));
  try {
    const documents = DynamoDBDocumentClient.from(client);
    const table = await bookIn(client, values);
    const dossier = await dossierNamed(documents, table, wanted);
    const book = dynamoBook(documents, table);
    const exported = {
      format: 'dossier-post/export/1',
      head: z.encode(headItem, dossier),
      events: (await book.timeline(dossier.dossierId)).map((event) => z.encode(eventItem, event)),
      notes: (await book.notes(dossier.dossierId, mostNotes)).map((note) => z.encode(noteItem, note)),
    };
    return `${JSON.stringify(exported, null, 2)}\n`;
  } finally {
    client.destroy();
  }
});
