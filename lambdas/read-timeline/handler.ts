import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readTimeline as operation } from '../../contract/read-timeline.ts';
import { Env } from './env.ts';
import { readTimeline } from './read-timeline.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, readTimeline(dynamoBook(documentClient(), BOOK_TABLE)));
