import { paginateQuery, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { indexes } from '../../domain/ports/indexes.ts';
import type { Arrived } from '../../domain/ports/seals.ts';
import type { Arrival } from '../../domain/seal.ts';
import { dossierIdIn, eventNumberIn } from './keys.ts';

const Row = z
  .object({
    pk: z.string().transform(dossierIdIn).pipe(z.string()),
    sk: z.string().transform(eventNumberIn).pipe(z.int()),
    digest: z.string().optional(),
  })
  .transform(({ pk: dossierId, sk: number, digest }): Arrival => ({ dossierId, number, digest }));

/** What arrived, from the index of the book. */
export function dynamoArrived(client: DynamoDBDocumentClient, table: string): Arrived {
  const { partition } = indexes.arrivals;
  return {
    on: async (day) => {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: 'arrivals',
          KeyConditionExpression: '#day = :day',
          ExpressionAttributeNames: { '#day': partition },
          ExpressionAttributeValues: { ':day': day },
        },
      );
      const found: Arrival[] = [];
      for await (const { Items = [] } of pages) found.push(...Items.map((item) => Row.parse(item)));
      return found;
    },
  };
}
