import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoPeople } from '../../adapters/dynamodb/people.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readDossier as operation } from '../../contract/read-dossier.ts';
import { Env } from './env.ts';
import { readDossier } from './read-dossier.ts';

const { BOOK_TABLE, PEOPLE_TABLE } = Env.parse(process.env);
const client = documentClient();

export const handler = endpoint(
  operation,
  readDossier({ book: dynamoBook(client, BOOK_TABLE), people: dynamoPeople(client, PEOPLE_TABLE), now: Date.now }),
);
