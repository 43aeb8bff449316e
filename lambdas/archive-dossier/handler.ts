import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { archiveDoor } from '../../adapters/dynamodb/doors/archives.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { s3Client } from '../../adapters/s3/scan-store.ts';
import { archiveDossier as operation } from '../../contract/archive-dossier.ts';
import { archiveDossier } from './archive-dossier.ts';
import { Env } from './env.ts';

const { BOOK_TABLE, LOOKS_TABLE, SCANS_BUCKET, SEALS_BUCKET, VIRUS_CHECK } = Env.parse(process.env);
const tables = { book: BOOK_TABLE, looks: LOOKS_TABLE };
const files = { client: s3Client(), bucket: SCANS_BUCKET, seals: SEALS_BUCKET, virusCheck: VIRUS_CHECK === 'on' };

export const handler = endpoint(operation, archiveDossier(archiveDoor(documentClient(), tables, files, Date.now)));
