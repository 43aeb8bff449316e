import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readClock as operation } from '../../contract/read-clock.ts';
import { Env } from './env.ts';
import { readClock } from './read-clock.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, readClock(dynamoBook(documentClient(), BOOK_TABLE), Date.now));
