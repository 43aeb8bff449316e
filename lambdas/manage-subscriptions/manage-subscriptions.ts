import type { changeSubscription } from '../../contract/change-subscription.ts';
import type { createSubscription } from '../../contract/create-subscription.ts';
import { deliveryView } from '../../contract/delivery-view.ts';
import type { endSubscription } from '../../contract/end-subscription.ts';
import type { listDeliveries } from '../../contract/list-deliveries.ts';
import type { listSubscriptions } from '../../contract/list-subscriptions.ts';
import type { UseCase } from '../../contract/operation.ts';
import type { readSubscription } from '../../contract/read-subscription.ts';
import type { replaySubscription } from '../../contract/replay-subscription.ts';
import type { rotateSecret } from '../../contract/rotate-secret.ts';
import { subscriptionView } from '../../contract/subscription-view.ts';
import { bothSecretsMs } from '../../domain/feeds/webhook.ts';
import type { OpenedSubscription, SubscriptionDoor } from '../../domain/people/subscriptions.ts';
import { roles } from '../../domain/roles.ts';
import type { DeliveryPlace, WakeSender } from '../../domain/ports/webhooks.ts';

export interface SubscriptionPorts {
  readonly door: SubscriptionDoor;
  /** So many lanes a new subscription has. */
  readonly lanes: number;
  readonly now: () => number;
  readonly drawId: () => string;
  readonly drawSecret: () => string;
  /** Whether anybody is called at this address. */
  readonly mayBeCalled: (url: string) => boolean;
  readonly wake: WakeSender;
}

/** Subscribes the caller's own unit, with its role: what is heard follows their right. */
export function creating(ports: SubscriptionPorts): UseCase<typeof createSubscription> {
  const { door, lanes, now, drawId, drawSecret, mayBeCalled } = ports;
  return async ({ body: { filter, url } }, { role, unit }) => {
    const [known] = roles.filter((one) => one === role);
    if (known === undefined) throw new Error('the clock subscribes to nothing');
    if (url !== undefined && !mayBeCalled(url)) return { refusal: { name: 'AddressRefused' } };
    const webhook = url === undefined ? undefined : { url, secret: drawSecret() };
    const subscription = {
      subscriptionId: drawId(),
      party: { role: known, unit },
      filter,
      createdAt: now(),
      lanes,
      ...(webhook === undefined ? {} : { webhook }),
    };
    if ((await door.add(subscription)) === 'full') return { refusal: { name: 'TooManySubscriptions' } };
    const secret = webhook === undefined ? {} : { secret: webhook.secret };
    return { status: 201, body: { ...subscriptionView(subscription), ...secret } };
  };
}

/** The subscriptions of the caller's unit, or all, for ops. */
export function listing({ door }: SubscriptionPorts): UseCase<typeof listSubscriptions> {
  return async (_request, caller) => ({
    status: 200,
    body: { items: (await door.list(caller)).map((one) => subscriptionView(one)) },
  });
}

/** One subscription of the caller's unit, and how its calls go. */
export function reading({ door }: SubscriptionPorts): UseCase<typeof readSubscription> {
  return async ({ path: { subscriptionId } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'read');
    return opened ? { status: 200, body: await asItGoes(opened) } : unknown;
  };
}

async function asItGoes(opened: OpenedSubscription): Promise<ReturnType<typeof subscriptionView>> {
  if (opened.subscription.webhook === undefined) return subscriptionView(opened.subscription);
  const [newest, sent] = await Promise.all([opened.newest(), opened.sent()]);
  return subscriptionView(opened.subscription, { newest, sent });
}

/** Changes what is heard from now on, where it is sent, and whether. */
export function changing(ports: SubscriptionPorts): UseCase<typeof changeSubscription> {
  const { door, now, drawSecret, mayBeCalled, wake } = ports;
  return async ({ path: { subscriptionId }, body: { filter, url, paused } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'change');
    if (!opened) return unknown;
    const { webhook: before } = opened.subscription;
    if (typeof url === 'string' && !mayBeCalled(url)) return { refusal: { name: 'AddressRefused' } };
    if (paused !== undefined && (url === null || (url ?? before) === undefined)) return noWebhook;
    const isFirst = typeof url === 'string' && before === undefined;
    const webhook = typeof url === 'string' ? { ...(before ?? { secret: drawSecret() }), url } : undefined;
    if (isFirst) await fromNowOn(opened);
    const changed = await opened.change({
      ...(filter === undefined ? {} : { filter }),
      ...(webhook === undefined ? {} : { webhook }),
      ...(url === null ? { webhook: 'none' } : {}),
    });
    if (changed === 'gone') return unknown;
    if (paused === true) await opened.pause({ at: now(), why: 'asked' });
    if (paused === false) await goOn(opened, subscriptionId, wake);
    const again = await door.open(subscriptionId, caller, 'read');
    if (!again) return unknown;
    const secret = isFirst && webhook !== undefined ? { secret: webhook.secret } : {};
    return { status: 200, body: { ...(await asItGoes(again)), ...secret } };
  };
}

/** Whoever begins to be called hears what comes; what came before he can fetch, or have replayed. */
async function fromNowOn(opened: OpenedSubscription): Promise<void> {
  const [newest, sent] = await Promise.all([opened.newest(), opened.sent()]);
  await Promise.all(newest.map(async (sequence, lane) => opened.move(lane, sent[lane]?.sent ?? 0, { sent: sequence })));
}

/** Lets the calls go on where they stopped, and at once. */
async function goOn(opened: OpenedSubscription, subscriptionId: string, wake: WakeSender): Promise<void> {
  const sent = await opened.sent();
  await Promise.all(
    sent.flatMap((lane, index) => (lane.failing ? [opened.move(index, lane.sent, { sent: lane.sent })] : [])),
  );
  await opened.pause(undefined);
  await wake(subscriptionId);
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

/** Draws another secret, and lets the one before sign for a day. */
export function rotating({ door, now, drawSecret }: SubscriptionPorts): UseCase<typeof rotateSecret> {
  return async ({ path: { subscriptionId } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'change');
    if (!opened) return unknown;
    const { webhook } = opened.subscription;
    if (webhook === undefined) return noWebhook;
    const secret = drawSecret();
    const former = { secret: webhook.secret, until: now() + bothSecretsMs };
    const changed = await opened.change({ webhook: { ...webhook, secret, former } });
    return changed === 'gone' ? unknown : { status: 200, body: { ...subscriptionView(changed), secret } };
  };
}

/** Puts every lane where it was at an instant, and lets the calls go on from there. */
export function replaying({ door, now, wake }: SubscriptionPorts): UseCase<typeof replaySubscription> {
  return async ({ path: { subscriptionId }, body: { from } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'change');
    if (!opened) return unknown;
    if (opened.subscription.webhook === undefined) return noWebhook;
    for (const lane of Array.from({ length: opened.subscription.lanes }).keys()) {
      const sequence = await opened.before(lane, from, now());
      // Whoever sends meanwhile moves on: his lane is put back all the same.
      for (let at = (await opened.sent())[lane]?.sent ?? 0; at !== sequence;) {
        if ((await opened.move(lane, at, { sent: sequence })) === 'written') break;
        at = (await opened.sent())[lane]?.sent ?? 0;
      }
    }
    await goOn(opened, subscriptionId, wake);
    const again = await door.open(subscriptionId, caller, 'read');
    return again ? { status: 200, body: await asItGoes(again) } : unknown;
  };
}

const usualLength = 50;

/** The calls of a webhook, the newest first. */
export function delivered({ door }: SubscriptionPorts): UseCase<typeof listDeliveries> {
  return async ({ path: { subscriptionId }, query: { cursor, limit = usualLength } }, caller) => {
    const opened = await door.open(subscriptionId, caller, 'read');
    if (!opened) return unknown;
    const found = await opened.deliveries(placeIn(cursor), limit);
    const last = found.at(-1);
    const next =
      found.length < limit || last === undefined ? {} : { next: [last.at, last.lane, last.sequence].join('.') };
    return { status: 200, body: { items: found.map(deliveryView), ...next } };
  };
}

function placeIn(cursor: string | undefined): DeliveryPlace | undefined {
  if (cursor === undefined) return undefined;
  const [at = 0, lane = 0, sequence = 0] = cursor.split('.').map(Number);
  return { at, lane, sequence };
}

const unknown = { refusal: { name: 'UnknownSubscription' } } as const;
const noWebhook = { refusal: { name: 'NoWebhook' } } as const;
