import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { scanDoor } from '../../adapters/dynamodb/doors/scans.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { threadedScanCheck } from '../../adapters/scan-check/scan-check.ts';
import { s3Client, s3ScanStore } from '../../adapters/s3/scan-store.ts';
import { confirmScan as operation } from '../../contract/confirm-scan.ts';
import { confirmScan } from './confirm-scan.ts';
import { Env } from './env.ts';

const { BOOK_TABLE, SCANS_BUCKET, VIRUS_CHECK } = Env.parse(process.env);
const store = s3ScanStore(s3Client(), SCANS_BUCKET, Date.now, VIRUS_CHECK === 'on');

/** Both lie beside the bundle (lib/bundle.ts); the API waits for 30 seconds, and S3 and the book need some of them. */
const check = threadedScanCheck({
  worker: new URL('./scan-check.mjs', import.meta.url),
  engine: new URL('./pdfium.wasm', import.meta.url),
  mostMilliseconds: 20_000,
});

export const handler = endpoint(
  operation,
  confirmScan({
    door: scanDoor(documentClient(), BOOK_TABLE),
    store,
    check,
    now: Date.now,
  }),
);
