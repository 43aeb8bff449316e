import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { scanDoor } from '../../adapters/dynamodb/doors/scans.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { listScans as operation } from '../../contract/list-scans.ts';
import { Env } from './env.ts';
import { listScans } from './list-scans.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, listScans(scanDoor(documentClient(), BOOK_TABLE)));
