import { randomUUID } from 'node:crypto';
import { convertToAttr, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { commandOf, refusedAs, Service, type Command, type Settings } from './service.ts';

/** Stands in for `@aws-sdk/client-dynamodb` and `@aws-sdk/lib-dynamodb` in the bundles (ADR 0029). */
export class DynamoDBClient extends Service {
  constructor(settings: Settings = {}) {
    super({ host: 'dynamodb', target: 'DynamoDB_20120810', variable: 'DYNAMODB' }, settings);
  }
}

export const ConditionalCheckFailedException = refusedAs('ConditionalCheckFailedException');
export const TransactionCanceledException = refusedAs('TransactionCanceledException');

export const GetCommand = commandOf('GetItem');
export const PutCommand = commandOf('PutItem');
export const UpdateCommand = commandOf('UpdateItem');
export const DeleteCommand = commandOf('DeleteItem');
export const QueryCommand = commandOf('Query');
export const BatchGetCommand = commandOf('BatchGetItem');
export const TransactGetCommand = commandOf('TransactGetItems');
const TransactWriteItems = commandOf('TransactWriteItems');

/** Sent again, it is done once. */
export class TransactWriteCommand extends TransactWriteItems {
  constructor(input: object) {
    super({ ClientRequestToken: randomUUID(), ...input });
  }
}

/** Speaks of items in plain JavaScript. */
export class DynamoDBDocumentClient {
  readonly #client: DynamoDBClient;

  private constructor(client: DynamoDBClient) {
    this.#client = client;
  }

  static from(client: DynamoDBClient): DynamoDBDocumentClient {
    return new DynamoDBDocumentClient(client);
  }

  async send({ operation, input }: Command): Promise<Answer> {
    return Answer.parse(
      await this.#client.send({ operation, input: z.record(z.string(), z.unknown()).parse(marshalled(input)) }),
    );
  }

  destroy(): void {
    this.#client.destroy();
  }
}

const Attributes = z
  .unknown()
  .transform(withBytes)
  .pipe(z.custom<Parameters<typeof unmarshall>[0]>())
  .transform((attributes) => unmarshall(attributes));
const Answer = z.looseObject({
  Item: Attributes.optional(),
  Items: z.array(Attributes).optional(),
  Attributes: Attributes.optional(),
  LastEvaluatedKey: Attributes.optional(),
  UnprocessedKeys: z.record(z.string(), z.looseObject({ Keys: z.array(Attributes) })).optional(),
  Responses: z
    .union([z.record(z.string(), z.array(Attributes)), z.array(z.object({ Item: Attributes.optional() }))])
    .optional(),
});
type Answer = z.infer<typeof Answer>;

/** Page by page. */
export async function* paginateQuery(
  { client, pageSize }: { readonly client: DynamoDBDocumentClient; readonly pageSize?: number },
  input: object,
): AsyncGenerator<Answer> {
  let start: Answer['LastEvaluatedKey'];
  do {
    const page = await client.send(new QueryCommand({ ...input, Limit: pageSize, ExclusiveStartKey: start }));
    yield page;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** What of a call is an item, or a part of one; keys of items stand beside each other in a list. */
const ofItems: ReadonlySet<string> = new Set(['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues']);

function marshalled(value: unknown, name = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ofItems.has(name)) return attributesOf(value);
  if (Array.isArray(value))
    return value.map((one: unknown) => (name === 'Keys' ? marshalled(one, 'Key') : marshalled(one)));
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [key, marshalled(part, key)]),
  );
}

function attributesOf(item: object): object {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]: [string, unknown]) => [name, inBase64(convertToAttr(value))]),
  );
}

/** Bytes travel as text. */
function inBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return throughout(value, (_name, part) => inBase64(part));
}

/** And are bytes again. An attribute called `B` is an object here, and its value never the text itself. */
function withBytes(value: unknown): unknown {
  return throughout(value, (name, part) =>
    name === 'B' && typeof part === 'string' ? new Uint8Array(Buffer.from(part, 'base64')) : withBytes(part),
  );
}

function throughout(value: unknown, change: (name: string, part: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part: unknown) => change('', part));
  return Object.fromEntries(Object.entries(value).map(([name, part]: [string, unknown]) => [name, change(name, part)]));
}
