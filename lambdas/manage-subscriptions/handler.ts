import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { subscriptionDoor } from '../../adapters/dynamodb/doors/subscriptions.ts';
import { byRoute, endpoint } from '../../adapters/http/endpoint.ts';
import { drawSubscriptionId } from '../../adapters/identifiers.ts';
import { changeSubscription } from '../../contract/change-subscription.ts';
import { createSubscription } from '../../contract/create-subscription.ts';
import { endSubscription } from '../../contract/end-subscription.ts';
import { listSubscriptions } from '../../contract/list-subscriptions.ts';
import { readSubscription } from '../../contract/read-subscription.ts';
import { Env } from './env.ts';
import { changing, creating, ending, listing, reading } from './manage-subscriptions.ts';

const { FEEDS_TABLE, FEED_LANES } = Env.parse(process.env);
const ports = {
  door: subscriptionDoor(documentClient(), FEEDS_TABLE),
  lanes: Number(FEED_LANES),
  now: Date.now,
  drawId: drawSubscriptionId,
};

export const handler = byRoute([
  [createSubscription, endpoint(createSubscription, creating(ports))],
  [listSubscriptions, endpoint(listSubscriptions, listing(ports))],
  [readSubscription, endpoint(readSubscription, reading(ports))],
  [changeSubscription, endpoint(changeSubscription, changing(ports))],
  [endSubscription, endpoint(endSubscription, ending(ports))],
]);
