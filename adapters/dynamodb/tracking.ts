import { GetCommand, paginateQuery, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EndedCodes, TrackingReader } from '../../domain/ports/book.ts';
import { dynamoBook } from './book.ts';
import { endedCodeItem, trackingItem } from './items.ts';
import { endedCodes, trackingKey } from './keys.ts';

/** Finds a dossier by the code on its slip. */
export function dynamoTracking(client: DynamoDBDocumentClient, table: string): TrackingReader {
  return {
    ...dynamoBook(client, table),
    dossierIdOf: async (trackingCode) => {
      const pk = trackingKey(trackingCode);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: { pk, sk: pk } }));
      return Item === undefined ? undefined : trackingItem.parse(Item).dossierId;
    },
  };
}

/** The codes that were replaced, the oldest first. */
export function dynamoEndedCodes(client: DynamoDBDocumentClient, table: string): EndedCodes {
  return {
    ended: async () => {
      const query = {
        TableName: table,
        KeyConditionExpression: 'pk = :ended',
        ExpressionAttributeValues: { ':ended': endedCodes },
      };
      const pages = await Array.fromAsync(paginateQuery({ client }, query));
      return pages.flatMap(({ Items = [] }) => Items.map((item) => endedCodeItem.parse(item).trackingCode));
    },
  };
}
