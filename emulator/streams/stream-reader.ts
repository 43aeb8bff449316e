import * as z from 'zod';
import type { DynamoDb } from '../dynamodb/start-dynamodb.ts';

const Images = z.record(z.string(), z.unknown());
const StreamRecord = z.object({
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  eventVersion: z.string().default('1.1'),
  userIdentity: z.unknown().optional(),
  dynamodb: z.object({
    /** Epoch seconds. */
    ApproximateCreationDateTime: z.number(),
    Keys: Images,
    NewImage: Images.optional(),
    OldImage: Images.optional(),
    SequenceNumber: z.string(),
    SizeBytes: z.number(),
    StreamViewType: z.string(),
  }),
});
export type StreamRecord = z.infer<typeof StreamRecord>;

/** How far a stream was dealt with. Everything up to here, in this shard and those before it, is done. */
export interface Position {
  readonly shardId: string;
  /** undefined: from the shard's beginning. */
  readonly sequenceNumber: string | undefined;
}

export interface Page {
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
  /** This shard is closed and read to its end, and the next read begins another one. */
  readonly movesOn: boolean;
}

/** Reads a table's stream in order, shard after shard. */
export interface StreamReader {
  /** The next records, none when there is nothing new. */
  readonly read: () => Promise<Page>;
  /** Goes back to a position, for example after a failure. */
  readonly seek: (position: Position | undefined) => void;
}

const Shards = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const Iterator = z.object({ ShardIterator: z.string() });
const Records = z.object({ Records: z.array(StreamRecord), NextShardIterator: z.string().nullish() });

/**
 * Reads a stream from the database. Dynoxide's has a record of a write that changed nothing, too, and AWS's has not:
 * what is fed must not mind, and need not, as AWS may deliver a record twice.
 * @param streamArn as the database knows it
 * @param position where to go on; undefined for the oldest record that the stream still has
 * @param onLost told where the reader was when the stream no longer has what comes next: it goes on from the oldest
 */
export function readStream(
  dynamodb: DynamoDb,
  streamArn: string,
  position: Position | undefined,
  onLost: (position: Position) => void = () => {},
): StreamReader {
  let shardId = position?.shardId;
  let sequenceNumber = position?.sequenceNumber;
  let iterator: string | undefined;

  async function call(operation: string, input: unknown): Promise<unknown> {
    const { status, body } = await dynamodb.callStreams(operation, input);
    if (status === 200) return body;
    throw new StreamFailure(operation, JSON.stringify(body));
  }

  async function shards(): Promise<readonly string[]> {
    const described = Shards.parse(await call('DescribeStream', { StreamArn: streamArn }));
    return described.StreamDescription.Shards.map((shard) => shard.ShardId);
  }

  /** undefined when the stream has no shard. */
  async function openIterator(): Promise<string | undefined> {
    const all = await shards();
    shardId ??= all[0];
    if (shardId === undefined) return undefined;
    if (!all.includes(shardId)) throw new StreamFailure('GetShardIterator', 'ResourceNotFound: it has no such shard');
    const from =
      sequenceNumber === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequenceNumber };
    const opened = await call('GetShardIterator', { StreamArn: streamArn, ShardId: shardId, ...from });
    return Iterator.parse(opened).ShardIterator;
  }

  /** The oldest that is left comes next where the position names what the stream no longer has, or never had. */
  async function nextPage(): Promise<z.infer<typeof Records> | undefined> {
    for (;;) {
      try {
        const used = iterator ?? (await openIterator());
        iterator = undefined;
        return used === undefined ? undefined : Records.parse(await call('GetRecords', { ShardIterator: used }));
      } catch (error) {
        const isLost = error instanceof StreamFailure && /TrimmedData|ResourceNotFound|Validation/.test(error.message);
        if (!isLost || shardId === undefined || sequenceNumber === undefined) throw error;
        onLost({ shardId, sequenceNumber });
        [shardId, sequenceNumber] = [undefined, undefined];
      }
    }
  }

  /** A closed shard's successor is the one that the stream lists after it. */
  async function moveOn(from: string): Promise<boolean> {
    const all = await shards();
    const next = all[all.indexOf(from) + 1];
    if (next === undefined) return false;
    [shardId, sequenceNumber] = [next, undefined];
    return true;
  }

  return {
    async read() {
      const page = await nextPage();
      if (page === undefined || shardId === undefined) return { shardId: shardId ?? '', records: [], movesOn: false };
      const current = shardId;
      const last = page.Records.at(-1);
      if (last !== undefined) sequenceNumber = last.dynamodb.SequenceNumber;
      if (typeof page.NextShardIterator === 'string') iterator = page.NextShardIterator;
      const movesOn = iterator === undefined && page.Records.length === 0 && (await moveOn(current));
      return { shardId: current, records: page.Records, movesOn };
    },
    seek(to) {
      shardId = to?.shardId;
      sequenceNumber = to?.sequenceNumber;
      iterator = undefined;
    },
  };
}

class StreamFailure extends Error {
  override readonly name = 'StreamFailure';

  constructor(operation: string, reason: string) {
    super(`The stream refused ${operation}: ${reason}`);
  }
}
