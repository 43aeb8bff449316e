import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoFeeds } from '../../adapters/dynamodb/feeds.ts';
import { dynamoWebhooks } from '../../adapters/dynamodb/webhooks.ts';
import { sqsClient } from '../../adapters/sqs/dead-letters.ts';
import { wakingThrough } from '../../adapters/sqs/wakes.ts';
import { Env } from './env.ts';
import { wakeWebhooks } from './wake-webhooks.ts';

const { FEEDS_TABLE, WAKE_QUEUE_URL } = Env.parse(process.env);
const client = documentClient();

export const handler = wakeWebhooks({
  subscriptions: dynamoFeeds(client, FEEDS_TABLE).subscriptions,
  book: dynamoWebhooks(client, FEEDS_TABLE),
  wake: wakingThrough(sqsClient(), WAKE_QUEUE_URL),
  now: Date.now,
});
