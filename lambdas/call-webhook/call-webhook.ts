import { deliveryView } from '../../contract/delivery-view.ts';
import { testEvent } from '../../contract/feed-event.ts';
import type { UseCase } from '../../contract/operation.ts';
import type { redeliverEvent } from '../../contract/redeliver-event.ts';
import type { testWebhook } from '../../contract/test-webhook.ts';
import type { OpenedSubscription, SubscriptionDoor } from '../../domain/people/subscriptions.ts';
import type { CallReceiver, Delivery, SignCall } from '../../domain/ports/webhooks.ts';

export interface CallPorts {
  readonly door: SubscriptionDoor;
  readonly call: CallReceiver;
  readonly sign: SignCall;
  /** Which system calls: a URI. */
  readonly source: string;
  readonly now: () => number;
  readonly drawId: () => string;
}

/** Calls the receiver with an event that is about nothing. */
export function testing(ports: CallPorts): UseCase<typeof testWebhook> {
  const { door, source, now, drawId } = ports;
  return async ({ path: { subscriptionId } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'change');
    if (!opened) return unknown;
    const eventId = drawId();
    const body = JSON.stringify(testEvent(source, eventId, subscriptionId, now()));
    return called(ports, opened, { id: eventId, body, delivery: { lane: 0, sequence: 0, eventId, dossierId: '' } });
  };
}

/** Sends one event again, out of its order. */
export function redelivering(ports: CallPorts): UseCase<typeof redeliverEvent> {
  const { door, now } = ports;
  return async ({ path: { subscriptionId }, body: { lane, sequence } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'change');
    if (!opened) return unknown;
    const entry = lane < opened.subscription.lanes ? await opened.entry(lane, sequence, now()) : undefined;
    if (entry === undefined)
      return { refusal: { name: opened.subscription.webhook === undefined ? 'NoWebhook' : 'UnknownDelivery' } };
    const { eventId, dossierId, body } = entry;
    return called(ports, opened, {
      id: `${dossierId}.${eventId}`,
      body,
      delivery: { lane, sequence, eventId, dossierId },
    });
  };
}

/** Each call is logged, whatever came of it. */
async function called(
  { call, sign, now }: CallPorts,
  { subscription: { subscriptionId, webhook }, log }: OpenedSubscription,
  {
    id,
    body,
    delivery,
  }: {
    readonly id: string;
    readonly body: string;
    readonly delivery: Pick<Delivery, 'lane' | 'sequence' | 'eventId' | 'dossierId'>;
  },
) {
  if (webhook === undefined) return { refusal: { name: 'NoWebhook' } } as const;
  const at = now();
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    ...sign(webhook, { id, at, body }),
  };
  const made = { ...delivery, at, attempt: 1, ...(await call(webhook.url, headers, body)) };
  await log(made);
  return { status: 200, body: deliveryView({ subscriptionId, ...made }) } as const;
}

const unknown = { refusal: { name: 'UnknownSubscription' } } as const;
