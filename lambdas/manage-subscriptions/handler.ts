import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { subscriptionDoor } from '../../adapters/dynamodb/doors/subscriptions.ts';
import { byRoute, endpoint } from '../../adapters/http/endpoint.ts';
import { mayBeCalled } from '../../adapters/http/public-address.ts';
import { drawSubscriptionId } from '../../adapters/identifiers.ts';
import { sqsClient } from '../../adapters/sqs/dead-letters.ts';
import { wakingThrough } from '../../adapters/sqs/wakes.ts';
import { drawSecret } from '../../adapters/webhook-signature.ts';
import { changeSubscription } from '../../contract/change-subscription.ts';
import { createSubscription } from '../../contract/create-subscription.ts';
import { endSubscription } from '../../contract/end-subscription.ts';
import { listDeliveries } from '../../contract/list-deliveries.ts';
import { listSubscriptions } from '../../contract/list-subscriptions.ts';
import { readSubscription } from '../../contract/read-subscription.ts';
import { replaySubscription } from '../../contract/replay-subscription.ts';
import { rotateSecret } from '../../contract/rotate-secret.ts';
import { Env } from './env.ts';
import {
  changing,
  creating,
  delivered,
  ending,
  listing,
  reading,
  replaying,
  rotating,
} from './manage-subscriptions.ts';

const { FEEDS_TABLE, FEED_LANES, WAKE_QUEUE_URL, LOOPBACK_RECEIVERS } = Env.parse(process.env);
const ports = {
  door: subscriptionDoor(documentClient(), FEEDS_TABLE),
  lanes: Number(FEED_LANES),
  now: Date.now,
  drawId: drawSubscriptionId,
  drawSecret,
  mayBeCalled: mayBeCalled(LOOPBACK_RECEIVERS === 'on'),
  wake: wakingThrough(sqsClient(), WAKE_QUEUE_URL),
};

export const handler = byRoute([
  [createSubscription, endpoint(createSubscription, creating(ports))],
  [listSubscriptions, endpoint(listSubscriptions, listing(ports))],
  [readSubscription, endpoint(readSubscription, reading(ports))],
  [changeSubscription, endpoint(changeSubscription, changing(ports))],
  [endSubscription, endpoint(endSubscription, ending(ports))],
  [rotateSecret, endpoint(rotateSecret, rotating(ports))],
  [replaySubscription, endpoint(replaySubscription, replaying(ports))],
  [listDeliveries, endpoint(listDeliveries, delivered(ports))],
]);
