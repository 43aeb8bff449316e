import { count } from '../../adapters/count.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoWebhooks } from '../../adapters/dynamodb/webhooks.ts';
import { receiverCalls } from '../../adapters/http/call-receiver.ts';
import { drawUnique } from '../../adapters/identifiers.ts';
import { sqsClient } from '../../adapters/sqs/dead-letters.ts';
import { wakingThrough, woken } from '../../adapters/sqs/wakes.ts';
import { signCall } from '../../adapters/webhook-signature.ts';
import { Env } from './env.ts';
import { sendWebhooks } from './send-webhooks.ts';

const { FEEDS_TABLE, WAKE_QUEUE_URL, LOOPBACK_RECEIVERS } = Env.parse(process.env);

export const handler = woken(
  sendWebhooks({
    book: dynamoWebhooks(documentClient(), FEEDS_TABLE),
    call: receiverCalls({ toLoopback: LOOPBACK_RECEIVERS === 'on', mostMilliseconds: 10_000 }),
    sign: signCall,
    wake: wakingThrough(sqsClient(), WAKE_QUEUE_URL),
    now: Date.now,
    drawHolder: drawUnique,
    onPaused: () => count('WebhooksPaused', 1),
  }),
);
