import { dynamoArrived } from '../../adapters/dynamodb/arrived.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { s3Client } from '../../adapters/s3/scan-store.ts';
import { s3Seals } from '../../adapters/s3/seals.ts';
import { nightlySeal } from '../../adapters/seals/nightly.ts';
import { Env } from './env.ts';
import { sealDays } from './seal-days.ts';

const { BOOK_TABLE, SEALS_BUCKET } = Env.parse(process.env);

export const handler = nightlySeal(
  sealDays(dynamoArrived(documentClient(), BOOK_TABLE), s3Seals(s3Client(), SEALS_BUCKET), Date.now),
);
