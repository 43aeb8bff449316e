import { count } from '../../adapters/count.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { scanDoor } from '../../adapters/dynamodb/doors/scans.ts';
import { endpoint, thrownProblem } from '../../adapters/http/endpoint.ts';
import { scanIdOf } from '../../adapters/identifiers.ts';
import { s3Client, s3ScanStore } from '../../adapters/s3/scan-store.ts';
import { requestScanUploads as operation } from '../../contract/request-scan-uploads.ts';
import { Env } from './env.ts';
import { requestScanUploads } from './request-scan-uploads.ts';

const { BOOK_TABLE, SCANS_BUCKET } = Env.parse(process.env);

export const handler = endpoint(
  operation,
  requestScanUploads({
    door: scanDoor(documentClient(), BOOK_TABLE),
    store: s3ScanStore(s3Client(), SCANS_BUCKET, Date.now),
    now: Date.now,
    scanIdOf,
    problemOf: (thrown, dossierId) => {
      count('ItemsFailed', 1);
      return thrownProblem(thrown, { dossierId });
    },
  }),
);
