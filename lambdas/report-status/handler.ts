import { dynamoDesk } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { pause } from '../../adapters/pause.ts';
import { reportStatus as operation } from '../../contract/report-status.ts';
import { Env } from './env.ts';
import { reportStatus } from './report-status.ts';

const { BOOK_TABLE } = Env.parse(process.env);
// A status says nothing of people: their table is never asked.
const book = dynamoDesk(documentClient(), { book: BOOK_TABLE, people: 'none' });

export const handler = endpoint(operation, reportStatus({ book, now: Date.now, pause }));
