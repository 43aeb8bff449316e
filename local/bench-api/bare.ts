import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  BatchGetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { System } from '../system.ts';

type Item = Readonly<Record<string, unknown>>;
const bare = 'Bare';

/** The database without anything of ours around it. */
export interface Bare {
  /** The items of a dossier in the book as they are now. */
  readonly itemsOf: (dossierId: string) => Promise<readonly Item[]>;
  /**
   * Makes what accepting an event makes, bare: reads the head and the event's id, and puts in one transaction what the
   * event has changed.
   * @returns how long it took, in milliseconds
   */
  readonly accept: (before: readonly Item[], after: readonly Item[]) => Promise<number>;
  /** How many such transactions a second the database takes, of so many at once. */
  readonly burst: (count: number, atOnce: number) => Promise<number>;
  readonly close: () => void;
}

/** A table of the book's own shape, with its stream and its indexes, that nobody follows. */
export async function bareBook(
  { awsUrl, accessKey }: Pick<System, 'awsUrl' | 'accessKey'>,
  bookTable: string,
): Promise<Bare> {
  const raw = new DynamoDBClient({ endpoint: awsUrl, region: 'ap-southeast-1', credentials: accessKey });
  const client = DynamoDBDocumentClient.from(raw);
  const { Table } = await raw.send(new DescribeTableCommand({ TableName: bookTable }));
  await raw.send(
    new CreateTableCommand({
      TableName: bare,
      AttributeDefinitions: Table?.AttributeDefinitions,
      KeySchema: Table?.KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: Table?.StreamSpecification,
      GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    }),
  );
  const put = async (items: readonly Item[]) =>
    client.send(
      new TransactWriteCommand({
        TransactItems: items.map((item) => ({ Put: { TableName: bare, Item: item, ...conditionOf(item) } })),
      }),
    );
  return {
    itemsOf: async (dossierId) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: bookTable,
          KeyConditionExpression: 'pk = :pk AND sk < :wait',
          ExpressionAttributeValues: { ':pk': `DOSSIER#${dossierId}`, ':wait': 'WAIT' },
        }),
      );
      return Items;
    },
    accept: async (before, after) => {
      const [head] = before.filter(({ sk }) => sk === 'HEAD');
      const changed = after.filter((item) => !before.some((known) => isDeepStrictEqual(known, item)));
      for (const Item of before) await client.send(new PutCommand({ TableName: bare, Item }));
      const keys = ['HEAD', `EVENTID#${randomUUID()}`].map((sk) => ({ pk: head?.['pk'], sk }));
      const startedAt = performance.now();
      await client.send(new BatchGetCommand({ RequestItems: { [bare]: { Keys: keys, ConsistentRead: true } } }));
      await put(changed);
      return performance.now() - startedAt;
    },
    burst: async (count, atOnce) => {
      const numbers = Array.from({ length: count }, (_none, index) => index).values();
      const startedAt = performance.now();
      const one = async (): Promise<void> => {
        for (const number of numbers)
          await put(
            ['MADE', `EVENT#${number}`, `EVENTID#${number}`].map((sk) => ({
              pk: `BURST#${number}`,
              sk,
              is: 'x'.repeat(sk === 'MADE' ? 1000 : 400),
            })),
          );
      };
      await Promise.all(Array.from({ length: atOnce }, one));
      return (count / (performance.now() - startedAt)) * 1000;
    },
    close: () => raw.destroy(),
  };
}

/** As the book writes them. */
function conditionOf({ sk, version }: Item): object {
  if (sk === 'HEAD')
    return { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': Number(version) - 1 } };
  return String(sk).startsWith('EVENT') ? { ConditionExpression: 'attribute_not_exists(pk)' } : {};
}
