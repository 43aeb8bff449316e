import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { doorOf, type Door } from '../../../domain/people/door.ts';
import { dynamoBook } from '../book.ts';
import { dynamoScanBook } from '../scan-book.ts';

/** The door to the dossiers of the book on DynamoDB. */
export function dossierDoor(client: DynamoDBDocumentClient, table: string): Door {
  return doorOf(dynamoBook(client, table), dynamoScanBook(client, table));
}
