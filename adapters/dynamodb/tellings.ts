import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  GetCommand,
  paginateQuery,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { indexes } from '../../domain/ports/indexes.ts';
import type { Tellings } from '../../domain/ports/tellings.ts';
import { messageNames } from '../../domain/telling/messages.ts';
import { tellingKey, tellingStates, untoldReasons, type Telling } from '../../domain/telling/tellings.ts';
import { addressees, languages, messageChannels } from '../../domain/telling/wish.ts';
import { instant } from './items.ts';
import { announcement, dossierIdIn, dossierKey, dueTellings, tellingItemKey } from './keys.ts';

/** What somebody was or is to be told. */
const tellingItem = z.object({
  cause: z.string(),
  to: z.enum(addressees),
  channel: z.enum(messageChannels),
  language: z.enum(languages),
  message: z.enum(messageNames),
  state: z.enum(tellingStates),
  sendAt: instant,
  why: z.enum(untoldReasons).exactOptional(),
  claimedAt: instant.exactOptional(),
  sentAt: instant.exactOptional(),
  messageId: z.string().exactOptional(),
});
const dueItem = z.object({ pk: z.string() });
const announcedItem = z.object({ dueAt: instant.exactOptional() });

/** Tellings beside the events of their dossier; those that are planned stand in the index of what is due. */
export function dynamoTellings(client: DynamoDBDocumentClient, table: string): Tellings {
  const announced = (dossierId: string) => ({ pk: dossierKey(dossierId), sk: announcement });

  return {
    of: async (dossierId) => {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :tellings)',
          ExpressionAttributeValues: { ':pk': dossierKey(dossierId), ':tellings': tellingItemKey('') },
          ConsistentRead: true,
        },
      );
      const items = await Array.fromAsync(pages, ({ Items = [] }) => Items);
      return items.flat().map((item) => tellingItem.parse(item));
    },

    write: async (dossierId, before, after) => {
      const { state, sendAt } = after;
      const Item = {
        pk: dossierKey(dossierId),
        sk: tellingItemKey(tellingKey(after)),
        ...z.encode(tellingItem, after),
        ...(state === 'planned' ? { due: dueTellings, dueAt: new Date(sendAt).toISOString() } : {}),
      };
      return unlessOvertaken(client.send(new PutCommand({ TableName: table, Item, ...stillAs(before) })));
    },

    announce: async (dossierId, now) => {
      const Item = { ...announced(dossierId), due: dueTellings, dueAt: new Date(now).toISOString() };
      await client.send(new PutCommand({ TableName: table, Item }));
    },

    announcedAt: async (dossierId) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: announced(dossierId), ConsistentRead: true }),
      );
      return Item && announcedItem.parse(Item).dueAt;
    },

    settle: async (dossierId, at) => {
      await unlessOvertaken(
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: announced(dossierId),
            UpdateExpression: 'REMOVE due, dueAt',
            ConditionExpression: 'dueAt = :at',
            ExpressionAttributeValues: { ':at': new Date(at).toISOString() },
          }),
        ),
      );
    },

    dueBy: async (now, most) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'due' satisfies keyof typeof indexes,
          KeyConditionExpression: 'due = :due AND dueAt <= :now',
          ExpressionAttributeValues: { ':due': dueTellings, ':now': new Date(now).toISOString() },
          Limit: most,
        }),
      );
      return [...new Set(Items.flatMap((item) => dossierIdIn(dueItem.parse(item).pk) ?? []))];
    },
  };
}

/** That an item is what it was read as; undefined for not there. */
function stillAs(before: Telling | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#state = :state AND sendAt = :sendAt',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':state': before.state, ':sendAt': new Date(before.sendAt).toISOString() },
  };
}

async function unlessOvertaken(sent: Promise<unknown>): Promise<'written' | 'overtaken'> {
  try {
    await sent;
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'overtaken';
    throw error;
  }
}
