import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Bags } from '../../domain/custody/bag.ts';
import { dueItems } from '../../domain/execution/generations.ts';
import { bagFactItem, manifestItem } from './items.ts';
import { bagFactKey, bagKey, manifest } from './keys.ts';
import { readItem } from './unreadable.ts';

/** Bags on DynamoDB: what was put into each last, and every fact about it, due until it is finished. */
export function dynamoBags(client: DynamoDBDocumentClient, table: string): Bags {
  const read = async <T>(pk: string, sk: string, item: z.ZodType<T>): Promise<T | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }));
    return Item === undefined ? undefined : readItem(item, Item, `${pk} ${sk}`);
  };
  return {
    manifest: async (bagCode) => (await read(bagKey(bagCode), manifest, manifestItem))?.dossierIds,
    pack: async (bagCode, dossierIds) => {
      await client.send(new PutCommand({ TableName: table, Item: { pk: bagKey(bagCode), sk: manifest, dossierIds } }));
    },
    keep: async (fact, dueAt) => {
      const pk = bagKey(fact.bagCode);
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: {
              pk,
              sk: bagFactKey(fact.eventId),
              ...z.encode(bagFactItem, fact),
              due: dueItems,
              dueAt: new Date(dueAt).toISOString(),
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'known';
        throw error;
      }
      return 'kept';
    },
    fact: async (bagCode, eventId) => read(bagKey(bagCode), bagFactKey(eventId), bagFactItem),
    finish: async (bagCode, eventId) => {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: bagKey(bagCode), sk: bagFactKey(eventId) },
          UpdateExpression: 'REMOVE due, dueAt',
          ConditionExpression: 'attribute_exists(pk)',
        }),
      );
    },
  };
}
