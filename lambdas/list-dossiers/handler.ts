import { cursors } from '../../adapters/cursor.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { listDoor } from '../../adapters/dynamodb/doors/lists.ts';
import { byRoute, endpoint } from '../../adapters/http/endpoint.ts';
import { listDossiersCsv as sheet } from '../../contract/list-dossiers-csv.ts';
import { listDossiers as page } from '../../contract/list-dossiers.ts';
import { Env } from './env.ts';
import { listDossiers } from './list-dossiers.ts';

const { BOOK_TABLE } = Env.parse(process.env);

const lists = listDossiers({ door: listDoor(documentClient(), BOOK_TABLE), cursors, now: Date.now });

export const handler = byRoute([
  [page, endpoint(page, lists.page)],
  [sheet, endpoint(sheet, lists.sheet)],
]);
