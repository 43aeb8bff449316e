import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { fileDoor } from '../../adapters/dynamodb/doors/files.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { s3Client } from '../../adapters/s3/scan-store.ts';
import { openScan as operation } from '../../contract/open-scan.ts';
import { Env } from './env.ts';
import { openScan } from './open-scan.ts';

const { BOOK_TABLE, LOOKS_TABLE, SCANS_BUCKET, VIRUS_CHECK } = Env.parse(process.env);
const tables = { book: BOOK_TABLE, looks: LOOKS_TABLE };
const files = { client: s3Client(), bucket: SCANS_BUCKET };

export const handler = endpoint(
  operation,
  openScan(fileDoor(documentClient(), tables, files, Date.now), VIRUS_CHECK === 'on'),
);
