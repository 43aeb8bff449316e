import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { execFile } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { indexes } from '../../../domain/ports/indexes.ts';
import { dynoxideBinary } from '../../../emulator/dynamodb/binary.ts';
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
};
const stream = { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };

/** As an export of DynamoDB, from which the local one makes its file: a thousand times faster than by requests. */
async function load(dataDir: string, items: Iterable<Record<string, unknown>>): Promise<void> {
  const [source, schema, directory] = [
    join(dataDir, 'export'),
    join(dataDir, 'schema.json'),
    join(dataDir, 'dynamodb'),
  ];
  for (const made of [join(source, 'Book', 'data'), directory]) mkdirSync(made, { recursive: true });
  const lines = function* (): Generator<string> {
    for (const item of items) yield `${JSON.stringify({ Item: marshall(item) })}\n`;
  };
  await pipeline(lines, createGzip(), createWriteStream(join(source, 'Book', 'data', 'items.json.gz')));
  const Table = { TableName: 'Book', ...book, BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } };
  writeFileSync(schema, JSON.stringify({ Table }));
  const file = join(directory, 'book.db');
  await promisify(execFile)(dynoxideBinary(), ['import', '--source', source, '--schema', schema, '--output', file]);
}

const limits = {
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};

type Changes = Parameters<typeof startBetween> extends [string, ...infer Rest] ? Rest : never;

/** The tables in a database of their own. */
export interface Tables {
  readonly client: DynamoDBDocumentClient;
  /** Everything that lies in a table. */
  everything(table: 'Book' | 'People' | 'Looks' | 'Limits'): Promise<readonly Record<string, unknown>[]>;
  /** One call as Step Functions makes it. */
  readonly call: DynamoDb['call'];
  /** A client of its own, to be changed at will. */
  another(): DynamoDBDocumentClient;
  /** A client whose calls are changed, or refused, on their way. */
  between(...changes: Changes): Promise<DynamoDBDocumentClient>;
  close(): Promise<void>;
}

const Scanned = z.object({
  Items: z.array(z.custom<Parameters<typeof unmarshall>[0]>().transform((item) => unmarshall(item))),
});

/** @param loaded what lies in the book from the start, by the hundred thousand perhaps: then it has no stream */
export async function startTables(loaded?: Iterable<Record<string, unknown>>): Promise<Tables> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dossier-post-tables-'));
  if (loaded !== undefined) await load(dataDir, loaded);
  const dynamodb = await startDynamoDb({ dataDir });
  if (loaded === undefined) await ensureTable(dynamodb, { ...book, ...stream }, 'Book');
  await ensureTable(dynamodb, keyed, 'People');
  await ensureTable(dynamodb, limits, 'Limits');
  await ensureTable(dynamodb, keyed, 'Looks');
  await ensureTable(dynamodb, keyed, 'Feeds');
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
    between: async (...changes) => {
      const one = await startBetween(dynamodb.endpoint, ...changes);
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
