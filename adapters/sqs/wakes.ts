import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { WakeSender } from '../../domain/ports/webhooks.ts';
import { log } from '../log.ts';
import { describeUnexpected } from '../unexpected-error.ts';

const Wake = z.object({ subscriptionId: z.string() });
const Batch = z.object({ Records: z.array(z.object({ body: z.string() })) });

/** Wakes senders through a queue. What cannot be sent is left to the round that looks after every lane. */
export function wakingThrough(client: SQSClient, queueUrl: string): WakeSender {
  return async (subscriptionId) => {
    try {
      const wake: z.input<typeof Wake> = { subscriptionId };
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(wake) }));
    } catch (error) {
      log.error('not woken', { subscriptionId, ...describeUnexpected(error) });
    }
  };
}

/** Has a sender look after each subscription that a batch of the queue names. */
export function woken(send: (subscriptionId: string) => Promise<void>) {
  return async (event: unknown): Promise<void> => {
    for (const { body } of Batch.parse(event).Records) await send(Wake.parse(JSON.parse(body)).subscriptionId);
  };
}
