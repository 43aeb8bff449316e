import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { startDynamoDb, type DynamoDb } from '../../../emulator/dynamodb/start-dynamodb.ts';
import { ensureTable } from '../../../emulator/dynamodb/tables.ts';
import { createClock } from '../../../emulator/clock/virtual-clock.ts';
import { createFaults } from '../../../emulator/faults.ts';
import { ServiceException, type InvocationResult, type LambdaInvoker } from '../../../emulator/lambda/invoker.ts';
import { startStreamPoller, type StreamPoller } from '../../../emulator/streams/start-stream-poller.ts';

const Event = z.object({
  Records: z.array(
    z.looseObject({
      eventID: z.string(),
      dynamodb: z.looseObject({ Keys: z.looseObject({ sk: z.object({ S: z.string() }) }), SequenceNumber: z.string() }),
    }),
  ),
});
type Records = z.infer<typeof Event>['Records'];
function keysOf(records: Records) {
  return records.map((record) => record.dynamodb.Keys.sk.S);
}

const hour = 3_600_000;
const DestinationConfig = { OnFailure: { Destination: 'arn:aws:sqs:ap-southeast-1:000000000000:left' } };

/** A function that does what a test says, and notes the keys of every batch it was called with. */
class RecordingLambda implements LambdaInvoker {
  readonly batches: string[][] = [];
  readonly events: Records = [];
  answer: (records: Records) => unknown = () => null;
  /** How often it cannot be reached yet. */
  unreachable = 0;

  async invoke(_functionName: string, payload: string): Promise<InvocationResult> {
    if (this.unreachable > 0) {
      this.unreachable -= 1;
      throw new ServiceException();
    }
    const { Records: records } = Event.parse(JSON.parse(payload));
    this.batches.push(keysOf(records));
    this.events.push(...records);
    try {
      return { payload: JSON.stringify((await this.answer(records)) ?? null), requestId: 'request-1' };
    } catch (error) {
      return {
        functionError: 'Unhandled',
        payload: JSON.stringify({ errorMessage: String(error) }),
        requestId: 'request-1',
      };
    }
  }
}

function failOn(poison: string) {
  return (records: Records) => {
    if (keysOf(records).includes(poison)) throw new Error('poison');
  };
}
function reportFrom(poison: string) {
  return (records: Records) => ({
    batchItemFailures: records
      .filter((record) => record.dynamodb.Keys.sk.S === poison)
      .map((record) => ({ itemIdentifier: record.dynamodb.SequenceNumber })),
  });
}

describe('a function fed from a stream', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'streams-'));
  let dynamodb: DynamoDb;
  let lambda: RecordingLambda;
  let sent: { destination: string; body: unknown }[] = [];
  let pollers: StreamPoller[] = [];
  let number = 0;
  const clock = createClock();
  const faults = createFaults([], clock);
  let table = '';

  beforeAll(async () => {
    dynamodb = await startDynamoDb({ dataDir, now: () => clock.now() });
  });
  afterAll(async () => {
    await dynamodb.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    number += 1;
    table = `Book${number}`;
    lambda = new RecordingLambda();
    sent = [];
    pollers = [];
    const key = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
    await ensureTable(
      dynamodb,
      {
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [key('pk'), key('sk')],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
      table,
    );
  });
  afterEach(async () => {
    for (const { name } of faults.list()) await faults.set(name, false);
    for (const poller of pollers) await poller.close();
  });

  const streamArn = () => `arn:aws:dynamodb:ap-southeast-1:000000000000:table/${table}/stream/local`;
  const start = async (mapping: Record<string, unknown> = {}) => {
    const poller = await startStreamPoller({
      mapping: { EventSourceArn: streamArn(), FunctionName: 'advance', StartingPosition: 'TRIM_HORIZON', ...mapping },
      dynamodb,
      lambda,
      clock,
      faults,
      checkpointFile: join(dataDir, 'checkpoints', `${table}.json`),
      send: async (destination, body) => void sent.push({ destination, body: JSON.parse(body) }),
    });
    pollers.push(poller);
    return poller;
  };
  /** Resolves when the function was called so often. */
  const calledTimes = async (times: number) => {
    while (lambda.batches.length < times) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const write = async (...keys: string[]) => {
    for (const sk of keys)
      await dynamodb.call('PutItem', {
        TableName: table,
        Item: { pk: { S: 'd' }, sk: { S: sk }, milestone: { BOOL: sk !== 'EVENT#dull' } },
      });
  };

  it('a function fed from a stream gets what was written before it came and after, in order, each once', async () => {
    await write('a', 'b');
    const poller = await start();
    await poller.drained();
    await write('c');
    await write('d');
    await poller.drained();
    expect(lambda.batches.flat()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('a function fed from a stream is called as soon as something is written', async () => {
    const poller = await start();
    await poller.drained();
    const called = new Promise((resolve) => {
      lambda.answer = resolve;
    });
    await write('a');
    await called;
    expect(lambda.batches).toEqual([['a']]);
  });

  it('a function fed from a stream gets records in the shape of AWS', async () => {
    await write('a');
    await (await start()).drained();
    expect(lambda.events).toEqual([
      {
        eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'ap-southeast-1',
        eventSourceARN: streamArn(),
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: { pk: { S: 'd' }, sk: { S: 'a' } },
          NewImage: { pk: { S: 'd' }, sk: { S: 'a' }, milestone: { BOOL: true } },
          SequenceNumber: expect.stringMatching(/^\d{21,}$/),
          SizeBytes: expect.any(Number),
          StreamViewType: 'NEW_IMAGE',
        },
      },
    ]);
  });

  it('a function fed from a stream gets batches no larger than it asked for', async () => {
    await write('a', 'b', 'c');
    await (await start({ BatchSize: 2 })).drained();
    expect(lambda.batches).toEqual([['a', 'b'], ['c']]);
  });

  it('a function fed from a stream gets only what one of its filters lets through', async () => {
    const Filters = [
      {
        eventName: ['INSERT'],
        dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } }, NewImage: { milestone: { BOOL: [true] } } },
      },
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['WAIT'] } } } },
    ].map((pattern) => ({ Pattern: JSON.stringify(pattern) }));
    await write('HEAD', 'EVENT#1', 'EVENT#dull', 'WAIT', 'HEAD', 'EVENT#2');
    await (await start({ FilterCriteria: { Filters } })).drained();
    expect(lambda.batches).toEqual([['EVENT#1', 'WAIT', 'EVENT#2']]);
  });

  it('a function fed from a stream goes on after a restart where it was', async () => {
    await write('a');
    const first = await start();
    await first.drained();
    await first.close();
    await write('b');
    await (await start()).drained();
    expect(lambda.batches).toEqual([['a'], ['b']]);
  });

  it('a function fed from a stream gets again what it had not finished when everything stopped', async () => {
    await write('a');
    const interrupted = await start();
    const called = new Promise<void>((resolve) => {
      lambda.answer = () => {
        resolve();
        return new Promise(() => {});
      };
    });
    await called;
    await interrupted.close();
    lambda.answer = () => null;
    await (await start()).drained();
    expect(lambda.batches).toEqual([['a'], ['a']]);
  });

  it('a function fed from a stream does not get again what it finished while everything stopped', async () => {
    await write('a');
    const stopping = await start();
    let finish: (value: unknown) => void = () => {};
    await new Promise<void>((called) => {
      lambda.answer = () => {
        called();
        return new Promise((resolve) => {
          finish = resolve;
        });
      };
    });
    const closed = stopping.close();
    finish(null);
    await closed;
    await (await start()).drained();
    expect(lambda.batches).toEqual([['a']]);
  });

  it('a function fed from a stream starts at the end when it asks for the latest, and keeps that place over a restart', async () => {
    await write('old');
    const first = await start({ StartingPosition: 'LATEST' });
    await first.close();
    await write('new');
    await (await start({ StartingPosition: 'LATEST' })).drained();
    expect(lambda.batches).toEqual([['new']]);
  });

  it('a function fed from a stream is called again with the same records until it succeeds', async () => {
    let calls = 0;
    lambda.answer = () => {
      calls += 1;
      if (calls < 3) throw new Error('not yet');
    };
    await write('a', 'b');
    await (await start()).drained();
    expect(lambda.batches).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('a function fed from a stream keeps the order: nothing later is delivered while something earlier fails', async () => {
    let calls = 0;
    lambda.answer = async () => {
      calls += 1;
      if (calls === 1) {
        await write('later');
        throw new Error('not yet');
      }
    };
    await write('earlier');
    await (await start()).drained();
    expect(lambda.batches).toEqual([['earlier'], ['earlier'], ['later']]);
  });

  it('a function fed from a stream is spared what succeeded before the record that it reported', async () => {
    let calls = 0;
    lambda.answer = (records) => {
      calls += 1;
      return calls === 1 ? reportFrom('b')(records) : { batchItemFailures: [] };
    };
    await write('a', 'b', 'c');
    await (await start({ FunctionResponseTypes: ['ReportBatchItemFailures'] })).drained();
    expect(lambda.batches).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it.each([
    ['names a record that is not in the batch', { batchItemFailures: [{ itemIdentifier: '999' }] }],
    ['has an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['is spelled wrong', { batchItemFailures: [{ identifier: '1' }] }],
  ])('a function fed from a stream gets the whole batch again when its report %s', async (_what, report) => {
    let calls = 0;
    lambda.answer = () => {
      calls += 1;
      return calls === 1 ? report : null;
    };
    await write('a', 'b');
    await (await start({ FunctionResponseTypes: ['ReportBatchItemFailures'] })).drained();
    expect(lambda.batches).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('a function fed from a stream gets halves of a batch that fails, until only the bad record is left', async () => {
    lambda.answer = failOn('c');
    await write('a', 'b', 'c', 'd');
    await (await start({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 })).drained();
    expect(lambda.batches).toEqual([['a', 'b', 'c', 'd'], ['a', 'b'], ['c', 'd'], ['c'], ['c'], ['d']]);
  });

  it('a function fed from a stream never sees again what used up its retries; the destination is told which records those are', async () => {
    lambda.answer = reportFrom('b');
    await write('a', 'b', 'c');
    const poller = await start({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 2,
      DestinationConfig,
    });
    await poller.drained();
    const [, b, c] = lambda.events;
    expect(lambda.batches).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
      ['b', 'c'],
    ]);
    expect(sent).toEqual([
      {
        destination: 'arn:aws:sqs:ap-southeast-1:000000000000:left',
        body: {
          requestContext: {
            requestId: 'request-1',
            functionArn: 'arn:aws:lambda:ap-southeast-1:000000000000:function:advance',
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 3,
          },
          responseContext: { statusCode: 200, executedVersion: '$LATEST' },
          version: '1.0',
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          DDBStreamBatchInfo: {
            shardId: expect.stringMatching(/^shardId-/),
            startSequenceNumber: b?.dynamodb.SequenceNumber,
            endSequenceNumber: c?.dynamodb.SequenceNumber,
            approximateArrivalOfFirstRecord: expect.stringMatching(/T\d\d:\d\d:\d\dZ$/),
            approximateArrivalOfLastRecord: expect.stringMatching(/T\d\d:\d\d:\d\dZ$/),
            batchSize: 2,
            streamArn: streamArn(),
          },
        },
      },
    ]);
    await write('d');
    await poller.drained();
    expect(lambda.batches.at(-1)).toEqual(['d']);
  });

  it('a function fed from a stream never sees what a jump of the clock has made too old, and sees what came after it', async () => {
    await write('a', 'b');
    await clock.jumpTo(clock.now() + 6 * hour);
    await write('c');
    await (await start({ MaximumRecordAgeInSeconds: 3600, DestinationConfig })).drained();
    expect(lambda.batches).toEqual([['c']]);
    expect(sent).toMatchObject([
      {
        body: {
          requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
          DDBStreamBatchInfo: { batchSize: 2 },
        },
      },
    ]);
    // What was never tried has no answer.
    expect(sent[0]?.body).not.toHaveProperty('responseContext');
  });

  it('a function fed from a stream is called again with what fails until the stream itself no longer keeps it', async () => {
    lambda.answer = async (records) => {
      if (!keysOf(records).includes('a')) return null;
      if (lambda.batches.length === 3) {
        await write('b');
        await clock.jumpTo(clock.now() + 25 * hour);
        await write('c');
      }
      throw new Error('poison');
    };
    await write('a');
    await (await start({ DestinationConfig })).drained();
    expect(lambda.batches).toEqual([['a'], ['a'], ['a'], ['c']]);
    expect(sent).toMatchObject([
      {
        body: {
          requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 3 + 25 * 60 },
          responseContext: { functionError: 'Unhandled' },
        },
      },
    ]);
  });

  it.each([
    ['one record', ['a'], [1]],
    ['a batch that is split', ['a', 'b'], [1, 1]],
  ])(
    'a function fed from a stream has used up its retries of %s when a jump of the clock skips as many minutes',
    async (_what, keys, sizes) => {
      lambda.answer = () => {
        throw new Error('Step Functions is away');
      };
      await write(...keys);
      const poller = await start({ MaximumRetryAttempts: 20, BisectBatchOnFunctionError: true, DestinationConfig });
      await calledTimes(1);
      await clock.jumpTo(clock.now() + hour);
      await poller.drained();
      expect(lambda.batches.length).toBeLessThan(6);
      expect(sent.map(({ body }) => body)).toMatchObject(
        sizes.map((batchSize) => ({
          requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: expect.any(Number) },
          DDBStreamBatchInfo: { batchSize },
        })),
      );
    },
  );

  it('a function fed from a stream has used up no retry by the minutes of a jump while the clock just runs', async () => {
    let calls = 0;
    lambda.answer = () => {
      calls += 1;
      if (calls < 4) throw new Error('not yet');
    };
    await write('a');
    await (await start({ MaximumRetryAttempts: 3, DestinationConfig })).drained();
    expect([lambda.batches.length, sent]).toEqual([4, []]);
  });

  it('a function fed from a stream is not waited for when it fails again and again', async () => {
    lambda.answer = failOn('a');
    await write('a');
    const poller = await start();
    await poller.drained();
    await poller.drained();
    lambda.answer = () => null;
    await calledTimes(lambda.batches.length + 1);
    expect(sent).toEqual([]);
  });

  it('a function fed from a stream uses up no retry, and splits no batch, while the function cannot be reached', async () => {
    await write('a', 'b');
    lambda.unreachable = 4;
    await (await start({ MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true, DestinationConfig })).drained();
    expect([lambda.unreachable, lambda.batches, sent]).toEqual([0, [['a', 'b']], []]);
  });

  it('a function fed from a stream is left alone by a record that a report names: only that one is given up, in batches that end with it', async () => {
    lambda.answer = reportFrom('c');
    await write('a', 'b', 'c', 'd', 'e');
    await (
      await start({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig,
      })
    ).drained();
    expect(lambda.batches).toEqual([['a', 'b', 'c', 'd', 'e'], ['c', 'd', 'e'], ['c', 'd'], ['c'], ['d'], ['e']]);
    expect(sent).toMatchObject([{ body: { DDBStreamBatchInfo: { batchSize: 1 } } }]);
  });

  it('a function fed from a stream stands still while its streams are away, without anybody waiting for it, and then catches up', async () => {
    const poller = await start();
    await faults.set('streams', true);
    await write('a');
    await poller.drained();
    expect(lambda.batches).toEqual([]);
    await faults.set('streams', false);
    await poller.drained();
    expect(lambda.batches).toEqual([['a']]);
  });

  it('a function fed from a stream is not waited for while it fails because something is away', async () => {
    const failed = new Promise<void>((resolve) => {
      lambda.answer = () => {
        resolve();
        throw new Error('Step Functions is away');
      };
    });
    const poller = await start();
    await faults.set('stepfunctions', true);
    await write('a');
    await failed;
    await poller.drained();
    await faults.set('stepfunctions', false);
    lambda.answer = () => null;
    await poller.drained();
    expect(lambda.batches.at(-1)).toEqual(['a']);
  });

  it('a function fed from a stream gets what is written within its window in one batch, and at once when somebody waits for all', async () => {
    const poller = await start({ MaximumBatchingWindowInSeconds: 300 });
    await write('a');
    await write('b');
    await poller.drained();
    expect(lambda.batches.flat()).toEqual(['a', 'b']);
  });

  it('a function fed from a stream is called at once when its batch is full, however long its window', async () => {
    const called = new Promise((resolve) => {
      lambda.answer = resolve;
    });
    await start({ MaximumBatchingWindowInSeconds: 300, BatchSize: 2 });
    await write('a');
    await write('b');
    await called;
    expect(lambda.batches).toEqual([['a', 'b']]);
  });

  it('a function fed from a stream gets nothing, and nothing is noted, while its mapping is switched off', async () => {
    await write('a');
    await (await start({ Enabled: false })).drained();
    expect([lambda.batches, existsSync(join(dataDir, 'checkpoints', `${table}.json`))]).toEqual([[], false]);
  });

  it('a function fed from a stream stops the start when the mapping says something unknown', async () => {
    await expect(start({ TumblingWindowInSeconds: 10 })).rejects.toThrow(/TumblingWindowInSeconds/);
    await expect(start({ MaximumRecordAgeInSeconds: 59 })).rejects.toThrow(/a minute at least/);
    await expect(
      start({ DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:ap-southeast-1:000000000000:t' } } }),
    ).rejects.toThrow(/only queues are told/);
    await expect(
      start({ FilterCriteria: { Filters: [{ Pattern: '{"a":[{"cidr":"10.0.0.0/8"}]}' }] } }),
    ).rejects.toThrow(/"cidr"/);
    await expect(start({ EventSourceArn: 'arn:aws:sqs:ap-southeast-1:000000000000:queue' })).rejects.toThrow(
      /feeds functions from DynamoDB streams only/,
    );
  });
});
