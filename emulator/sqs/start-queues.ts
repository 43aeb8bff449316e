import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import type { JsonAnswer } from '../dynamodb/aws-json-client.ts';
import { QueueStore, type Message, type Queue } from './queue-store.ts';

export interface QueuesOptions {
  /** Everything lies in `<dataDir>/sqs.db`. */
  readonly dataDir: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly region: string;
  readonly accountId: string;
  /** `http://host:port` under which clients reach the queues. */
  readonly endpoint: string;
}

export interface Queues {
  /** One AWS JSON call of SQS, for example `ReceiveMessage`. */
  readonly handle: (operation: string, body: unknown) => Promise<JsonAnswer>;
  /**
   * Creates the queue of the template, or sets what it says.
   * @param properties of `AWS::SQS::Queue`, with every reference resolved
   * @throws ZodError for a FIFO queue and for a redrive policy, which nothing here would follow
   */
  readonly ensureQueue: (properties: unknown, name: string) => void;
  /** Puts a message into the queue with that ARN; rejects when there is none. On disk once it resolves. */
  readonly send: (queueArn: string, body: string) => Promise<void>;
  /** The queue with that ARN, as an event source mapping reads it. @throws when there is none */
  readonly source: (queueArn: string) => QueueSource;
  readonly close: () => void;
}

/** A queue that feeds a function. */
export interface QueueSource {
  readonly arn: string;
  readonly region: string;
  /** The oldest that can be received, hidden for as long as the queue says. */
  readonly take: (count: number) => readonly Message[];
  readonly remove: (message: Message) => void;
  /** How many can be received now. */
  readonly visible: () => number;
  /** Resolves when a message comes, after `ms` of real time, or when it is called off. */
  readonly next: (ms: number, signal: AbortSignal) => Promise<void>;
}

const QueueProperties = z.object({
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  VisibilityTimeout: z.coerce.number().default(30),
  FifoQueue: z.literal(false, 'The local SQS has no FIFO queues').optional(),
  RedrivePolicy: z.undefined('The local SQS follows no redrive policy').optional(),
});

const Named = z.object({ QueueUrl: z.string() });
const Receive = Named.extend({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: z.number().int().min(0).max(43_200).optional(),
  WaitTimeSeconds: z.number().int().min(0).max(20).default(0),
});

/** A refusal in SQS's words. */
class QueueRefusal extends Error {
  override readonly name = 'QueueRefusal';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** As much of SQS as a dead-letter destination needs: to be filled, looked at and emptied. */
export function startQueues({ dataDir, clock, region, accountId, endpoint }: QueuesOptions): Queues {
  mkdirSync(dataDir, { recursive: true });
  const store = new QueueStore(join(dataDir, 'sqs.db'), () => clock.now());
  const urlOf = (name: string) => `${endpoint}/${accountId}/${name}`;
  const arnOf = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;
  const queueNamed = (name: string): Queue => {
    const queue = store.queue(name);
    if (queue === undefined) throw new QueueRefusal('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  /** A URL ends in the queue's name, whatever name of this machine the client used before it. */
  const queueIn = (body: unknown) => queueNamed(Named.parse(body).QueueUrl.split('/').at(-1) ?? '');

  const operations: Readonly<Record<string, (body: unknown) => unknown>> = {
    ListQueues: (body) => {
      const { QueueNamePrefix } = z.object({ QueueNamePrefix: z.string().default('') }).parse(body);
      return {
        QueueUrls: store
          .queueNames()
          .filter((name) => name.startsWith(QueueNamePrefix))
          .map(urlOf),
      };
    },
    GetQueueUrl: (body) => ({
      QueueUrl: urlOf(queueNamed(z.object({ QueueName: z.string() }).parse(body).QueueName).name),
    }),
    GetQueueAttributes: (body) => {
      const queue = queueIn(body);
      const { visible, inFlight } = store.counts(queue);
      return {
        Attributes: {
          QueueArn: arnOf(queue.name),
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(inFlight),
          MessageRetentionPeriod: String(queue.retentionMs / 1000),
          VisibilityTimeout: String(queue.visibilityMs / 1000),
        },
      };
    },
    SendMessage: (body) => {
      const { MessageBody } = z
        .object({
          MessageBody: z.string().min(1),
          MessageAttributes: z.undefined('The local SQS keeps no message attributes').optional(),
        })
        .parse(body);
      return { MessageId: store.add(queueIn(body), MessageBody), MD5OfMessageBody: md5(MessageBody) };
    },
    ReceiveMessage: async (body) => {
      const queue = queueIn(body);
      const { MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds } = Receive.parse(body);
      const take = () =>
        store.take(
          queue,
          MaxNumberOfMessages,
          VisibilityTimeout === undefined ? queue.visibilityMs : VisibilityTimeout * 1000,
        );
      let messages = take();
      if (messages.length === 0 && WaitTimeSeconds > 0) {
        await store.nextMessage(queue, WaitTimeSeconds * 1000);
        messages = take();
      }
      return messages.length === 0 ? {} : { Messages: messages.map(shown) };
    },
    DeleteMessage: (body) => {
      store.remove(queueIn(body), z.object({ ReceiptHandle: z.string() }).parse(body).ReceiptHandle);
      return {};
    },
    PurgeQueue: (body) => {
      store.purge(queueIn(body));
      return {};
    },
  };

  return {
    async handle(operation, body) {
      const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (known === undefined)
        return failure('UnsupportedOperation', `The local SQS does not know the call ${operation}.`);
      try {
        return { status: 200, body: await known(body) };
      } catch (error) {
        if (error instanceof QueueRefusal) return failure(error.type, error.message);
        if (error instanceof z.ZodError) return failure('InvalidParameterValue', z.prettifyError(error));
        throw error;
      }
    },
    ensureQueue(properties, name) {
      const { MessageRetentionPeriod, VisibilityTimeout } = QueueProperties.parse(properties);
      store.putQueue({ name, retentionMs: MessageRetentionPeriod * 1000, visibilityMs: VisibilityTimeout * 1000 });
    },
    async send(queueArn, body) {
      store.add(queueNamed(queueArn.split(':').at(-1) ?? ''), body);
    },
    source(queueArn) {
      const queue = queueNamed(queueArn.split(':').at(-1) ?? '');
      return {
        arn: queueArn,
        region,
        take: (count) => store.take(queue, count, queue.visibilityMs),
        remove: ({ receiptHandle }) => store.remove(queue, receiptHandle),
        visible: () => store.counts(queue).visible,
        next: async (ms, signal) => store.nextMessage(queue, ms, signal),
      };
    },
    close: () => store.close(),
  };
}

function shown({ messageId, body, receiptHandle, sentAt, receives }: Message): unknown {
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    Body: body,
    MD5OfBody: md5(body),
    Attributes: { SentTimestamp: String(Math.floor(sentAt)), ApproximateReceiveCount: String(receives) },
  };
}

function failure(type: string, message: string): JsonAnswer {
  return { status: 400, body: { __type: `com.amazonaws.sqs#${type}`, message } };
}

/** As SQS says it of a body. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
