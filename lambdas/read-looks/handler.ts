import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { lookDoor } from '../../adapters/dynamodb/doors/looks.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readLooks as operation } from '../../contract/read-looks.ts';
import { Env } from './env.ts';
import { readLooks } from './read-looks.ts';

const { BOOK_TABLE, LOOKS_TABLE } = Env.parse(process.env);

export const handler = endpoint(
  operation,
  readLooks(lookDoor(documentClient(), { book: BOOK_TABLE, looks: LOOKS_TABLE })),
);
