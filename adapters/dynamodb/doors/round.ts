import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { roundDoorOf, type RoundDoor } from '../../../domain/people/round.ts';
import { dynamoLists } from '../lists.ts';

/** The door to couriers' rounds in the book on DynamoDB. */
export function roundDoor(client: DynamoDBDocumentClient, table: string): RoundDoor {
  return roundDoorOf(dynamoLists(client, table));
}
