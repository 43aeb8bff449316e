import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexes } from '../../../domain/ports/indexes.ts';
import { startDynamoDb, type DynamoDb } from '../../../emulator/dynamodb/start-dynamodb.ts';
import { ensureTable } from '../../../emulator/dynamodb/tables.ts';
import { startBetween, type Between } from './between.ts';

const keyed = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
};

const book = {
  ...keyed,
  AttributeDefinitions: [
    ...keyed.AttributeDefinitions,
    ...[...new Set(Object.values(indexes).flatMap(({ partition, sort }) => [partition, sort]))].map(
      (AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      }),
    ),
  ],
  GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, { partition, sort, shows }]) => ({
    IndexName,
    KeySchema: [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ],
    Projection:
      shows.length === 0 ? { ProjectionType: 'KEYS_ONLY' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: shows },
  })),
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
};

const limits = {
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};

/** The tables in a database of their own. */
export interface Tables {
  readonly client: DynamoDBDocumentClient;
  /** Everything that lies in a table. */
  everything(table: 'Book' | 'People' | 'Limits'): Promise<readonly Record<string, unknown>[]>;
  /** One call as Step Functions makes it. */
  readonly call: DynamoDb['call'];
  /** A client of its own, to be changed at will. */
  another(): DynamoDBDocumentClient;
  /** A client whose calls are changed, or refused, on their way. */
  between(change: Parameters<typeof startBetween>[1]): Promise<DynamoDBDocumentClient>;
  close(): Promise<void>;
}

const Scanned = z.object({
  Items: z.array(z.custom<Parameters<typeof unmarshall>[0]>().transform((item) => unmarshall(item))),
});

export async function startTables(): Promise<Tables> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dossier-post-tables-'));
  const dynamodb = await startDynamoDb({ dataDir });
  await ensureTable(dynamodb, book, 'Book');
  await ensureTable(dynamodb, keyed, 'People');
  await ensureTable(dynamodb, limits, 'Limits');
  const connect = (endpoint = dynamodb.endpoint): DynamoDBDocumentClient =>
    DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint,
        region: 'ap-southeast-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
    );
  const client = connect();
  const others: DynamoDBDocumentClient[] = [];
  const betweens: Between[] = [];
  return {
    client,
    everything: async (TableName) =>
      Scanned.parse((await dynamodb.call('Scan', { TableName, ConsistentRead: true })).body).Items,
    call: dynamodb.call,
    another: () => {
      const other = connect();
      others.push(other);
      return other;
    },
    between: async (change) => {
      const one = await startBetween(dynamodb.endpoint, change);
      betweens.push(one);
      return connect(one.endpoint);
    },
    close: async () => {
      await Promise.all(betweens.map(async (one) => one.close()));
      for (const one of [client, ...others]) one.destroy();
      await dynamodb.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
