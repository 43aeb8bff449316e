import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { keptForMs } from '../../domain/feeds/subscription.ts';
import { callFaults, type LaneSent } from '../../domain/feeds/webhook.ts';
import type { Delivery, SenderBook, WebhookBook } from '../../domain/ports/webhooks.ts';
import {
  deliveriesKey,
  deliveryKey,
  entriesKey,
  entryKey,
  feedKey,
  senderKey,
  sentKey,
  subscriptionsKey,
} from './feed-keys.ts';
import { dynamoFeeds, entryItem } from './feeds.ts';
import { instant } from './items.ts';
import { readItem } from './unreadable.ts';

const sentItem = z.object({
  sent: z.int(),
  failing: z.object({ since: instant, times: z.int(), retryAt: instant }).exactOptional(),
}) satisfies z.ZodType<LaneSent>;
const Keyed = z.object({ sk: z.string() });

const deliveryItem = z.object({
  subscriptionId: z.string(),
  lane: z.int(),
  sequence: z.int(),
  eventId: z.string(),
  dossierId: z.string(),
  at: instant,
  attempt: z.int(),
  status: z.int().exactOptional(),
  fault: z.enum(callFaults).exactOptional(),
  tookMs: z.int(),
}) satisfies z.ZodType<Delivery>;

/** What senders of webhooks keep, on DynamoDB. */
export function dynamoWebhooks(client: DynamoDBDocumentClient, table: string): SenderBook & WebhookBook {
  const { find, newest, entries } = dynamoFeeds(client, table);

  /** @returns whether the condition held */
  const tried = async (write: Promise<unknown>): Promise<boolean> => {
    try {
      await write;
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    find,
    newest,
    entries,

    sent: async ({ subscriptionId, lanes }) => {
      const pk = feedKey(subscriptionId);
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sent)',
          ExpressionAttributeValues: { ':pk': pk, ':sent': 'SENT#' },
          ConsistentRead: true,
        }),
      );
      const known = new Map(Items.map((item) => [Keyed.parse(item).sk, readItem(sentItem, item, pk)]));
      return Array.from({ length: lanes }, (_none, lane) => known.get(sentKey(lane)) ?? { sent: 0 });
    },

    move: async ({ subscriptionId, lane }, from, to) => {
      const isMine = await tried(
        client.send(
          new PutCommand({
            TableName: table,
            Item: { pk: feedKey(subscriptionId), sk: sentKey(lane), ...z.encode(sentItem, to) },
            ConditionExpression: from === 0 ? 'attribute_not_exists(pk) OR sent = :from' : 'sent = :from',
            ExpressionAttributeValues: { ':from': from },
          }),
        ),
      );
      return isMine ? 'written' : 'moved';
    },

    claim: async (subscriptionId, holder, now, until) =>
      tried(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: feedKey(subscriptionId), sk: senderKey },
            UpdateExpression: 'SET holder = :holder, leaseUntil = :until',
            ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil <= :now',
            ExpressionAttributeValues: { ':holder': holder, ':until': until, ':now': now },
          }),
        ),
      ),
    release: async (subscriptionId, holder) => {
      await tried(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: feedKey(subscriptionId), sk: senderKey },
            UpdateExpression: 'REMOVE leaseUntil',
            ConditionExpression: 'holder = :holder',
            ExpressionAttributeValues: { ':holder': holder },
          }),
        ),
      );
    },

    log: async (delivery) => {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: {
            pk: deliveriesKey(delivery.subscriptionId),
            sk: deliveryKey(delivery),
            expiresAt: Math.floor((delivery.at + keptForMs) / 1000),
            ...z.encode(deliveryItem, delivery),
          },
        }),
      );
    },

    pause: async (subscriptionId, paused) =>
      tried(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: subscriptionsKey, sk: subscriptionId },
            UpdateExpression: paused === undefined ? 'REMOVE webhook.paused' : 'SET webhook.paused = :paused',
            ConditionExpression:
              paused === undefined
                ? 'attribute_exists(webhook.paused)'
                : 'attribute_exists(webhook) AND attribute_not_exists(webhook.paused)',
            ...(paused === undefined
              ? {}
              : {
                  ExpressionAttributeValues: {
                    ':paused': { at: new Date(paused.at).toISOString(), why: paused.why },
                  },
                }),
          }),
        ),
      ),

    deliveries: async (subscriptionId, before, most) => {
      const pk = deliveriesKey(subscriptionId);
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: {
            ':pk': pk,
            ...(before === undefined ? {} : { ':before': deliveryKey(before) }),
          },
          ScanIndexForward: false,
          Limit: most,
        }),
      );
      return Items.map((item) => readItem(deliveryItem, item, pk));
    },

    entry: async ({ sequence, ...lane }, now) => {
      const [found] = await entries({ ...lane, sequence: sequence - 1 }, 1, now);
      return found?.sequence === sequence ? found : undefined;
    },

    before: async ({ subscriptionId, lane }, instantOf, now) => {
      const pk = entriesKey(subscriptionId, lane);
      // Written one after the other, and so found by halving; a lane of a month has few thousands.
      let [low, high] = [0, (await newest({ subscriptionId, lanes: lane + 1 }))[lane] ?? 0];
      const isBefore = async (sequence: number): Promise<boolean> => {
        const { Items: [item] = [] } = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :pk AND sk = :sk',
            ExpressionAttributeValues: { ':pk': pk, ':sk': entryKey(sequence) },
            ConsistentRead: true,
          }),
        );
        // What is gone with its time was before whatever is kept.
        if (item === undefined) return true;
        const { publishedAt } = readItem(entryItem, item, pk);
        return publishedAt < Math.max(instantOf, now - keptForMs);
      };
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (await isBefore(middle)) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
