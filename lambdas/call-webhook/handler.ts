import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { subscriptionDoor } from '../../adapters/dynamodb/doors/subscriptions.ts';
import { receiverCalls } from '../../adapters/http/call-receiver.ts';
import { byRoute, endpoint } from '../../adapters/http/endpoint.ts';
import { drawUnique } from '../../adapters/identifiers.ts';
import { signCall } from '../../adapters/webhook-signature.ts';
import { redeliverEvent } from '../../contract/redeliver-event.ts';
import { testWebhook } from '../../contract/test-webhook.ts';
import { redelivering, testing } from './call-webhook.ts';
import { Env } from './env.ts';

const { FEEDS_TABLE, FEED_SOURCE, LOOPBACK_RECEIVERS } = Env.parse(process.env);
const ports = {
  door: subscriptionDoor(documentClient(), FEEDS_TABLE),
  call: receiverCalls({ toLoopback: LOOPBACK_RECEIVERS === 'on', mostMilliseconds: 10_000 }),
  sign: signCall,
  source: FEED_SOURCE,
  now: Date.now,
  drawId: drawUnique,
};

export const handler = byRoute([
  [testWebhook, endpoint(testWebhook, testing(ports))],
  [redeliverEvent, endpoint(redeliverEvent, redelivering(ports))],
]);
