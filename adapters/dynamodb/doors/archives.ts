import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { archiveDoorOf, type Door, type OpenedArchive } from '../../../domain/people/door.ts';
import { s3Archives } from '../../s3/archives.ts';
import { dynamoBook } from '../book.ts';
import { allNotes } from '../exported.ts';
import { dynamoLooks } from '../looks.ts';
import { dynamoScanBook } from '../scan-book.ts';

/** The door to dossiers as one file; who is given it is written down. */
export function archiveDoor(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly looks: string },
  files: { readonly client: S3Client; readonly bucket: string; readonly seals: string; readonly virusCheck: boolean },
  now: () => number,
): Door<OpenedArchive> {
  const book = dynamoBook(client, tables.book);
  return archiveDoorOf(
    { ...book, allNotes: async (dossierId) => allNotes(book, dossierId) },
    dynamoScanBook(client, tables.book),
    { ...s3Archives(files.client, files, now), virusCheck: files.virusCheck },
    { log: dynamoLooks(client, tables.looks), now },
  );
}
