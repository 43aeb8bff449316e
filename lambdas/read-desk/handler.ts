import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { deskCounter } from '../../adapters/dynamodb/doors/desk-counts.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { pause } from '../../adapters/pause.ts';
import { readDesk as operation } from '../../contract/read-desk.ts';
import { Env } from './env.ts';
import { readDesk } from './read-desk.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(
  operation,
  readDesk({ counter: deskCounter(documentClient(), BOOK_TABLE), now: Date.now, pause }),
);
