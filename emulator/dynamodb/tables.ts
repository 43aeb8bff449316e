import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { DynamoDb } from './start-dynamodb.ts';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Attributes = z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }));
const Projection = z.object({
  ProjectionType: z.string().optional(),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const Index = z.object({ IndexName: z.string(), KeySchema, Projection });
type Index = z.infer<typeof Index>;

/**
 * What matters here of `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable`. Backups, encryption, billing, tags and
 * replicas promise
 * something about AWS's machines and are passed over.
 */
const TableProperties = z.object({
  KeySchema,
  AttributeDefinitions: Attributes,
  GlobalSecondaryIndexes: z.array(Index).default([]),
  LocalSecondaryIndexes: z.array(Index).default([]),
  DeletionProtectionEnabled: z.union([z.boolean(), z.stringbool()]).default(false),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
});
type TableProperties = z.infer<typeof TableProperties>;

const Described = z.object({
  TableStatus: z.string(),
  TableArn: z.string(),
  KeySchema,
  AttributeDefinitions: Attributes,
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema })).default([]),
  StreamSpecification: z
    .object({ StreamEnabled: z.boolean().optional(), StreamViewType: z.string().optional() })
    .optional(),
  LatestStreamArn: z.string().optional(),
  DeletionProtectionEnabled: z.boolean().default(false),
});
type Described = z.infer<typeof Described>;

/** The table on disk is not the table of the template. */
export class TableMismatch extends Error {
  override readonly name = 'TableMismatch';
}

export interface Table {
  readonly name: string;
  /**
   * The stream's ARN as the database knows it (its Region is the database's own), when the template asks for a stream.
   */
  readonly streamArn: string | undefined;
}

/**
 * Makes sure that the table of the template exists: creates it, or adds indexes, stream and TTL that are missing.
 * @param properties the resource's properties with every reference resolved
 * @throws TableMismatch when a table of that name has other keys, or an index of the same name has; ZodError when the
 * properties cannot be read
 */
export async function ensureTable(dynamodb: DynamoDb, properties: unknown, physicalName: string): Promise<Table> {
  const wanted = TableProperties.parse(properties);
  const found = await describe(dynamodb, physicalName);
  if (found === undefined) await create(dynamodb, wanted, physicalName);
  else await complete(dynamodb, wanted, found, physicalName);
  const table = await untilActive(dynamodb, physicalName);
  await ensureTimeToLive(dynamodb, wanted, physicalName);
  return {
    name: physicalName,
    streamArn: wanted.StreamSpecification === undefined ? undefined : table.LatestStreamArn,
  };
}

async function create(dynamodb: DynamoDb, wanted: TableProperties, name: string): Promise<void> {
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes, StreamSpecification } = wanted;
  await must(dynamodb, 'CreateTable', {
    TableName: name,
    KeySchema: wanted.KeySchema,
    AttributeDefinitions: wanted.AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: wanted.DeletionProtectionEnabled,
    ...(GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes }),
    ...(LocalSecondaryIndexes.length > 0 && { LocalSecondaryIndexes }),
    ...(StreamSpecification && { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }),
  });
}

async function complete(dynamodb: DynamoDb, wanted: TableProperties, found: Described, name: string): Promise<void> {
  const keys = (schema: Index['KeySchema'], attributes: TableProperties['AttributeDefinitions']) =>
    schema
      .map(
        (key) =>
          `${key.AttributeName} (${attributes.find((one) => one.AttributeName === key.AttributeName)?.AttributeType}, ${key.KeyType})`,
      )
      .join(' and ');
  const compare = (what: string, template: Index['KeySchema'], disk: Index['KeySchema']) => {
    const [here, there] = [keys(disk, found.AttributeDefinitions), keys(template, wanted.AttributeDefinitions)];
    if (here !== there)
      throw new TableMismatch(
        `${what} in the data directory has the keys ${here}, and the template says ${there}. Start with fresh data, or in another directory.`,
      );
  };

  compare(`The table ${name}`, wanted.KeySchema, found.KeySchema);
  for (const index of wanted.GlobalSecondaryIndexes) {
    const same = found.GlobalSecondaryIndexes.find((one) => one.IndexName === index.IndexName);
    if (same === undefined) await addIndex(dynamodb, wanted, index, name);
    else compare(`The index ${index.IndexName} of the table ${name}`, index.KeySchema, same.KeySchema);
  }
  await ensureStream(dynamodb, wanted, found, name);
  if (wanted.DeletionProtectionEnabled !== found.DeletionProtectionEnabled) {
    await must(dynamodb, 'UpdateTable', {
      TableName: name,
      DeletionProtectionEnabled: wanted.DeletionProtectionEnabled,
    });
  }
}

/** DynamoDB adds one index at a time. */
async function addIndex(dynamodb: DynamoDb, wanted: TableProperties, index: Index, name: string): Promise<void> {
  await must(dynamodb, 'UpdateTable', {
    TableName: name,
    AttributeDefinitions: wanted.AttributeDefinitions,
    GlobalSecondaryIndexUpdates: [{ Create: index }],
  });
  await untilActive(dynamodb, name);
}

async function ensureStream(
  dynamodb: DynamoDb,
  { StreamSpecification }: TableProperties,
  found: Described,
  name: string,
): Promise<void> {
  if (StreamSpecification === undefined) return;
  const there =
    found.StreamSpecification?.StreamEnabled === true ? found.StreamSpecification.StreamViewType : undefined;
  if (there === StreamSpecification.StreamViewType) return;
  if (there !== undefined)
    throw new TableMismatch(
      `The stream of the table ${name} in the data directory carries ${there}, and the template says ${StreamSpecification.StreamViewType}. Start with fresh data, or in another directory.`,
    );
  await must(dynamodb, 'UpdateTable', {
    TableName: name,
    StreamSpecification: { StreamEnabled: true, ...StreamSpecification },
  });
}

const TimeToLive = z.object({ TimeToLiveDescription: z.object({ TimeToLiveStatus: z.string() }).optional() });

async function ensureTimeToLive(
  dynamodb: DynamoDb,
  { TimeToLiveSpecification }: TableProperties,
  name: string,
): Promise<void> {
  if (TimeToLiveSpecification?.Enabled !== true) return;
  const { TimeToLiveDescription } = TimeToLive.parse(await must(dynamodb, 'DescribeTimeToLive', { TableName: name }));
  if (TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED') return;
  await must(dynamodb, 'UpdateTimeToLive', { TableName: name, TimeToLiveSpecification });
}

async function untilActive(dynamodb: DynamoDb, name: string): Promise<Described> {
  for (;;) {
    const table = await describe(dynamodb, name);
    if (table?.TableStatus === 'ACTIVE') return table;
    await sleep(20);
  }
}

const NotFound = z.object({ __type: z.string().endsWith('ResourceNotFoundException') });

async function describe(dynamodb: DynamoDb, name: string): Promise<Described | undefined> {
  const { status, body } = await dynamodb.call('DescribeTable', { TableName: name });
  if (status === 200) return z.object({ Table: Described }).parse(body).Table;
  if (NotFound.safeParse(body).success) return undefined;
  throw new Error(`DynamoDB refused to describe the table ${name}: ${JSON.stringify(body)}`);
}

async function must(dynamodb: DynamoDb, operation: string, input: unknown): Promise<unknown> {
  const { status, body } = await dynamodb.call(operation, input);
  if (status !== 200) throw new Error(`DynamoDB refused ${operation}: ${JSON.stringify(body)}`);
  return body;
}
