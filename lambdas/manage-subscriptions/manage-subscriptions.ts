import type { changeSubscription } from '../../contract/change-subscription.ts';
import type { createSubscription } from '../../contract/create-subscription.ts';
import type { endSubscription } from '../../contract/end-subscription.ts';
import type { listSubscriptions } from '../../contract/list-subscriptions.ts';
import type { UseCase } from '../../contract/operation.ts';
import type { readSubscription } from '../../contract/read-subscription.ts';
import { subscriptionView } from '../../contract/subscription-view.ts';
import type { SubscriptionDoor } from '../../domain/people/subscriptions.ts';
import { roles } from '../../domain/roles.ts';

export interface SubscriptionPorts {
  readonly door: SubscriptionDoor;
  /** So many lanes a new subscription has. */
  readonly lanes: number;
  readonly now: () => number;
  readonly drawId: () => string;
}

/** Subscribes the caller's own unit, with its role: what is heard follows their right. */
export function creating({ door, lanes, now, drawId }: SubscriptionPorts): UseCase<typeof createSubscription> {
  return async ({ body: { filter } }, { role, unit }) => {
    const [known] = roles.filter((one) => one === role);
    if (known === undefined) throw new Error('the clock subscribes to nothing');
    const subscription = { subscriptionId: drawId(), party: { role: known, unit }, filter, createdAt: now(), lanes };
    return (await door.add(subscription)) === 'full'
      ? { refusal: { name: 'TooManySubscriptions' } }
      : { status: 201, body: subscriptionView(subscription) };
  };
}

/** The subscriptions of the caller's unit, or all, for ops. */
export function listing({ door }: SubscriptionPorts): UseCase<typeof listSubscriptions> {
  return async (_request, caller) => ({
    status: 200,
    body: { items: (await door.list(caller)).map(subscriptionView) },
  });
}

/** One subscription of the caller's unit. */
export function reading({ door }: SubscriptionPorts): UseCase<typeof readSubscription> {
  return async ({ path: { subscriptionId } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'read');
    return opened ? { status: 200, body: subscriptionView(opened.subscription) } : unknown;
  };
}

/** Changes what is heard from now on. */
export function changing({ door }: SubscriptionPorts): UseCase<typeof changeSubscription> {
  return async ({ path: { subscriptionId }, body: { filter } }, caller) => {
    const changed = await (await door.open(subscriptionId, caller, 'change'))?.change(filter);
    return changed === undefined || changed === 'gone' ? unknown : { status: 200, body: subscriptionView(changed) };
  };
}

/** Ends a subscription. */
export function ending({ door, now }: SubscriptionPorts): UseCase<typeof endSubscription> {
  return async ({ path: { subscriptionId } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'change');
    if (!opened) return unknown;
    await opened.end(now());
    return { status: 200, body: subscriptionView(opened.subscription) };
  };
}

const unknown = { refusal: { name: 'UnknownSubscription' } } as const;
