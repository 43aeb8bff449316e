import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { trackingIn, type Track } from '../../../domain/people/tracking.ts';
import { dynamoTracking } from '../tracking.ts';

/** The public's narrow door to the book on DynamoDB. */
export function trackingDoor(client: DynamoDBDocumentClient, table: string): Track {
  return trackingIn(dynamoTracking(client, table), Date.now);
}
