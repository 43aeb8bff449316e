import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dossierDoor } from '../../adapters/dynamodb/doors/dossiers.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readClock as operation } from '../../contract/read-clock.ts';
import { Env } from './env.ts';
import { readClock } from './read-clock.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, readClock(dossierDoor(documentClient(), BOOK_TABLE), Date.now));
