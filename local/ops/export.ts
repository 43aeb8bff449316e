/** `npm run export`: writes a dossier as an archive that can be checked without the system. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { pack } from '../../adapters/archive/pack.ts';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { allNotes } from '../../adapters/dynamodb/exported.ts';
import { dynamoScanBook } from '../../adapters/dynamodb/scan-book.ts';
import { s3Seals } from '../../adapters/s3/seals.ts';
import { noFiles } from '../../domain/archive.ts';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import {
  bookIn,
  clientOptions,
  clockOf,
  dossierNamed,
  reached,
  runCommand,
  systemFlags,
  systemHelp,
} from './connection.ts';

const help = `npm run --silent export -- DOSSIER > FILE.zip   a dossier's id or tracking code, in the local system; no person and no scan's file is in it
${systemHelp('npm run export -- DOSSIER')}npm run export -- DOSSIER --seals NAME    with the seals in this bucket, where several are called Seals
`;

await runCommand(async () => {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: { ...systemFlags, seals: { type: 'string' } },
  });
  const [wanted, ...more] = positionals;
  if (values.help || wanted === undefined || more.length > 0) return help;
  const client = new DynamoDBClient(clientOptions(values));
  const s3 = new S3Client({ ...clientOptions(values), forcePathStyle: true });
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
        seals: s3Seals(s3, values.seals ?? (await sealsIn(s3))),
        write: async (chunk) => void written.push(chunk),
        now: (await clockOf(values))(),
      },
    );
    return Buffer.concat(written);
  } finally {
    client.destroy();
    s3.destroy();
  }
});

/** @returns the name of the bucket of seals @throws BadFlag when there is none, or several */
async function sealsIn(client: S3Client): Promise<string> {
  const { Buckets = [] } = await reached(client.send(new ListBucketsCommand({})));
  const names = Buckets.flatMap(({ Name }) => Name ?? []);
  const [seals, ...others] = names.filter((name) => /seals/.test(name));
  if (seals === undefined || others.length > 0)
    throw new BadFlag(`Name the bucket of seals with --seals: there are ${names.join(', ') || 'no buckets'}.`);
  return seals;
}
