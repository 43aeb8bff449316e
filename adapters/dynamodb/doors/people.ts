import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Person } from '../../../contract/register-dossier.ts';
import { peopleDoorOf, type Door, type OpenedPeople } from '../../../domain/people/door.ts';
import { dynamoBook } from '../book.ts';
import { dynamoLooks } from '../looks.ts';
import { dynamoPeople } from '../people.ts';
import { dynamoScanBook } from '../scan-book.ts';

/** The door to dossiers and their people; who sees them is written down. */
export function peopleDoor(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly people: string; readonly looks: string },
  now: () => number,
): Door<OpenedPeople<Person>> {
  return peopleDoorOf(
    dynamoBook(client, tables.book),
    dynamoScanBook(client, tables.book),
    dynamoPeople(client, tables.people),
    { log: dynamoLooks(client, tables.looks), now },
  );
}
