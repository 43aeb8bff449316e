import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readCustody as operation } from '../../contract/read-custody.ts';
import { Env } from './env.ts';
import { readCustody } from './read-custody.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, readCustody(dynamoBook(documentClient(), BOOK_TABLE)));
