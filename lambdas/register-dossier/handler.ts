import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { registrationDoor } from '../../adapters/dynamodb/doors/registrations.ts';
import { keyedEndpoint } from '../../adapters/http/endpoint.ts';
import { drawIds, fingerprint } from '../../adapters/identifiers.ts';
import { keepingAnswers } from '../../adapters/keeping.ts';
import { registerDossier as operation } from '../../contract/register-dossier.ts';
import { Env } from './env.ts';
import { registerDossier } from './register-dossier.ts';

const { BOOK_TABLE, PEOPLE_TABLE } = Env.parse(process.env);
const client = documentClient();
const open = registrationDoor(client, { book: BOOK_TABLE, people: PEOPLE_TABLE });

export const handler = keyedEndpoint(
  operation,
  registerDossier({ open, now: Date.now, drawIds, fingerprint }),
  keepingAnswers(client, PEOPLE_TABLE),
);
