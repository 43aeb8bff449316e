import { BatchGetCommand, GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { pause } from '../pause.ts';

const Key = z.object({ pk: z.string(), sk: z.string() });
type Key = z.infer<typeof Key>;

/** Reads one item, consistently; undefined where there is none. */
export type Get = (key: Key) => Promise<unknown>;

/** One request for each item. */
export function readingAlone(client: DynamoDBDocumentClient, table: string): Get {
  return async (key) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item;
  };
}

/** One request for all items that are asked for at one moment: whoever decides waits once. */
export function readingTogether(client: DynamoDBDocumentClient, table: string): Get {
  const alone = readingAlone(client, table);
  let asked: Key[] = [];
  let answered: Promise<ReadonlyMap<string, unknown>> | undefined;

  const answer = async (): Promise<ReadonlyMap<string, unknown>> => {
    // Whoever asks at this moment has asked when this goes on.
    await Promise.resolve();
    const keys = new Map(asked.map((key) => [nameOf(key), key]));
    [asked, answered] = [[], undefined];
    const [[name, only] = ['']] = keys;
    return keys.size === 1 && only
      ? new Map([[name, await alone(only)]])
      : await readAll(client, table, [...keys.values()]);
  };

  return async (key) => {
    asked.push(key);
    answered ??= answer();
    return (await answered).get(nameOf(key));
  };
}

function nameOf({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const mostKeys = 100;
const mostTries = 5;

async function readAll(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Key[],
): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  let left = keys;
  for (let tries = 1; left.length > 0;) {
    const wanted = { [table]: { Keys: left.slice(0, mostKeys), ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: wanted }));
    for (const item of Responses?.[table] ?? []) found.set(nameOf(Key.parse(item)), item);
    // What a busy table has not read is asked for again.
    const unread = z.array(Key).parse(UnprocessedKeys?.[table]?.Keys ?? []);
    left = [...unread, ...left.slice(mostKeys)];
    if (unread.length === 0) continue;
    if (tries === mostTries) throw new Error('DynamoDB left keys of a batch unread five times');
    await pause(tries);
    tries += 1;
  }
  return found;
}
