import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startQueues, type Queues } from '../../../emulator/sqs/start-queues.ts';

const arn = 'arn:aws:sqs:ap-southeast-1:000000000000:left';
const QueueUrl = 'http://127.0.0.1:4566/000000000000/left';

describe('a dead-letter queue', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sqs-'));
  let now = Date.UTC(2026, 10, 23);
  let queues: Queues;
  const open = () => {
    queues = startQueues({
      dataDir,
      clock: { now: () => now },
      region: 'ap-southeast-1',
      accountId: '000000000000',
      endpoint: 'http://127.0.0.1:4566',
    });
    queues.ensureQueue({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true }, 'left');
  };
  beforeAll(open);
  beforeEach(() => queues.handle('PurgeQueue', { QueueUrl }));
  afterAll(() => {
    queues.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const receive = async (more = {}) => (await queues.handle('ReceiveMessage', { QueueUrl, ...more })).body;

  it('a dead-letter queue is found by its name, and says how much lies in it', async () => {
    await queues.send(arn, 'one');
    expect((await queues.handle('ListQueues', {})).body).toEqual({ QueueUrls: [QueueUrl] });
    expect((await queues.handle('GetQueueUrl', { QueueName: 'left' })).body).toEqual({ QueueUrl });
    expect((await queues.handle('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).body).toMatchObject({
      Attributes: { QueueArn: arn, ApproximateNumberOfMessages: '1' },
    });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a dead-letter queue knows neither a call nor a queue of the name %s',
    async (name) => {
      const type = (answer: string) => ({ status: 400, body: { __type: `com.amazonaws.sqs#${answer}` } });
      expect(await queues.handle(name, {})).toMatchObject(type('UnsupportedOperation'));
      expect(await queues.handle('GetQueueUrl', { QueueName: name })).toMatchObject(type('QueueDoesNotExist'));
    },
  );

  it('a dead-letter queue gives a message to one receiver, and again when he has not deleted it in time', async () => {
    await queues.send(arn, 'Bắc Kạn');
    expect(await receive()).toMatchObject({
      Messages: [
        {
          Body: 'Bắc Kạn',
          MD5OfBody: createHash('md5').update('Bắc Kạn').digest('hex'),
          Attributes: { ApproximateReceiveCount: '1' },
        },
      ],
    });
    expect(await receive()).toEqual({});
    now += 30_000;
    expect(await receive()).toMatchObject({ Messages: [{ Attributes: { ApproximateReceiveCount: '2' } }] });
  });

  it('a dead-letter queue loses a message when its receiver deletes it, and not by the handle of an earlier receiver', async () => {
    await queues.handle('SendMessage', { QueueUrl, MessageBody: 'one' });
    const { body } = await queues.handle('ReceiveMessage', { QueueUrl, VisibilityTimeout: 0 });
    const again = await receive({ VisibilityTimeout: 0 });
    const handleIn = (answer: unknown) => /"ReceiptHandle":"([^"]+)"/.exec(JSON.stringify(answer))?.[1];
    await queues.handle('DeleteMessage', { QueueUrl, ReceiptHandle: handleIn(body) });
    expect(await receive({ VisibilityTimeout: 0 })).toMatchObject({ Messages: [{ Body: 'one' }] });
    expect(handleIn(again)).not.toBe(handleIn(body));
    await queues.handle('DeleteMessage', {
      QueueUrl,
      ReceiptHandle: handleIn(await receive({ VisibilityTimeout: 0 })),
    });
    expect(await receive()).toEqual({});
  });

  it('a dead-letter queue hands a message at once to who waits for one', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    await queues.send(arn, 'at last');
    expect(await waiting).toMatchObject({ Messages: [{ Body: 'at last' }] });
  });

  it('a dead-letter queue keeps its messages over a restart, and no longer than it says, by the virtual clock', async () => {
    await queues.send(arn, 'kept');
    queues.close();
    open();
    now += 1_209_599_000;
    expect(await receive({ VisibilityTimeout: 0 })).toMatchObject({ Messages: [{ Body: 'kept' }] });
    now += 2000;
    expect(await receive()).toEqual({});
  });

  it.each([
    [
      'a queue that is not there',
      'ReceiveMessage',
      { QueueUrl: 'http://127.0.0.1:4566/000000000000/nowhere' },
      'QueueDoesNotExist',
    ],
    ['a call that it does not know', 'TagQueue', { QueueUrl }, 'UnsupportedOperation'],
    ['more than ten messages', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    [
      'a message with attributes',
      'SendMessage',
      { QueueUrl, MessageBody: 'x', MessageAttributes: {} },
      'InvalidParameterValue',
    ],
  ])('a dead-letter queue refuses %s by its name', async (_what, operation, body, type) => {
    expect(await queues.handle(operation, body)).toMatchObject({
      status: 400,
      body: { __type: `com.amazonaws.sqs#${type}` },
    });
  });

  it('a dead-letter queue stops the start when the template asks for what it is not', () => {
    expect(() => queues.ensureQueue({ FifoQueue: true }, 'left.fifo')).toThrow(/no FIFO queues/);
    expect(() => queues.ensureQueue({ RedrivePolicy: { maxReceiveCount: 3 } }, 'left')).toThrow(/no redrive policy/);
  });
});
