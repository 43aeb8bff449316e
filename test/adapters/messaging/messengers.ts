import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAwsEndpoint } from '../../../emulator/aws-endpoint/aws-endpoint.ts';
import { jsonFailure } from '../../../emulator/aws-endpoint/json-protocol.ts';
import type { JsonAnswer } from '../../../emulator/dynamodb/aws-json-client.ts';
import { openOutbox, type Outbox } from '../../../emulator/outbox/outbox.ts';
import { startSes } from '../../../emulator/ses/ses.ts';
import { startSns } from '../../../emulator/sns/sns.ts';
import { startQueues } from '../../../emulator/sqs/start-queues.ts';
import { everyKey } from '../../emulator/signing.ts';

/** SNS, SES and SQS behind their wires. */
export interface MessagingAws {
  /** For a client of the SDK, which asks once. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: 1;
  };
  readonly outbox: Outbox;
  readonly queueUrl: string;
  /** The bodies in the queue, without taking them. */
  readonly queued: () => Promise<readonly string[]>;
  /** From now on every call is answered so. */
  answers(answer: JsonAnswer | undefined): void;
  /** What was asked, in turn. */
  readonly asked: readonly { readonly target: string; readonly body: unknown }[];
  close(): Promise<void>;
}

/** A failure that repeats the person. */
export function failureAbout(person: string): JsonAnswer {
  return jsonFailure(500, 'InternalError', `Nothing could be done for ${person}.`);
}

export async function startMessagingAws(): Promise<MessagingAws> {
  const dataDir = mkdtempSync(join(tmpdir(), 'messaging-'));
  const [region, accountId] = ['ap-southeast-1', '000000000000'];
  const clock = { now: () => Date.now() };
  const outbox = openOutbox(dataDir, clock);
  const ses = startSes({ outbox, clock, region });
  ses.ensureIdentity({ EmailIdentity: 'post.example' });
  const queues = startQueues({ dataDir, clock, region, accountId, endpoint: 'http://127.0.0.1:1' });
  queues.ensureQueue({ VisibilityTimeout: 0 }, 'zalo');
  const queueUrl = `http://127.0.0.1:1/${accountId}/zalo`;
  let answer: JsonAnswer | undefined;
  const asked: { target: string; body: unknown }[] = [];
  const endpoint = await createAwsEndpoint({
    port: 0,
    dynamodb: { endpoint: 'http://127.0.0.1:1', noteWrite: () => {}, streamRefusal: () => undefined },
    stepFunctions: queues,
    s3: { handle: () => Promise.reject(new Error('not asked here')) },
    extra: { AmazonSQS: queues },
    sns: startSns(outbox),
    ses,
    gate: (_caller, target, body) => {
      asked.push({ target, body });
      return answer;
    },
    findKey: everyKey,
  });
  return {
    clientConfig: {
      endpoint: endpoint.url,
      region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    },
    outbox,
    queueUrl,
    queued: async () => {
      const { body } = await queues.handle('ReceiveMessage', { QueueUrl: queueUrl, MaxNumberOfMessages: 10 });
      return [...JSON.stringify(body).matchAll(/"Body":("(?:[^"\\]|\\.)*")/g)].map(([, text = '']) =>
        String(JSON.parse(text)),
      );
    },
    answers: (next) => {
      answer = next;
    },
    asked,
    async close() {
      await endpoint.close();
      queues.close();
      outbox.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
