import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  paginateQuery,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { keptForMs, mostOfAUnit, type FeedFilter, type Subscription } from '../../domain/feeds/subscription.ts';
import { pauseReasons, type Webhook } from '../../domain/feeds/webhook.ts';
import { laneOf } from '../../domain/feeds/lanes.ts';
import { eventTypes } from '../../domain/journey/events.ts';
import type {
  Arrival,
  FeedEntry,
  FeedReader,
  FeedWriter,
  LanePlace,
  Published,
  SubscriptionBook,
} from '../../domain/ports/feeds.ts';
import { roles } from '../../domain/roles.ts';
import { pause } from '../pause.ts';
import { cancellationCodes } from './book.ts';
import { instant, partyItem } from './items.ts';
import { entriesKey, entryKey, feedKey, laneKey, ofUnitKey, publishedKey, subscriptionsKey } from './feed-keys.ts';
import { dossierKey, noteKey } from './keys.ts';
import { readingAlone, readingTogether } from './together.ts';
import { readItem } from './unreadable.ts';

const filterItem = z.object({
  types: z.array(z.enum(eventTypes)).readonly().exactOptional(),
  agencies: z.array(z.string()).readonly().exactOptional(),
  offices: z.array(z.string()).readonly().exactOptional(),
}) satisfies z.ZodType<FeedFilter>;

const webhookItem = z.object({
  url: z.string(),
  secret: z.string(),
  former: z.object({ secret: z.string(), until: instant }).exactOptional(),
  paused: z.object({ at: instant, why: z.enum(pauseReasons) }).exactOptional(),
}) satisfies z.ZodType<Webhook>;

const subscriptionItem = z.object({
  subscriptionId: z.string(),
  party: z.object({ role: z.enum(roles), unit: z.string() }),
  filter: filterItem,
  createdAt: instant,
  lanes: z.int(),
  webhook: webhookItem.exactOptional(),
}) satisfies z.ZodType<Subscription>;

const publishedItem = z.object({
  number: z.int(),
  route: z.object({
    registeredBy: partyItem,
    postOfficeId: z.string(),
    deliveryPostOfficeId: z.string(),
    agencyId: z.string(),
  }),
}) satisfies z.ZodType<Published>;

/** What a subscriber is told of one arrival. */
export const entryItem = z.object({
  subscriptionId: z.string(),
  lane: z.int(),
  sequence: z.int(),
  eventId: z.string(),
  dossierId: z.string(),
  body: z.string(),
  publishedAt: instant,
}) satisfies z.ZodType<FeedEntry>;

const Ended = z.object({ endedAt: z.string().optional() });
const Counter = z.object({ sk: z.string(), newest: z.int() });

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Whoever writes a lane at once with many others tries again so often; then the batch comes again. */
const mostTries = 20;

/** Feeds and their subscriptions on DynamoDB; `docs/book.md` shows the items. Reads are strongly consistent. */
export function dynamoFeeds(client: DynamoDBDocumentClient, table: string): FeedWriter & FeedReader & SubscriptionBook {
  const alone = readingAlone(client, table);
  const together = readingTogether(client, table);

  const all = async (): Promise<readonly Subscription[]> => {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': subscriptionsKey },
        ConsistentRead: true,
      },
    );
    const items = (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items);
    return items
      .filter((item) => Ended.parse(item).endedAt === undefined)
      .map((item) => readItem(subscriptionItem, item, subscriptionsKey));
  };

  const find = async (subscriptionId: string): Promise<Subscription | undefined> => {
    const item = await alone({ pk: subscriptionsKey, sk: subscriptionId });
    return item === undefined || Ended.parse(item).endedAt !== undefined
      ? undefined
      : readItem(subscriptionItem, item, subscriptionsKey);
  };

  const newestOf = async (subscriptionId: string, lane: number): Promise<number> =>
    Counter.optional().parse(await together({ pk: feedKey(subscriptionId), sk: laneKey(lane) }))?.newest ?? 0;

  return {
    subscriptions: all,
    all,
    published: async (dossierId) => {
      const pk = dossierKey(dossierId);
      const item = await alone({ pk, sk: publishedKey });
      return item === undefined ? undefined : readItem(publishedItem, item, `${pk} ${publishedKey}`);
    },

    publish: async (arrival) => {
      for (let tries = 1; ; tries += 1) {
        const places = await Promise.all(
          arrival.hearing.map(async ({ subscriptionId, lanes }) => {
            const lane = laneOf(arrival.dossierId, lanes);
            return { subscriptionId, lane, sequence: (await newestOf(subscriptionId, lane)) + 1 };
          }),
        );
        try {
          await client.send(new TransactWriteCommand({ TransactItems: publishing(table, arrival, places) }));
          return 'written';
        } catch (error) {
          const [first, ...others] = cancellationCodes(error);
          if (first === 'ConditionalCheckFailed') return 'known';
          const isRace = [first, ...others].every((code) => code === undefined || lostRaces.includes(code));
          if (!isRace || tries === mostTries) throw error;
          await pause(tries);
        }
      }
    },

    newest: async ({ subscriptionId, lanes }) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :lanes)',
          ExpressionAttributeValues: { ':pk': feedKey(subscriptionId), ':lanes': 'LANE#' },
          ConsistentRead: true,
        }),
      );
      const known = new Map(
        Items.map((item) => {
          const { sk, newest } = Counter.parse(item);
          return [sk, newest];
        }),
      );
      return Array.from({ length: lanes }, (_none, lane) => known.get(laneKey(lane)) ?? 0);
    },

    entries: async ({ subscriptionId, lane, sequence }, most, now) => {
      const pk = entriesKey(subscriptionId, lane);
      const pages = paginateQuery(
        { client, pageSize: most },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk > :after',
          // The table sweeps away what is over some days later.
          FilterExpression: 'expiresAt > :now',
          ExpressionAttributeValues: { ':pk': pk, ':after': entryKey(sequence), ':now': Math.floor(now / 1000) },
          ConsistentRead: true,
        },
      );
      const found: FeedEntry[] = [];
      for await (const { Items = [] } of pages) {
        found.push(...Items.map((item) => readItem(entryItem, item, pk)));
        if (found.length >= most) break;
      }
      return found.slice(0, most);
    },

    add: async (subscription) => {
      const { subscriptionId, party } = subscription;
      const key = ofUnitKey(party.unit);
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Update: {
                  TableName: table,
                  Key: { pk: key, sk: key },
                  UpdateExpression: 'ADD subscriptions :one',
                  ConditionExpression: 'attribute_not_exists(subscriptions) OR subscriptions < :most',
                  ExpressionAttributeValues: { ':one': 1, ':most': mostOfAUnit },
                },
              },
              {
                Put: {
                  TableName: table,
                  Item: { pk: subscriptionsKey, sk: subscriptionId, ...z.encode(subscriptionItem, subscription) },
                  ConditionExpression: 'attribute_not_exists(pk)',
                },
              },
            ],
          }),
        );
        return 'added';
      } catch (error) {
        if (cancellationCodes(error)[0] === 'ConditionalCheckFailed') return 'full';
        throw error;
      }
    },

    find,

    change: async (subscriptionId, { filter, webhook }) => {
      if (filter === undefined && webhook === undefined) return (await find(subscriptionId)) ?? 'gone';
      const sets = [
        ...(filter === undefined ? [] : ['#filter = :filter']),
        ...(isNew(webhook) ? ['webhook = :webhook'] : []),
      ];
      const expression = [
        ...(sets.length === 0 ? [] : [`SET ${sets.join(', ')}`]),
        ...(webhook === 'none' ? ['REMOVE webhook'] : []),
      ].join(' ');
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: subscriptionsKey, sk: subscriptionId },
            UpdateExpression: expression,
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(endedAt)',
            ...(filter === undefined ? {} : { ExpressionAttributeNames: { '#filter': 'filter' } }),
            ...(sets.length === 0
              ? {}
              : {
                  ExpressionAttributeValues: {
                    ...(filter === undefined ? {} : { ':filter': filter }),
                    ...(isNew(webhook) ? { ':webhook': z.encode(webhookItem, webhook) } : {}),
                  },
                }),
            ReturnValues: 'ALL_NEW',
          }),
        );
        return readItem(subscriptionItem, Attributes, subscriptionsKey);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'gone';
        throw error;
      }
    },

    end: async ({ subscriptionId, party }, now) => {
      const key = ofUnitKey(party.unit);
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Update: {
                  TableName: table,
                  Key: { pk: subscriptionsKey, sk: subscriptionId },
                  UpdateExpression: 'SET endedAt = :at, expiresAt = :seconds',
                  ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(endedAt)',
                  ExpressionAttributeValues: {
                    ':at': new Date(now).toISOString(),
                    ':seconds': Math.floor(now / 1000),
                  },
                },
              },
              {
                Update: {
                  TableName: table,
                  Key: { pk: key, sk: key },
                  UpdateExpression: 'ADD subscriptions :less',
                  ExpressionAttributeValues: { ':less': -1 },
                },
              },
            ],
          }),
        );
      } catch (error) {
        // Somebody else has ended it.
        if (cancellationCodes(error)[0] !== 'ConditionalCheckFailed') throw error;
      }
    },
  };
}

function isNew(webhook: Webhook | 'none' | undefined): webhook is Webhook {
  return webhook !== undefined && webhook !== 'none';
}

/** Another batch wrote the same lane first, or writes it now. */
const lostRaces = ['None', 'ConditionalCheckFailed', 'TransactionConflict'];

/** What marks the arrival as published comes first: by it a repetition is known. */
function publishing(table: string, arrival: Arrival, places: readonly LanePlace[]): Writes {
  const { dossierId, telling, bodyAt, now } = arrival;
  const expiresAt = Math.floor((now + keptForMs) / 1000);
  return [
    marking(table, arrival, expiresAt),
    ...places.flatMap((place): Writes => {
      const { subscriptionId, lane, sequence } = place;
      const entry = { ...place, eventId: telling.eventId, dossierId, body: bodyAt(place), publishedAt: now };
      return [
        {
          Update: {
            TableName: table,
            Key: { pk: feedKey(subscriptionId), sk: laneKey(lane) },
            UpdateExpression: 'SET newest = :next',
            ConditionExpression: sequence === 1 ? 'attribute_not_exists(pk)' : 'newest = :last',
            ExpressionAttributeValues: { ':next': sequence, ...(sequence === 1 ? {} : { ':last': sequence - 1 }) },
          },
        },
        {
          Put: {
            TableName: table,
            Item: {
              pk: entriesKey(subscriptionId, lane),
              sk: entryKey(sequence),
              expiresAt,
              ...z.encode(entryItem, entry),
            },
          },
        },
      ];
    }),
  ];
}

/** An event moves its dossier's position on; a note, which waits for no other, has a mark of its own. */
function marking(table: string, { dossierId, telling, position }: Arrival, expiresAt: number): Writes[number] {
  const pk = dossierKey(dossierId);
  if (position === undefined) {
    const sk = noteKey(new Date(telling.receivedAt).toISOString(), telling.eventId);
    return {
      Put: { TableName: table, Item: { pk, sk, expiresAt }, ConditionExpression: 'attribute_not_exists(pk)' },
    };
  }
  const { from, to } = position;
  return {
    Put: {
      TableName: table,
      Item: { pk, sk: publishedKey, ...z.encode(publishedItem, to) },
      ...(from === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: '#number = :from',
            ExpressionAttributeNames: { '#number': 'number' },
            ExpressionAttributeValues: { ':from': from.number },
          }),
    },
  };
}
