import {
  DeleteMessageCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { executionOf } from '../../domain/codes/dossier-id.ts';

/** One client for a function's lifetime. */
export function sqsClient(): SQSClient {
  return new SQSClient({});
}

/** The queue of what could not be handled; a letter names its dossier and why, and nothing about people. */
export function deadLetters(client: SQSClient, queueUrl: string) {
  return async (dossierId: string, reason: string): Promise<void> => {
    await client.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ dossierId, reason }) }),
    );
  };
}

/** What a letter is about: dossiers by their ids, or stream records that can no longer be told apart. */
export type Letter = { readonly dossierId: string } | 'records' | 'nothing';

const SetAside = z.object({ dossierId: z.string() });
const Event = z.object({ detail: z.object({ name: z.string() }) });
/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const FailedCall = z.object({ requestPayload: z.unknown() });
/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
const FailedBatch = z.object({ DDBStreamBatchInfo: z.unknown() });

/** Takes apart what was set aside by name, what EventBridge or Lambda gave up on, and batches of the stream. */
export function letterIn(body: unknown): Letter {
  const named = SetAside.safeParse(body).data;
  if (named !== undefined) return { dossierId: named.dossierId };
  if (FailedBatch.safeParse(body).success) return 'records';
  const event = Event.safeParse(FailedCall.safeParse(body).data?.requestPayload ?? body).data;
  const ended = event && executionOf(event.detail.name);
  // A sweep that failed names nobody: the next one has done its work.
  return ended === undefined ? 'nothing' : { dossierId: ended.dossierId };
}

/** The one queue whose name says that dead letters lie in it; undefined when there is none, or several. */
export async function deadLetterQueueOf(client: SQSClient): Promise<string | undefined> {
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const [found, ...others] = QueueUrls.filter((url) => url.includes('DeadLetters'));
  return others.length > 0 ? undefined : found;
}

/**
 * Hands over every letter, each once `handle` has dealt with it gone from the queue.
 * @returns how many there were
 */
export async function emptyQueue(
  client: SQSClient,
  queueUrl: string,
  handle: (letter: Letter) => Promise<void>,
): Promise<number> {
  for (let count = 0; ;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 120 }),
    );
    if (Messages.length === 0) return count;
    for (const { Body = '', ReceiptHandle } of Messages) {
      await handle(letterIn(parsed(Body)));
      await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      count += 1;
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
