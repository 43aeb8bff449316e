import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { paginateQuery, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dueItems } from '../../domain/execution/generations.ts';
import type { indexes } from '../../domain/ports/indexes.ts';
import type { BookWriter, DueItem, DueKeeper } from '../../domain/ports/book.ts';
import { dynamoFindings, finding, settled } from './findings.ts';
import { dynamoGenerations } from './generations.ts';
import { matterItem } from './items.ts';
import { bagFactIn, dossierIdIn, dossierKey, execution, matterIn, matterKey } from './keys.ts';

const dueItem = z.object({ pk: z.string(), sk: z.string(), dueAt: z.iso.datetime() });
const matterId = matterItem.pick({ kind: true, eventId: true });

/** The book for whoever looks for what should have happened, by the sparse index of what is due. */
export function dynamoDue(client: DynamoDBDocumentClient, table: string): BookWriter & DueKeeper {
  return {
    ...dynamoGenerations(client, table),

    dueBefore: async function* (instant) {
      const pages = paginateQuery(
        { client, pageSize: 100 },
        {
          TableName: table,
          IndexName: 'due' satisfies keyof typeof indexes,
          KeyConditionExpression: 'due = :due AND dueAt < :before',
          ExpressionAttributeValues: { ':due': dueItems, ':before': new Date(instant).toISOString() },
        },
      );
      for await (const { Items = [] } of pages) yield* Items.flatMap(readDue);
    },

    forgetRenewal: async (dossierId) => {
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: dossierKey(dossierId), sk: execution },
            UpdateExpression: 'REMOVE due, dueAt',
            ConditionExpression: 'attribute_exists(pk)',
          }),
        );
      } catch (error) {
        // No execution ever arrived, and none will.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    remindOf: async (dossierId, matter, dueAt) => {
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: dossierKey(dossierId), sk: matterKey(matter) },
            UpdateExpression: 'SET dueAt = :dueAt ADD reminders :one',
            ConditionExpression: 'attribute_exists(due)',
            ExpressionAttributeValues: { ':dueAt': new Date(dueAt).toISOString(), ':one': 1 },
          }),
        );
      } catch (error) {
        // It was settled in the meantime.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    standing: async () => dynamoFindings(client, table),
    find: async ({ dossierId, reason, at }) => {
      await client.send(new UpdateCommand(finding(table, dossierId, 'due', reason, at).Update));
    },
    settle: async (dossierId, kind) => {
      await client.send(new UpdateCommand(settled(table, dossierId, kind).Update));
    },
  };
}

/** An item of the index; what belongs to no dossier is nobody's. */
function readDue(item: unknown): readonly DueItem[] {
  const { pk, sk, dueAt } = dueItem.parse(item);
  const bag = bagFactIn(pk, sk);
  if (bag !== undefined) return [{ dossierId: '', kind: 'bag', bag, dueAt: Date.parse(dueAt) }];
  const dossierId = dossierIdIn(pk);
  if (dossierId === undefined) return [];
  const matter = matterIn(sk);
  if (matter !== undefined)
    return [{ dossierId, kind: 'matter', matter: matterId.parse(matter), dueAt: Date.parse(dueAt) }];
  return [{ dossierId, kind: sk === execution ? 'renewal' : 'clock', dueAt: Date.parse(dueAt) }];
}
