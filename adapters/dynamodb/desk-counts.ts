import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { matterKinds } from '../../domain/journey/matters.ts';
import { places } from '../../domain/journey/places.ts';
import type { Count, DeskCounter } from '../../domain/people/desk-counts.ts';
import type { indexes } from '../../domain/ports/indexes.ts';
import { deskKey } from './indexes.ts';
import { instant } from './items.ts';
import { deskCountsKey } from './keys.ts';

/** A claim to count is forgotten after so long: whoever made it is through by then, or dead. */
const claimMs = 10_000;
/** A page of an index is a megabyte, some four thousand rows and 128 read units: more is not counted of one place. */
const mostPages = 32;

/** Counts desks by the index, and keeps the counts of each in one item. */
export function dynamoDeskCounter(client: DynamoDBDocumentClient, table: string): DeskCounter {
  const keyOf = (unit: string) => ({ pk: deskCountsKey(unit), sk: deskCountsKey(unit) });
  const update = async (unit: string, input: Omit<UpdateCommand['input'], 'TableName' | 'Key'>): Promise<void> => {
    await client.send(new UpdateCommand({ TableName: table, Key: keyOf(unit), ...input }));
  };

  /** Of one part of a desk. @param before only what is earlier (ISO 8601) */
  const countPart = async (desk: string, before?: string): Promise<{ count: number; isMore: boolean }> => {
    let count = 0;
    let from: Record<string, unknown> | undefined;
    for (let page = 1; page <= mostPages && (page === 1 || from !== undefined); page += 1) {
      const { Count = 0, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'desk' satisfies keyof typeof indexes,
          Select: 'COUNT',
          KeyConditionExpression: `desk = :desk${before === undefined ? '' : ' AND urgentAt < :before'}`,
          ExpressionAttributeValues: { ':desk': desk, ...(before === undefined ? {} : { ':before': before }) },
          ExclusiveStartKey: from,
        }),
      );
      count += Count;
      from = LastEvaluatedKey;
    }
    return { count, isMore: from !== undefined };
  };

  const countAll = async <What extends string>(
    unit: string,
    whats: readonly What[],
    now: number,
  ): Promise<readonly Count<What>[]> => {
    const counted = await Promise.all(
      whats.map(async (what): Promise<readonly Count<What>[]> => {
        const desk = deskKey(unit, what);
        const { count: total, isMore } = await countPart(desk);
        if (total === 0) return [];
        const { count: overdue } = await countPart(desk, new Date(now).toISOString());
        return [{ what, total, overdue, ...(isMore ? { isMore } : {}) }];
      }),
    );
    return counted.flat();
  };

  return {
    // Consistently: whoever waits for another's count must see it.
    kept: async (unit) => {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(unit), ConsistentRead: true }));
      return keptCounts.safeParse(Item).data;
    },
    claim: async (unit, now) => {
      try {
        await update(unit, {
          UpdateExpression: 'SET claimedAt = :now',
          ConditionExpression: 'attribute_not_exists(claimedAt) OR claimedAt < :past',
          ExpressionAttributeValues: {
            ':now': new Date(now).toISOString(),
            ':past': new Date(now - claimMs).toISOString(),
          },
        });
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    count: async (unit, atPlaces, kinds, now) => {
      const [waiting, unsettled] = await Promise.all([countAll(unit, atPlaces, now), countAll(unit, kinds, now)]);
      return { countedAt: now, waiting, unsettled };
    },
    keep: async (unit, counts) => {
      const { countedAt, waiting, unsettled } = z.encode(keptCounts, counts);
      await update(unit, {
        UpdateExpression: 'SET countedAt = :at, waiting = :waiting, unsettled = :unsettled',
        ExpressionAttributeValues: { ':at': countedAt, ':waiting': waiting, ':unsettled': unsettled },
      });
    },
  };
}

function countsOfKind<What extends string>(whats: readonly What[]) {
  return z
    .array(z.object({ what: z.enum(whats), total: z.int(), overdue: z.int(), isMore: z.literal(true).exactOptional() }))
    .readonly();
}
const keptCounts = z.object({
  countedAt: instant,
  waiting: countsOfKind(places),
  unsettled: countsOfKind(matterKinds),
});
