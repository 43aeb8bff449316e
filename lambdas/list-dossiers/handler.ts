import { cursors } from '../../adapters/cursor.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { listDoor } from '../../adapters/dynamodb/doors/lists.ts';
import { endpoint } from '../../adapters/http/endpoint.ts';
import { listDossiers as operation } from '../../contract/list-dossiers.ts';
import { Env } from './env.ts';
import { listDossiers } from './list-dossiers.ts';

const { BOOK_TABLE } = Env.parse(process.env);

export const handler = endpoint(
  operation,
  listDossiers({ door: listDoor(documentClient(), BOOK_TABLE), cursors, now: Date.now }),
);
