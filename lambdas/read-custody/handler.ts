import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dossierDoor } from '../../adapters/dynamodb/doors/dossiers.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readCustody as operation } from '../../contract/read-custody.ts';
import { Env } from './env.ts';
import { readCustody } from './read-custody.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, readCustody(dossierDoor(documentClient(), BOOK_TABLE)));
