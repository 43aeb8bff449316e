import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { peopleDoor } from '../../adapters/dynamodb/doors/people.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readDossier as operation } from '../../contract/read-dossier.ts';
import { Env } from './env.ts';
import { readDossier } from './read-dossier.ts';

const { BOOK_TABLE, PEOPLE_TABLE, LOOKS_TABLE } = Env.parse(process.env);
const door = peopleDoor(documentClient(), { book: BOOK_TABLE, people: PEOPLE_TABLE, looks: LOOKS_TABLE }, Date.now);

export const handler = endpoint(operation, readDossier({ door, now: Date.now }));
