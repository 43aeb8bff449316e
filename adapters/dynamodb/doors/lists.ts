import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { listDoorOf, type ListDoor } from '../../../domain/people/lists.ts';
import { dynamoLists } from '../lists.ts';

/** The door to the lists of the book on DynamoDB. */
export function listDoor(client: DynamoDBDocumentClient, table: string): ListDoor {
  return listDoorOf(dynamoLists(client, table));
}
