import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { InvocationResult, LambdaInvoker } from '../lambda/invoker.ts';
import { awsSequenceNumber, type LambdaRecord } from './lambda-records.ts';
import type { Mapping } from './mapping.ts';

/** Sends the message about records that were given up to a queue, named by its ARN. */
export type SendToDestination = (destinationArn: string, body: string) => Promise<void>;

export interface DeliveryOptions {
  readonly mapping: Mapping;
  readonly lambda: LambdaInvoker;
  readonly send: SendToDestination;
  /** Called, in order, with the last of some records that are done with: delivered, or given up. */
  readonly done: (last: LambdaRecord) => void;
  /** Milliseconds of the virtual clock since a record was written, at least. */
  readonly ageOf: (record: LambdaRecord) => number;
  /** Epoch milliseconds of the virtual clock. */
  readonly now: () => number;
  /** Waits between two attempts; rejects when the delivery shall end. */
  readonly pause: (ms: number) => Promise<void>;
  readonly log: (line: string) => void;
}

/**
 * Lambda waits up to a minute between attempts. Here a second is long enough to let something recover, and to watch;
 * of what a jump of the clock skips, a minute is an attempt.
 */
const firstPauseMs = 50;
export const longestPauseMs = 1000;
const attemptEveryMs = 60_000;

interface Attempts {
  /** Failures of the record that the batch begins with. */
  readonly failures: number;
  readonly invocations: number;
  /** What the function said last. */
  readonly last: InvocationResult | undefined;
}

/**
 * Delivers one batch as Lambda does: again and again until it succeeds, its retries are used up, or its records are too
 * old. A function that cannot be reached uses up no retry. Then what is left is given up, and the destination is told
 * which records. Returns when every record of the batch is done with.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export async function deliver(
  batch: readonly LambdaRecord[],
  shardId: string,
  options: DeliveryOptions,
): Promise<void> {
  await deliverFrom(batch, { failures: 0, invocations: 0, last: undefined }, shardId, options);
}

async function deliverFrom(
  batch: readonly LambdaRecord[],
  before: Attempts,
  shardId: string,
  options: DeliveryOptions,
): Promise<void> {
  const { mapping, done, now, pause } = options;
  let rest = batch;
  let { failures, invocations, last } = before;
  const giveUpAll = () => giveUp(rest, 'RetryAttemptsExhausted', { failures, invocations, last }, shardId, options);
  for (let unreached = 0; ;) {
    rest = await giveUpOld(rest, { failures, invocations, last }, shardId, options);
    if (rest.length === 0) return;
    if (failures > mapping.retries) return await giveUpAll();
    const startedAt = now();
    const outcome = await invoke(rest, options, unreached === 0);
    if (outcome === undefined) {
      unreached += 1;
      await pause(pauseAfter(unreached));
      continue;
    }
    unreached = 0;
    invocations += 1;
    last = outcome.result;
    const lastDelivered = rest[outcome.delivered - 1];
    if (lastDelivered !== undefined) done(lastDelivered);
    if (outcome.delivered === rest.length) return;
    rest = rest.slice(outcome.delivered);
    // Splitting does not use up a retry: each half starts with what the whole had.
    const splits = mapping.bisects && rest.length > 1 && outcome.delivered === 0;
    // Progress: another record is the first that fails, and this was its first failure.
    if (!splits) failures = (outcome.delivered > 0 ? 0 : failures) + 1;
    if (failures > mapping.retries) return await giveUpAll();
    await pause(splits ? firstPauseMs : pauseAfter(failures));
    const skipped = Math.min(Math.floor((now() - startedAt) / attemptEveryMs), mapping.retries + 1 - failures);
    failures += skipped;
    invocations += skipped;
    if (splits) {
      const middle = Math.ceil(rest.length / 2);
      await deliverFrom(rest.slice(0, middle), { failures, invocations, last }, shardId, options);
      await deliverFrom(rest.slice(middle), { failures, invocations, last }, shardId, options);
      return;
    }
  }
}

function pauseAfter(failures: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
}

interface Outcome {
  /** How many records, from the beginning, are delivered. */
  readonly delivered: number;
  readonly result: InvocationResult;
}

/**
 * @param tells whether a function that cannot be reached is worth a line @returns undefined when it cannot be reached
 */
async function invoke(
  batch: readonly LambdaRecord[],
  { mapping, lambda, log }: DeliveryOptions,
  tells: boolean,
): Promise<Outcome | undefined> {
  let result: InvocationResult;
  try {
    result = await lambda.invoke(
      mapping.functionName,
      JSON.stringify({ Records: batch.map((record) => record.event) }),
    );
  } catch (error) {
    if (tells)
      log(`${mapping.functionName} could not be called with records of ${mapping.tableName}: ${String(error)}`);
    return undefined;
  }
  const delivered =
    result.functionError === undefined ? deliveredOf(batch, result.payload, mapping.reportsItemFailures) : 0;
  if (delivered < batch.length)
    log(
      `${mapping.functionName} failed ${batch.length - delivered} of ${batch.length} records of ${mapping.tableName}`,
    );
  return { delivered, result };
}

const Report = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Everything before the first record that the function reports is delivered; a report that cannot be read, or names a
 * record that is
 * not in the batch, fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
function deliveredOf(batch: readonly LambdaRecord[], payload: string, reportsItemFailures: boolean): number {
  if (!reportsItemFailures) return batch.length;
  const report = Report.safeParse(payload === '' ? null : parseJson(payload));
  if (!report.success) return 0;
  const positions = (report.data?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    batch.findIndex((record) => awsSequenceNumber(record.sequenceNumber) === itemIdentifier),
  );
  return positions.includes(-1) ? 0 : Math.min(batch.length, ...positions);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Gives up what is older than the mapping allows. */
async function giveUpOld(
  batch: readonly LambdaRecord[],
  attempts: Attempts,
  shardId: string,
  options: DeliveryOptions,
): Promise<readonly LambdaRecord[]> {
  const firstYoung = batch.findIndex((record) => options.ageOf(record) <= options.mapping.maximumAgeMs);
  const old = firstYoung === -1 ? batch : batch.slice(0, firstYoung);
  if (old.length > 0) await giveUp(old, 'RecordAgeExceeded', attempts, shardId, options);
  return batch.slice(old.length);
}

async function giveUp(
  batch: readonly LambdaRecord[],
  condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded',
  { invocations, last: result }: Attempts,
  shardId: string,
  { mapping, send, done, now, log }: DeliveryOptions,
): Promise<void> {
  const [first, last] = [batch[0], batch.at(-1)];
  if (first === undefined || last === undefined) return;
  log(
    `${mapping.functionName} did not take ${batch.length} records of ${mapping.tableName}, ${condition}${mapping.destination === undefined ? '' : `; told ${mapping.destination}`}`,
  );
  if (mapping.destination !== undefined) {
    // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
    const message = {
      requestContext: {
        requestId: result?.requestId ?? randomUUID(),
        functionArn: mapping.functionArn,
        condition,
        approximateInvokeCount: invocations,
      },
      // What was never tried has no answer.
      ...(result !== undefined && {
        responseContext: {
          statusCode: 200,
          executedVersion: '$LATEST',
          ...(result.functionError !== undefined && { functionError: result.functionError }),
        },
      }),
      version: '1.0',
      timestamp: new Date(now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: awsSequenceNumber(first.sequenceNumber),
        endSequenceNumber: awsSequenceNumber(last.sequenceNumber),
        approximateArrivalOfFirstRecord: wholeSeconds(first.createdAt),
        approximateArrivalOfLastRecord: wholeSeconds(last.createdAt),
        batchSize: batch.length,
        streamArn: mapping.streamArn,
      },
    };
    await send(mapping.destination, JSON.stringify(message));
  }
  done(last);
}

/** A stream knows the time of its records in seconds. */
function wholeSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
