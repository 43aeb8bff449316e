import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { scanDoor } from '../../adapters/dynamodb/doors/scans.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { scanIdOf } from '../../adapters/identifiers.ts';
import { s3Client, s3ScanStore } from '../../adapters/s3/scan-store.ts';
import { requestScanUpload as operation } from '../../contract/request-scan-upload.ts';
import { Env } from './env.ts';
import { requestScanUpload } from './request-scan-upload.ts';

const { BOOK_TABLE, SCANS_BUCKET } = Env.parse(process.env);
const store = s3ScanStore(s3Client(), SCANS_BUCKET, Date.now);

export const handler = endpoint(
  operation,
  requestScanUpload({
    door: scanDoor(documentClient(), BOOK_TABLE),
    store,
    now: Date.now,
    scanIdOf,
  }),
);
