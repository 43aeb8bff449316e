import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { fileDoorOf, type Door, type OpenedFiles } from '../../../domain/people/door.ts';
import { s3ScanLinks } from '../../s3/scan-links.ts';
import { dynamoBook } from '../book.ts';
import { dynamoLooks } from '../looks.ts';
import { dynamoScanBook } from '../scan-book.ts';

/** The door to the files of scans; who is given a link is written down. */
export function fileDoor(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly looks: string },
  files: { readonly client: S3Client; readonly bucket: string },
  now: () => number,
): Door<OpenedFiles> {
  const links = s3ScanLinks(files.client, files.bucket, now);
  return fileDoorOf(dynamoBook(client, tables.book), dynamoScanBook(client, tables.book), links, {
    log: dynamoLooks(client, tables.looks),
    now,
  });
}
