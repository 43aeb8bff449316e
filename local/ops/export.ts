/** `npm run export`: writes a dossier as an archive that can be checked without the system. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { pack } from '../../adapters/archive/pack.ts';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { allNotes } from '../../adapters/dynamodb/exported.ts';
import { dynamoScanBook } from '../../adapters/dynamodb/scan-book.ts';
import { noFiles } from '../../domain/archive.ts';
import { readFlags } from '../../emulator/command-line.ts';
import { bookIn, clientOptions, clockOf, dossierNamed, runCommand, systemFlags, systemHelp } from './connection.ts';

const help = `npm run --silent export -- DOSSIER > FILE.zip   a dossier's id or tracking code, in the local system; no person and no scan's file is in it
${systemHelp('npm run export -- DOSSIER')}`;

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
    const events = await book.timeline(dossier.dossierId);
    const scans = await dynamoScanBook(documents, table).scans(dossier.dossierId);
    const written: Uint8Array[] = [];
    await pack(
      {
        dossier,
        events: events.filter(({ number }) => number <= dossier.version),
        notes: await allNotes(book, dossier.dossierId),
        scans,
        ...noFiles(scans),
        by: { role: 'ops', unit: 'ops' },
      },
      {
        fileOf: async () => Promise.reject(new Error('ops see no scan')),
        write: async (chunk) => void written.push(chunk),
        now: (await clockOf(values))(),
      },
    );
    return Buffer.concat(written);
  } finally {
    client.destroy();
  }
});
