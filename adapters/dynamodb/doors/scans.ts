import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { scanDoorOf, type Door, type OpenedScans } from '../../../domain/people/door.ts';
import { dynamoBook } from '../book.ts';
import { dynamoScanBook } from '../scan-book.ts';

/** The door to dossiers and their scans. */
export function scanDoor(client: DynamoDBDocumentClient, table: string): Door<OpenedScans> {
  return scanDoorOf(dynamoBook(client, table), dynamoScanBook(client, table));
}
