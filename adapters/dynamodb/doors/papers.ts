import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Person } from '../../../contract/register-dossier.ts';
import { paperDoorOf, type Door, type OpenedPaper } from '../../../domain/people/door.ts';
import { dynamoPrints } from '../prints.ts';
import { peopleDoor } from './people.ts';

/** The door to dossiers whose papers are printed; who sees people on them is written down. */
export function paperDoor(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly people: string; readonly looks: string },
  now: () => number,
): Door<OpenedPaper<Person>> {
  return paperDoorOf(peopleDoor(client, tables, now), dynamoPrints(client, tables.book));
}
