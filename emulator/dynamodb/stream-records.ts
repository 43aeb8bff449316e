import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { JsonAnswer } from './aws-json-client.ts';

/**
 * What dynoxide leaves out of its stream records, on its own file beside it: an index, without which each write looks
 * through all records for the newest number, and the end of their life.
 */
export interface StreamRecords {
  /** Trims what is too old. Called around every call: it costs nothing while nothing is due. */
  readonly tend: () => void;
  /** DynamoDB's refusal of a call of DynamoDB Streams that asks for what was trimmed, or for what never was. */
  readonly refusalOf: (operation: string, body: unknown) => JsonAnswer | undefined;
  /**
   * The earliest virtual instant at which a record is known to have been on its table's stream, in epoch milliseconds;
   * undefined for one of the last minutes, -Infinity for one that was trimmed.
   */
  readonly writtenBy: (table: string, sequenceNumber: string) => number | undefined;
  readonly close: () => void;
}

/**
 * A record lives for 24 hours:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html#Streams.DataRetention
 */
export const lifeMs = 24 * 3_600_000;
/** How exactly the age of a record is known. AWS, too, takes its time with those that are too old. */
const markEveryMs = 15 * 60_000;
/** So many are trimmed at once, so that nobody waits for it. */
const trimmedAtOnce = 1000;

/** A mark says at which virtual instant a record was the newest. The records' own times are those of the machine. */
const schema = `
  CREATE INDEX IF NOT EXISTS _stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER), shard_id);
  CREATE TABLE IF NOT EXISTS _stream_marks (at REAL NOT NULL, newest INTEGER NOT NULL);
`;
/** The newest record of each table stays, as its number is the one from which the next is counted. */
const trim = `
  DELETE FROM _stream_records WHERE id IN (
    SELECT id FROM _stream_records WHERE id <= :horizon AND id NOT IN (
      SELECT (SELECT id FROM _stream_records WHERE table_name = _tables.table_name ORDER BY CAST(sequence_number AS INTEGER) DESC LIMIT 1)
      FROM _tables
    ) ORDER BY id LIMIT ${trimmedAtOnce}
  )`;
const bounds = `
  SELECT (SELECT min(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table) AS oldest,
         (SELECT max(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table) AS newest`;

const numbered =
  'SELECT id FROM _stream_records WHERE table_name = :table AND CAST(sequence_number AS INTEGER) = CAST(:number AS INTEGER)';

const Id = z.object({ id: z.number().nullable() });
const Written = z.object({ at: z.number().nullable() });
const Horizon = z.object({ horizon: z.number().nullable() });
const Newest = z.object({ newest: z.number() });
const Bounds = z.object({ oldest: z.number().nullable(), newest: z.number().nullable() });

const ShardIteratorCall = z.object({
  StreamArn: z.string().transform((arn) => /:table\/([^/]+)\/stream\//.exec(arn)?.[1] ?? ''),
  ShardIteratorType: z.enum(['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']),
  SequenceNumber: z.coerce.number().int(),
});
const RecordsCall = z.object({ ShardIterator: z.string() });
/**
 * What an iterator of dynoxide's holds: the number of the record before. From 0 on is from the oldest, whichever it is.
 */
const Iterator = z.object({ table_name: z.string(), position: z.number().positive() });

/**
 * @param databaseFile of a dynoxide that runs: it has made its tables
 * @param now epoch milliseconds of the virtual clock
 * @param log told when something stands in the way of trimming
 */
export function openStreamRecords(databaseFile: string, now: () => number, log: (line: string) => void): StreamRecords {
  const database = new DatabaseSync(databaseFile, { timeout: 5000 });
  // A mark that a power cut takes leaves the one before it: records are kept a little longer.
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec(schema);
  const idOf = database.prepare(numbered);
  const markOf = database.prepare('SELECT min(at) AS at FROM _stream_marks WHERE newest >= ?');
  const highest = database.prepare('SELECT coalesce(max(id), 0) AS newest FROM _stream_records');
  const look = (at: number) => ({ at, ...Newest.parse(highest.get()) });
  /** How things stood at the last call. */
  let latest = look(now());
  let markedAt = -Infinity;
  let trimming = true;

  /** Notes which record was the newest at the last call: what came since may be a jump of the clock younger. */
  function mark(oldestKept: number): void {
    database.prepare('INSERT INTO _stream_marks VALUES (?, ?)').run(latest.at, latest.newest);
    database
      .prepare('DELETE FROM _stream_marks WHERE at < (SELECT max(at) FROM _stream_marks WHERE at <= ?)')
      .run(oldestKept);
    [markedAt, trimming] = [latest.at, true];
  }

  function trimSome(oldestKept: number): void {
    const { horizon } = Horizon.parse(
      database.prepare('SELECT max(newest) AS horizon FROM _stream_marks WHERE at <= ?').get(oldestKept),
    );
    trimming = horizon !== null && database.prepare(trim).run({ horizon }).changes === trimmedAtOnce;
  }

  /** Whether the record of that number is gone, or was never there. */
  function refusalAt(table: string, next: number): JsonAnswer | undefined {
    const { oldest, newest } = Bounds.parse(database.prepare(bounds).get({ table }));
    if (oldest !== null && next < oldest)
      return refused(
        'com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException',
        'The data you are trying to access has been trimmed.',
      );
    if (next > (newest ?? 0) + 1)
      return refused(
        'com.amazon.coral.validate#ValidationException',
        'The stream has no record of that sequence number.',
      );
    return undefined;
  }

  function orLog(work: () => void): void {
    try {
      work();
    } catch (error) {
      log(`Old stream records could not be trimmed in ${databaseFile}: ${String(error)}`);
      // A quarter of an hour later it is tried again.
      [markedAt, trimming] = [now(), false];
    }
  }

  function tend(): void {
    const at = now();
    orLog(() => {
      if (at >= markedAt + markEveryMs) mark(at - lifeMs);
      latest = look(at);
      if (trimming) trimSome(at - lifeMs);
    });
  }

  return {
    tend,
    writtenBy(table, number) {
      tend();
      const { id } = Id.parse(idOf.get({ table, number }) ?? { id: null });
      if (id === null) return -Infinity;
      return Written.parse(markOf.get(id)).at ?? undefined;
    },
    refusalOf(operation, body) {
      const start = operation === 'GetShardIterator' ? ShardIteratorCall.safeParse(body).data : undefined;
      if (start !== undefined)
        return refusalAt(
          start.StreamArn,
          start.SequenceNumber + (start.ShardIteratorType === 'AFTER_SEQUENCE_NUMBER' ? 1 : 0),
        );
      const read = operation === 'GetRecords' ? iteratorIn(body) : undefined;
      return read && refusalAt(read.table_name, read.position + 1);
    },
    close() {
      orLog(() => mark(latest.at - lifeMs));
      database.close();
    },
  };
}

function iteratorIn(body: unknown): z.infer<typeof Iterator> | undefined {
  const { data } = RecordsCall.safeParse(body);
  try {
    return data && Iterator.safeParse(JSON.parse(Buffer.from(data.ShardIterator, 'base64').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function refused(type: string, message: string): JsonAnswer {
  return { status: 400, body: { __type: type, message } };
}
