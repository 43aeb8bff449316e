import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startDynamoDb, type DynamoDb } from './start-dynamodb.ts';
import { ensureTable } from './tables.ts';

/** Median milliseconds of one accepted event's transaction, with few and with many records on the stream. */
export interface StreamCost {
  readonly few: number;
  readonly many: number;
}

/**
 * What a write costs as the stream grows, with our index and, in the same run, as dynoxide alone has it.
 * @param few, many how many records the stream has
 */
export async function streamCosts(
  directory: string,
  few: number,
  many: number,
): Promise<{ readonly indexed: StreamCost; readonly before: StreamCost }> {
  const dynamodb = await startDynamoDb({ dataDir: directory });
  const database = new DatabaseSync(join(directory, 'dynamodb', 'book.db'), { timeout: 5000 });
  try {
    await ensureTable(dynamodb, book, 'Bench');
    fill(database, few);
    const fewIndexed = await writeCost(dynamodb);
    fill(database, many);
    const manyIndexed = await writeCost(dynamodb);
    database.exec('DROP INDEX _stream_order');
    const manyBefore = await writeCost(dynamodb);
    database.exec(`DELETE FROM _stream_records WHERE CAST(sequence_number AS INTEGER) > ${few}`);
    const fewBefore = await writeCost(dynamodb);
    return { indexed: { few: fewIndexed, many: manyIndexed }, before: { few: fewBefore, many: manyBefore } };
  } finally {
    database.close();
    await dynamodb.close();
  }
}

const book = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

/** Adds records as dynoxide writes them, up to `count` of them, each with an image as large as an event's. */
function fill(database: DatabaseSync, count: number): void {
  database
    .prepare(
      `WITH RECURSIVE numbers(number) AS (
         SELECT 1 + (SELECT coalesce(max(CAST(sequence_number AS INTEGER)), 0) FROM _stream_records)
         UNION ALL SELECT number + 1 FROM numbers WHERE number < :count
       )
       INSERT INTO _stream_records (table_name, event_name, keys_json, new_image, sequence_number, shard_id, created_at)
       SELECT 'Bench', 'INSERT', '{"pk":{"S":"D"},"sk":{"S":"E"}}', json_object('text', json_object('S', hex(zeroblob(300)))),
              CAST(number AS TEXT), 'shardId-00000001-Bench', unixepoch()
       FROM numbers`,
    )
    .run({ count });
}

const writes = 60;

async function writeCost(dynamodb: DynamoDb): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < writes; index += 1) {
    const put = (sk: string) => ({
      Put: { TableName: 'Bench', Item: { pk: { S: 'D' }, sk: { S: sk }, version: { N: String(index) } } },
    });
    const began = performance.now();
    const { status } = await dynamodb.call('TransactWriteItems', {
      TransactItems: [put('HEAD'), put(`EVENT#${index}`), put(`EVENTID#${index}`)],
    });
    if (status !== 200) throw new Error('the emulator refused a write of the benchmark');
    times.push(performance.now() - began);
  }
  return times.toSorted((one, other) => one - other)[writes / 2] ?? 0;
}
