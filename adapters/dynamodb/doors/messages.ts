import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { messageDoorOf, type Door, type OpenedMessages } from '../../../domain/people/door.ts';
import { dynamoBook } from '../book.ts';
import { dynamoScanBook } from '../scan-book.ts';
import { dynamoTellings } from '../tellings.ts';

/** The door to dossiers and what people were told of them. */
export function messageDoor(client: DynamoDBDocumentClient, table: string): Door<OpenedMessages> {
  return messageDoorOf(dynamoBook(client, table), dynamoScanBook(client, table), dynamoTellings(client, table));
}
