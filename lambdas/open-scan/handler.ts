import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { scanDoor } from '../../adapters/dynamodb/doors/scans.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { s3Client, s3ScanStore } from '../../adapters/s3/scan-store.ts';
import { openScan as operation } from '../../contract/open-scan.ts';
import { Env } from './env.ts';
import { openScan } from './open-scan.ts';

const { BOOK_TABLE, SCANS_BUCKET } = Env.parse(process.env);
const store = s3ScanStore(s3Client(), SCANS_BUCKET, Date.now);

export const handler = endpoint(operation, openScan({ door: scanDoor(documentClient(), BOOK_TABLE), store }));
