import * as z from 'zod';
import type { LambdaInvoker } from '../lambda/invoker.ts';
import { readQueueMapping } from './queue-mapping.ts';
import type { Message } from './queue-store.ts';
import { md5, type QueueSource, type Queues } from './start-queues.ts';

export interface QueuePollerOptions {
  /** The properties of `AWS::Lambda::EventSourceMapping`, with every reference resolved. */
  readonly mapping: unknown;
  readonly queues: Pick<Queues, 'source'>;
  readonly lambda: LambdaInvoker;
  readonly log?: (line: string) => void;
}

export interface QueuePoller {
  /** Resolves when no message waits any more that can be received now, and none is being delivered. */
  readonly drained: () => Promise<void>;
  /** Stops. What is being delivered has a moment to finish, and otherwise comes again once it is visible. */
  readonly close: () => Promise<void>;
}

/** What a jump of the clock makes visible is found by then. */
const idlePollMs = 1000;
/** Nobody waits longer for the last batches at the end. */
const closePatienceMs = 500;

/**
 * Feeds a function from a queue, as an event source mapping does: several batches at once, in no order, at least once.
 * What a batch that was taken names no failure of is deleted; the rest is visible again after the queue's own time.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 * @throws ZodError for a mapping that it does not understand, Error when there is no such queue
 */
export function startQueuePoller({ mapping: given, queues, lambda, log }: QueuePollerOptions): QueuePoller {
  const mapping = readQueueMapping(given);
  if (!mapping.enabled) return { drained: () => Promise.resolve(), close: () => Promise.resolve() };
  const source = queues.source(mapping.queueArn);
  const stop = new AbortController();
  let working = 0;

  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const batch = source.take(mapping.batchSize);
      if (batch.length === 0) {
        await source.next(idlePollMs, stop.signal);
        continue;
      }
      working += 1;
      try {
        for (const message of await delivered(batch, source)) source.remove(message);
      } catch (error) {
        log?.(`${mapping.functionName} could not be called with messages: ${String(error)}`);
      } finally {
        working -= 1;
      }
    }
  };

  /** @returns what needs not come again */
  async function delivered(batch: readonly Message[], { region, arn }: QueueSource): Promise<readonly Message[]> {
    const Records = batch.map((message) => lambdaMessage(message, region, arn));
    const { functionError, payload } = await lambda.invoke(mapping.functionName, JSON.stringify({ Records }));
    if (functionError !== undefined) log?.(`${mapping.functionName} failed a batch of ${batch.length} messages`);
    return functionError === undefined ? takenOf(batch, payload, mapping.reportsItemFailures) : [];
  }

  const running = Promise.all(Array.from({ length: mapping.concurrency }, work));
  return {
    async drained() {
      const isQuiet = (): boolean => stop.signal.aborted || (working === 0 && source.visible() === 0);
      while (!isQuiet()) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async close() {
      stop.abort();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, closePatienceMs).unref())]);
    },
  };
}

const Report = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/** A report that cannot be read, or names a message that is not in the batch, fails the whole batch. */
function takenOf(batch: readonly Message[], payload: string, reports: boolean): readonly Message[] {
  if (!reports) return batch;
  const report = Report.safeParse(payload === '' ? null : parsed(payload));
  const failed = report.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
  const isKnown = failed.every((id) => batch.some(({ messageId }) => messageId === id));
  return report.success && isKnown ? batch.filter(({ messageId }) => !failed.includes(messageId)) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function lambdaMessage({ messageId, receiptHandle, body, sentAt, receives }: Message, region: string, arn: string) {
  return {
    messageId,
    receiptHandle,
    body,
    attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: String(Math.floor(sentAt)) },
    messageAttributes: {},
    md5OfBody: md5(body),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}
