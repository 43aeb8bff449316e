import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { takingIn } from '../../adapters/dynamodb/doors/reports.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { pause } from '../../adapters/pause.ts';
import { recordEvent as operation } from '../../contract/record-event.ts';
import { Env } from './env.ts';
import { recordEvent } from './record-event.ts';

const { BOOK_TABLE, PEOPLE_TABLE } = Env.parse(process.env);
const door = { client: documentClient(), book: BOOK_TABLE, people: PEOPLE_TABLE, now: Date.now, pause };

export const handler = endpoint(operation, recordEvent(takingIn(door)));
