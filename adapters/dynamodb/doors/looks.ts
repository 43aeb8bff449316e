import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { lookDoorOf, type Door, type OpenedLooks } from '../../../domain/people/door.ts';
import { dynamoBook } from '../book.ts';
import { dynamoLooks } from '../looks.ts';

/** The door to who has looked at what names a person. */
export function lookDoor(
  client: DynamoDBDocumentClient,
  tables: { readonly book: string; readonly looks: string },
): Door<OpenedLooks> {
  return lookDoorOf(dynamoBook(client, tables.book), dynamoLooks(client, tables.looks));
}
