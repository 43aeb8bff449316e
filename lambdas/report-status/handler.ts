import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { takingStatus } from '../../adapters/dynamodb/doors/reports.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { pause } from '../../adapters/pause.ts';
import { reportStatus as operation } from '../../contract/report-status.ts';
import { Env } from './env.ts';
import { reportStatus } from './report-status.ts';

const { BOOK_TABLE } = Env.parse(process.env);
const door = { client: documentClient(), book: BOOK_TABLE, now: Date.now, pause };

export const handler = endpoint(operation, reportStatus(takingStatus(door)));
