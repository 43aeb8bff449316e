import { PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { LookLog, LookReader } from '../../domain/ports/looks.ts';
import { lookItem } from './items.ts';
import { dossierKey, lookKey } from './keys.ts';
import { readItem } from './unreadable.ts';

/** As long as what it is about is kept in electronic form: five years at least (TT17 14). */
const keptMs = 5 * 366 * 86_400_000;

/** The table of looks: whoever notes one can read none. */
export function dynamoLooks(client: DynamoDBDocumentClient, table: string): LookLog & LookReader {
  return {
    note: async (look) => {
      const Item = {
        pk: dossierKey(look.dossierId),
        sk: lookKey(look),
        ...z.encode(lookItem, look),
        expiresAt: Math.ceil((look.at + keptMs) / 1000),
      };
      await client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
    },
    looks: async (dossierId, before, most) => {
      const pk = dossierKey(dossierId);
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ScanIndexForward: false,
          Limit: most,
          ...(before === undefined ? {} : { ExclusiveStartKey: { pk, sk: lookKey(before) } }),
        }),
      );
      return Items.map((item) => readItem(lookItem, item, `${pk} LOOK`));
    },
  };
}
