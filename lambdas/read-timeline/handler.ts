import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dossierDoor } from '../../adapters/dynamodb/doors/dossiers.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { readTimeline as operation } from '../../contract/read-timeline.ts';
import { Env } from './env.ts';
import { readTimeline } from './read-timeline.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(operation, readTimeline(dossierDoor(documentClient(), BOOK_TABLE)));
