import * as z from 'zod';
import type { DynamoDb } from '../dynamodb/start-dynamodb.ts';
import type { Clock } from '../clock/clock.ts';
import type { Faults } from '../faults.ts';
import type { LambdaInvoker } from '../lambda/invoker.ts';
import { checkpointIn, type Checkpoint } from './checkpoint.ts';
import { deliver, longestPauseMs, type SendToDestination } from './delivery.ts';
import { lambdaRecord, type LambdaRecord } from './lambda-records.ts';
import { readMapping, type Mapping } from './mapping.ts';
import { readStream, type StreamReader } from './stream-reader.ts';

export interface StreamPollerOptions {
  /** The properties of `AWS::Lambda::EventSourceMapping`, with every reference resolved. */
  readonly mapping: unknown;
  readonly dynamodb: DynamoDb;
  readonly lambda: LambdaInvoker;
  readonly clock: Pick<Clock, 'now'>;
  readonly faults: Pick<Faults, 'any' | 'isAway' | 'onChange'>;
  /** Where it notes how far it is: a path of its own. */
  readonly checkpointFile: string;
  /** Default: records that are given up are only logged. */
  readonly send?: SendToDestination;
  readonly log?: (line: string) => void;
}

export interface StreamPoller {
  /**
   * Resolves when everything written before this call was delivered or given up. It cuts a batching window short. Who
   * fails again and again is not waited for, nor, while something is taken away, who fails once.
   */
  readonly drained: () => Promise<void>;
  /** Stops. What is being delivered has a moment to finish, and otherwise comes again at the next start. */
  readonly close: () => Promise<void>;
}

/** Writes announce themselves; this catches those of strangers who write to the database directly. */
const idlePollMs = 1000;
/** After a failure of the database itself. */
const failurePauseMs = 200;
/** Nobody waits longer for the last batch at the end. */
const closePatienceMs = 500;

/**
 * Feeds a function from a table's stream, as an event source mapping does: in order, at least once, one batch at a
 * time.
 * How far it is goes to disk after a batch is done with and not before, so that a killed process delivers again rather
 * than never.
 * @throws ZodError or UnknownPattern for a mapping that it does not understand, Error when the table has no stream
 */
export async function startStreamPoller(options: StreamPollerOptions): Promise<StreamPoller> {
  const mapping = readMapping(options.mapping);
  if (!mapping.enabled) return { drained: () => Promise.resolve(), close: () => Promise.resolve() };
  const streamArn = await findStream(options.dynamodb, mapping.tableName);
  const checkpoint = checkpointIn(options.checkpointFile, streamArn, options.log);
  if (mapping.startingPosition === 'LATEST' && checkpoint.load() === undefined)
    await skipToEnd(readStream(options.dynamodb, streamArn, undefined), checkpoint);
  const reader = readStream(options.dynamodb, streamArn, checkpoint.load(), ({ sequenceNumber }) =>
    options.log?.(
      `The stream of ${mapping.tableName} no longer has what follows its record ${sequenceNumber}; ${mapping.functionName} is fed from the oldest record that is left.`,
    ),
  );
  const poller = new Poller(mapping, reader, checkpoint, options);
  const stopListening = options.dynamodb.onWrite(() => poller.wake());
  const stopWatching = options.faults.onChange(() => poller.lookAgain());
  const running = poller.run();
  return {
    drained: () => poller.drained(),
    async close() {
      stopListening();
      stopWatching();
      poller.stop();
      let impatience: NodeJS.Timeout | undefined;
      await Promise.race([running, new Promise((resolve) => (impatience = setTimeout(resolve, closePatienceMs)))]);
      clearTimeout(impatience);
      poller.end();
    },
  };
}

const Described = z.object({ Table: z.object({ LatestStreamArn: z.string() }) });

/** The stream as the database knows it: its Region and its label are the database's own. */
async function findStream(dynamodb: DynamoDb, tableName: string): Promise<string> {
  const { body } = await dynamodb.call('DescribeTable', { TableName: tableName });
  const described = Described.safeParse(body);
  if (!described.success) throw new Error(`The table ${tableName} has no stream to feed a function from`);
  return described.data.Table.LatestStreamArn;
}

/** LATEST is where the stream ends at the first start, and stays that place when the process dies right after. */
async function skipToEnd(reader: StreamReader, checkpoint: Checkpoint): Promise<void> {
  let position: Parameters<Checkpoint['save']>[0] | undefined;
  for (;;) {
    const { shardId, records, movesOn } = await reader.read();
    const last = records.at(-1);
    if (last === undefined && !movesOn) break;
    if (last !== undefined) position = { shardId, sequenceNumber: last.dynamodb.SequenceNumber };
  }
  if (position !== undefined) checkpoint.save(position);
}

/** Thrown into whatever waits when the poller ends. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

class Poller {
  readonly #mapping: Mapping;
  readonly #reader: StreamReader;
  readonly #checkpoint: Checkpoint;
  readonly #options: StreamPollerOptions;
  readonly #stop = new AbortController();
  /** Those who wait for the end of what was written before they came. */
  #waiters: (() => void)[] = [];
  /** Counts the calls of `wake`: as long as it stands, nothing new is known of. */
  #wakes = 0;
  #wakeUp: (() => void) | undefined;
  /** Ends whatever sleep there is. */
  #cutShort: (() => void) | undefined;
  /** How long it waits now to try again what failed, or for what is away. */
  #heldUpMs = 0;
  #ended = false;
  /** The failure that was told last. */
  #told = '';

  constructor(mapping: Mapping, reader: StreamReader, checkpoint: Checkpoint, options: StreamPollerOptions) {
    this.#mapping = mapping;
    this.#reader = reader;
    this.#checkpoint = checkpoint;
    this.#options = options;
  }

  wake(): void {
    this.#wakes += 1;
    this.#wakeUp?.();
  }

  /** Something was taken away or given back. */
  lookAgain(): void {
    this.#cutShort?.();
  }

  stop(): void {
    this.#stop.abort(new Stopped());
    this.#wakeUp?.();
    this.#releaseAll();
  }

  #releaseAll(): void {
    for (const resolve of this.#waiters) resolve();
    this.#waiters = [];
  }

  #standsStill(): boolean {
    const { faults } = this.#options;
    return faults.isAway('streams') || faults.isAway('dynamodb');
  }

  #isNotWaitedFor(): boolean {
    return this.#heldUpMs >= longestPauseMs || (this.#heldUpMs > 0 && this.#options.faults.any());
  }

  /** Waits before something is tried again, and longer while it cannot be: nobody waits for that. */
  async #holdUp(ms: number): Promise<void> {
    this.#heldUpMs = ms;
    do {
      if (this.#isNotWaitedFor()) this.#releaseAll();
      await this.#sleep(ms, false);
    } while (this.#standsStill() && !this.#stop.signal.aborted);
    this.#heldUpMs = 0;
  }

  /** From here on nothing is noted any more: the files may be gone, or another's. */
  end(): void {
    this.#ended = true;
  }

  drained(): Promise<void> {
    if (this.#stop.signal.aborted || this.#isNotWaitedFor()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.wake();
    });
  }

  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#turn();
        this.#told = '';
      } catch (error) {
        if (error instanceof Stopped) return;
        // Tried again five times a second, and told once.
        if (this.#told !== String(error))
          this.#options.log?.(
            `The stream of ${this.#mapping.tableName} could not be read or its position noted, and is tried again: ${String(error)}`,
          );
        this.#told = String(error);
        this.#reader.seek(this.#checkpoint.load());
        await this.#holdUp(failurePauseMs);
      }
    }
  }

  /** One read, and the delivery of what it found. */
  async #turn(): Promise<void> {
    if (this.#standsStill()) return await this.#holdUp(idlePollMs);
    const wakes = this.#wakes;
    const early = [...this.#waiters];
    const { shardId, records, movesOn } = await this.#reader.read();
    // What was read while the switch was thrown is read again.
    if (this.#standsStill()) return this.#reader.seek(this.#checkpoint.load());
    if (records.length > 0)
      return await this.#deliver(
        shardId,
        records.map((record) => lambdaRecord(record, this.#mapping)),
      );
    if (movesOn) return;
    // Nothing is left of what was written before this read began, and so of what those knew who waited then.
    this.#waiters = this.#waiters.filter((waiter) => !early.includes(waiter));
    for (const resolve of early) resolve();
    if (wakes === this.#wakes) await this.#sleep(idlePollMs);
  }

  async #deliver(shardId: string, records: readonly LambdaRecord[]): Promise<void> {
    const found = await this.#fillWindow(shardId, records);
    const matching = found.filter((record) => this.#mapping.matches(record.event));
    for (let from = 0; from < matching.length; from += this.#mapping.batchSize) {
      await deliver(matching.slice(from, from + this.#mapping.batchSize), shardId, {
        mapping: this.#mapping,
        lambda: this.#options.lambda,
        send: this.#options.send ?? (() => Promise.resolve()),
        done: (last) => this.#note(shardId, last),
        pause: async (ms) => {
          await this.#holdUp(ms);
          this.#stop.signal.throwIfAborted();
        },
        now: () => this.#options.clock.now(),
        ageOf: (record) => this.#ageOf(record),
        log: this.#options.log ?? (() => {}),
      });
      this.#stop.signal.throwIfAborted();
    }
    // What no filter let through behind the last one that one did is done with, too.
    const last = found.at(-1);
    if (last !== undefined) this.#note(shardId, last);
  }

  /** By the stream's own time, which is the machine's, and by what is known of jumps of the clock since. */
  #ageOf({ createdAt, sequenceNumber }: LambdaRecord): number {
    const { clock, dynamodb } = this.#options;
    const now = clock.now();
    return Math.max(Date.now() - createdAt, now - (dynamodb.writtenBy(this.#mapping.tableName, sequenceNumber) ?? now));
  }

  #note(shardId: string, { sequenceNumber }: LambdaRecord): void {
    if (!this.#ended) this.#checkpoint.save({ shardId, sequenceNumber });
  }

  /** Reads on until the batch is full or the window is over. */
  async #fillWindow(shardId: string, first: readonly LambdaRecord[]): Promise<readonly LambdaRecord[]> {
    const found = [...first];
    const end = performance.now() + this.#mapping.windowMs;
    const wanting = () => found.filter((record) => this.#mapping.matches(record.event)).length;
    while (
      this.#waiters.length === 0 &&
      wanting() > 0 &&
      wanting() < this.#mapping.batchSize &&
      performance.now() < end
    ) {
      await this.#sleep(end - performance.now());
      this.#stop.signal.throwIfAborted();
      const page = await this.#reader.read();
      // A new shard begins with its own batch.
      if (page.shardId !== shardId && page.records.length > 0) {
        this.#reader.seek({ shardId: page.shardId, sequenceNumber: undefined });
        break;
      }
      found.push(...page.records.map((record) => lambdaRecord(record, this.#mapping)));
    }
    return found;
  }

  /** Sleeps, unless something is written, somebody waits, or the end has come. */
  async #sleep(ms: number, wakeable = true): Promise<void> {
    if (this.#stop.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const awake = () => {
        clearTimeout(timer);
        this.#stop.signal.removeEventListener('abort', awake);
        this.#wakeUp = undefined;
        this.#cutShort = undefined;
        resolve();
      };
      const timer = setTimeout(awake, ms);
      this.#stop.signal.addEventListener('abort', awake);
      this.#cutShort = awake;
      if (wakeable) this.#wakeUp = awake;
    });
  }
}
