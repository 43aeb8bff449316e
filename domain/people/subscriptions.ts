import { isOwn, type Subscription } from '../feeds/subscription.ts';
import type { LaneSent, Webhook } from '../feeds/webhook.ts';
import type { Party } from '../journey/dossier.ts';
import type { FeedEntry, FeedReader, Sequences, SubscriptionBook, SubscriptionChange } from '../ports/feeds.ts';
import type { Delivery, DeliveryPlace, SenderBook, WebhookBook } from '../ports/webhooks.ts';

/** A subscription that was opened to somebody: nothing of another is read or changed through it. */
export interface OpenedSubscription {
  readonly subscription: Subscription;
  /** As in the books of subscriptions, of feeds and of webhooks. */
  change(change: SubscriptionChange): ReturnType<SubscriptionBook['change']>;
  end(now: number): Promise<void>;
  newest(): Promise<Sequences>;
  sent(): Promise<readonly LaneSent[]>;
  move(lane: number, from: number, to: LaneSent): ReturnType<SenderBook['move']>;
  pause(paused: Webhook['paused']): Promise<boolean>;
  deliveries(before: DeliveryPlace | undefined, most: number): Promise<readonly Delivery[]>;
  entry(lane: number, sequence: number, now: number): Promise<FeedEntry | undefined>;
  before(lane: number, instant: number, now: number): Promise<number>;
  log(delivery: Omit<Delivery, 'subscriptionId'>): Promise<void>;
}

/** A feed that was opened to somebody. */
export interface OpenedFeed {
  readonly subscription: Subscription;
  /** As in `FeedReader`. */
  newest(): Promise<Sequences>;
  entries(lane: number, after: number, most: number, now: number): Promise<readonly FeedEntry[]>;
}

/** The way to subscriptions for whoever calls the API, and the only one (ADR 0026). */
export interface SubscriptionDoor {
  /**
   * @param deed ops read what is everybody's, and change nothing
   * @returns undefined for one that does not exist, and for another's
   */
  open(subscriptionId: string, caller: Party, deed: 'read' | 'change'): Promise<OpenedSubscription | undefined>;
  /** Those of the caller's unit; all, for ops. */
  list(caller: Party): Promise<readonly Subscription[]>;
  add(subscription: Subscription): ReturnType<SubscriptionBook['add']>;
}

/** The way to what a subscription has heard. */
export interface FeedDoor {
  open(subscriptionId: string, caller: Party): Promise<OpenedFeed | undefined>;
}

export function subscriptionDoorOf(book: SubscriptionBook, webhooks: SenderBook & WebhookBook): SubscriptionDoor {
  return {
    open: async (subscriptionId, caller, deed) => {
      const subscription = await opened(book, subscriptionId, caller, deed);
      return (
        subscription && {
          subscription,
          change: async (change) => book.change(subscriptionId, change),
          end: async (now) => book.end(subscription, now),
          newest: async () => webhooks.newest(subscription),
          sent: async () => webhooks.sent(subscription),
          move: async (lane, from, to) => webhooks.move({ subscriptionId, lane }, from, to),
          pause: async (paused) => webhooks.pause(subscriptionId, paused),
          deliveries: async (before, most) => webhooks.deliveries(subscriptionId, before, most),
          entry: async (lane, sequence, now) => webhooks.entry({ subscriptionId, lane, sequence }, now),
          before: async (lane, instant, now) => webhooks.before({ subscriptionId, lane }, instant, now),
          log: async (delivery) => webhooks.log({ subscriptionId, ...delivery }),
        }
      );
    },
    list: async (caller) => (await book.all()).filter((one) => isFor(one, caller, 'read')),
    add: async (subscription) => book.add(subscription),
  };
}

export function feedDoorOf(book: Pick<SubscriptionBook, 'find'>, feeds: FeedReader): FeedDoor {
  return {
    open: async (subscriptionId, caller) => {
      const subscription = await opened(book, subscriptionId, caller, 'read');
      return (
        subscription && {
          subscription,
          newest: async () => feeds.newest(subscription),
          entries: async (lane, sequence, most, now) => feeds.entries({ subscriptionId, lane, sequence }, most, now),
        }
      );
    },
  };
}

async function opened(
  book: Pick<SubscriptionBook, 'find'>,
  subscriptionId: string,
  caller: Party,
  deed: 'read' | 'change',
): Promise<Subscription | undefined> {
  const subscription = await book.find(subscriptionId);
  return subscription !== undefined && isFor(subscription, caller, deed) ? subscription : undefined;
}

function isFor(subscription: Subscription, caller: Party, deed: 'read' | 'change'): boolean {
  return isOwn(subscription, caller) || (caller.role === 'ops' && deed === 'read');
}
