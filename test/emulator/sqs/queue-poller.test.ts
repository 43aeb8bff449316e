import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { InvocationResult } from '../../../emulator/lambda/invoker.ts';
import { startQueuePoller, type QueuePoller } from '../../../emulator/sqs/start-queue-poller.ts';
import { startQueues, type Queues } from '../../../emulator/sqs/start-queues.ts';

const EventSourceArn = 'arn:aws:sqs:ap-southeast-1:000000000000:wakes';
const mapping = { EventSourceArn, FunctionName: 'sender', BatchSize: 1 };
const Batch = z.object({
  Records: z.array(z.looseObject({ messageId: z.string(), body: z.string(), eventSource: z.literal('aws:sqs') })),
});

describe('a queue that feeds a function', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sqs-feeds-'));
  let now = Date.UTC(2026, 10, 23);
  let queues: Queues | undefined;
  let poller: QueuePoller | undefined;
  afterEach(async () => {
    await poller?.close();
    queues?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A queue with these messages, and the function that it feeds. */
  const feeding = async (
    bodies: readonly string[],
    invoke: (bodies: readonly string[], ids: readonly string[]) => Promise<Partial<InvocationResult>>,
    change: Readonly<Record<string, unknown>> = {},
  ): Promise<QueuePoller> => {
    queues = startQueues({
      dataDir,
      clock: { now: () => now },
      region: 'ap-southeast-1',
      accountId: '000000000000',
      endpoint: 'http://127.0.0.1:4566',
    });
    queues.ensureQueue({ VisibilityTimeout: 60 }, 'wakes');
    for (const body of bodies) await queues.send(EventSourceArn, body);
    poller = startQueuePoller({
      mapping: { ...mapping, ...change },
      queues,
      lambda: {
        invoke: async (_name, payload) => {
          const { Records } = Batch.parse(JSON.parse(payload));
          const said = await invoke(
            Records.map(({ body }) => body),
            Records.map(({ messageId }) => messageId),
          );
          return { requestId: 'r', payload: 'null', ...said };
        },
      },
    });
    return poller;
  };

  it('a queue feeds each message once when the function takes it', async () => {
    const got: string[] = [];
    const fed = await feeding(['a', 'b', 'c'], async (bodies) => {
      got.push(...bodies);
      return {};
    });
    await fed.drained();
    now += 120_000;
    await fed.drained();
    expect(got.toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('a queue feeds what failed again once it is visible, and not before', async () => {
    const got: string[] = [];
    const fed = await feeding(['a'], async (bodies) => {
      got.push(...bodies);
      return got.length === 1 ? { functionError: 'Unhandled' } : {};
    });
    await fed.drained();
    expect(got).toEqual(['a']);
    now += 61_000;
    await fed.drained();
    expect(got).toEqual(['a', 'a']);
  });

  it('a queue feeds of a batch only what was named as failed again', async () => {
    const got: string[][] = [];
    const fed = await feeding(
      ['a', 'b', 'c'],
      async (bodies, ids) => {
        got.push([...bodies]);
        const failed = ids.filter((_id, index) => bodies[index] === 'b' && got.length === 1);
        return { payload: JSON.stringify({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }) };
      },
      { BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] },
    );
    await fed.drained();
    now += 61_000;
    await fed.drained();
    expect(got).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it('a queue feeds several at once, up to its concurrency: who is slow holds up no other', async () => {
    const gate = Promise.withResolvers<void>();
    let [busy, most] = [0, 0];
    const quick: string[] = [];
    const fed = await feeding(
      ['slow', 'a', 'b', 'c', 'd'],
      async ([body = '']) => {
        busy += 1;
        most = Math.max(most, busy);
        if (body === 'slow') await gate.promise;
        else quick.push(body);
        if (quick.length === 4) gate.resolve();
        busy -= 1;
        return {};
      },
      { ScalingConfig: { MaximumConcurrency: 2 } },
    );
    await fed.drained();
    expect(quick.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(most).toBe(2);
  });

  it.each([{ BatchSize: 11 }, { MaximumBatchingWindowInSeconds: 5 }, { ScalingConfig: { MaximumConcurrency: 1 } }])(
    'a queue refuses to feed as %j says',
    async (change) => {
      await expect(feeding([], async () => ({}), change)).rejects.toThrow();
    },
  );
});
