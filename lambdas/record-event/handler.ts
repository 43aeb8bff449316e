import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoPeople } from '../../adapters/dynamodb/people.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { recordEvent as request } from '../../contract/record-event.ts';
import { env } from './env.ts';
import { recordEvent } from './record-event.ts';

const { BOOK_TABLE, PEOPLE_TABLE } = env.parse(process.env);
const client = documentClient();

export const handler = endpoint(request, recordEvent({ book: dynamoBook(client, BOOK_TABLE), people: dynamoPeople(client, PEOPLE_TABLE), now: Date.now }));
