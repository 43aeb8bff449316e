import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  feedDoorOf,
  subscriptionDoorOf,
  type FeedDoor,
  type SubscriptionDoor,
} from '../../../domain/people/subscriptions.ts';
import { dynamoFeeds } from '../feeds.ts';
import { dynamoWebhooks } from '../webhooks.ts';

/** The door to the subscriptions on DynamoDB. */
export function subscriptionDoor(client: DynamoDBDocumentClient, table: string): SubscriptionDoor {
  return subscriptionDoorOf(dynamoFeeds(client, table), dynamoWebhooks(client, table));
}

/** The door to what they have heard. */
export function feedDoor(client: DynamoDBDocumentClient, table: string): FeedDoor {
  const feeds = dynamoFeeds(client, table);
  return feedDoorOf(feeds, feeds);
}
