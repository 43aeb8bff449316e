import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { startDynamoDb, type DynamoDb } from '../../../emulator/dynamodb/start-dynamodb.ts';
import { ensureTable } from '../../../emulator/dynamodb/tables.ts';
import { readStream } from '../../../emulator/streams/stream-reader.ts';

const hourMs = 3_600_000;
const Page = z.object({
  Records: z.array(z.object({ dynamodb: z.object({ SequenceNumber: z.string() }) })),
  NextShardIterator: z.string(),
});

describe('the records of a stream', () => {
  let dataDir = '';
  let dynamodb: DynamoDb;
  let now = 0;
  let streamArn = '';
  let lines: string[] = [];

  const start = async (): Promise<void> => {
    dynamodb = await startDynamoDb({ dataDir, now: () => now, log: (line) => lines.push(line) });
    streamArn = (await ensureTable(dynamodb, book, 'Book')).streamArn ?? '';
  };
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'stream-records-'));
    now = Date.parse('2026-11-24T08:00:00Z');
    lines = [];
    await start();
  });
  afterEach(async () => {
    await dynamodb.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const write = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await dynamodb.call('PutItem', { TableName: 'Book', Item: { pk: { S: key } } });
  };
  const shardId = 'shardId-00000001-Book';
  const iterator = async (from: Readonly<Record<string, string>>) =>
    await dynamodb.callStreams('GetShardIterator', { StreamArn: streamArn, ShardId: shardId, ...from });
  const open = async (from: Readonly<Record<string, string>>): Promise<string> =>
    z.object({ ShardIterator: z.string() }).parse((await iterator(from)).body).ShardIterator;
  const numbersFrom = async (ShardIterator: string): Promise<readonly number[]> =>
    Page.parse((await dynamodb.callStreams('GetRecords', { ShardIterator })).body).Records.map(({ dynamodb: record }) =>
      Number(record.SequenceNumber),
    );
  const oldest = async (): Promise<readonly number[]> => numbersFrom(await open({ ShardIteratorType: 'TRIM_HORIZON' }));
  const database = () => new DatabaseSync(join(dataDir, 'dynamodb', 'book.db'));
  const trimmed = {
    status: 400,
    body: { __type: expect.stringMatching(/#TrimmedDataAccessException$/), message: expect.any(String) },
  };

  it('the records of a stream are found by an index where the database looks for the newest one and for those that follow one', () => {
    const plan = (sql: string) =>
      z
        .array(z.object({ detail: z.string() }))
        .parse(database().prepare(`EXPLAIN QUERY PLAN ${sql}`).all('Book'))
        .map(({ detail }) => detail);
    // The two queries of dynoxide 1.2.1, word for word.
    expect(
      plan('SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1'),
    ).toEqual([expect.stringContaining('USING COVERING INDEX _stream_order (table_name=?)')]);
    expect(
      plan(
        "SELECT event_name, keys_json, new_image, old_image, sequence_number, created_at, user_identity FROM _stream_records WHERE table_name = ?1 AND shard_id = 's' AND CAST(sequence_number AS INTEGER) > 3 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT 4",
      ),
    ).toEqual([expect.stringContaining('USING INDEX _stream_order (table_name=? AND <expr>>?)')]);
  });

  it('the records of a stream live for 24 hours of the virtual clock and a quarter of an hour at most, but for the newest one', async () => {
    await write('a', 'b', 'c');
    now += 12 * hourMs;
    await write('d');
    now += 11.9 * hourMs;
    expect(await oldest()).toEqual([1, 2, 3, 4]);
    now += 0.5 * hourMs;
    expect(await oldest()).toEqual([4]);
    now += 100 * hourMs;
    expect(await oldest()).toEqual([4]);
    await write('e');
    now += hourMs;
    expect(await oldest()).toEqual([5]);
  });

  it('the records of a stream grow old over a restart too', async () => {
    await write('a', 'b');
    await dynamodb.close();
    now += 25 * hourMs;
    await start();
    expect(await oldest()).toEqual([2]);
  });

  it('the records of a stream are numbered on when all that came before them were trimmed', async () => {
    await write('a', 'b');
    now += 25 * hourMs;
    await oldest();
    await write('c');
    now += hourMs;
    expect(await oldest()).toEqual([3]);
  });

  it('the records of a stream are trimmed by thousands, and none is forgotten', async () => {
    await write('a');
    const file = database();
    const insert = file.prepare(
      "INSERT INTO _stream_records (table_name, event_name, keys_json, sequence_number, shard_id, created_at) VALUES ('Book', 'INSERT', '{}', ?, ?, 0)",
    );
    file.exec('BEGIN');
    for (let number = 2; number <= 3500; number += 1) insert.run(String(number), shardId);
    file.exec('COMMIT');
    await write('b');
    now += 1 * hourMs;
    await write('c');
    now += 24 * hourMs;
    for (let round = 0; round < 5; round += 1) await oldest();
    file.close();
    expect(await oldest()).toEqual([3502]);
  });

  it('the records of a stream that were trimmed are refused to whoever names them, as AWS does', async () => {
    await write('a', 'b', 'c');
    const stale = await open({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: '1' });
    const fresh = await open({ ShardIteratorType: 'TRIM_HORIZON' });
    now += 25 * hourMs;
    expect(await iterator({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: '2' })).toEqual(trimmed);
    expect(await iterator({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: '1' })).toEqual(trimmed);
    expect(await dynamodb.callStreams('GetRecords', { ShardIterator: stale })).toEqual(trimmed);
    expect(await numbersFrom(fresh)).toEqual([3]);
    // Nothing is missing between the second record and the third.
    expect(await numbersFrom(await open({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: '2' }))).toEqual([
      3,
    ]);
  });

  it.each([
    ['one that was trimmed', { shardId, sequenceNumber: '1' }],
    ['one that never was', { shardId, sequenceNumber: '4000' }],
    ['one in a shard that is not there', { shardId: 'shard', sequenceNumber: '3' }],
  ])(
    'the records of a stream are read from the oldest one when a reader’s position is %s',
    async (_which, position) => {
      await write('a', 'b', 'c');
      now += 25 * hourMs;
      const lost: unknown[] = [];
      const reader = readStream(dynamodb, streamArn, position, (where) => lost.push(where));
      expect((await reader.read()).records.map((record) => record.dynamodb.SequenceNumber)).toEqual(['3']);
      expect(lost).toEqual([position]);
      await write('d');
      expect((await reader.read()).records).toHaveLength(1);
    },
  );

  it('the records of a stream are kept, and the log is told, when they cannot be trimmed', async () => {
    await write('a', 'b');
    const file = database();
    file.exec('DROP TABLE _stream_marks');
    now += 25 * hourMs;
    await write('c');
    file.close();
    expect(await oldest()).toEqual([1, 2, 3]);
    expect(lines).toEqual([
      expect.stringMatching(/^Old stream records could not be trimmed in .*book\.db: .*_stream_marks/),
    ]);
  });
});

const book = {
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
};
