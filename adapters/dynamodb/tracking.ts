import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TrackingReader } from '../../domain/ports/book.ts';
import { dynamoBook } from './book.ts';
import { trackingItem } from './items.ts';
import { trackingKey } from './keys.ts';

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
