import { isOwn, type FeedFilter, type Subscription } from '../feeds/subscription.ts';
import type { Party } from '../journey/dossier.ts';
import type { FeedEntry, FeedReader, Sequences, SubscriptionBook } from '../ports/feeds.ts';

/** A subscription that was opened to somebody: nothing of another is read or changed through it. */
export interface OpenedSubscription {
  readonly subscription: Subscription;
  /** As in `SubscriptionBook`. */
  change(filter: FeedFilter): ReturnType<SubscriptionBook['change']>;
  end(now: number): Promise<void>;
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

export function subscriptionDoorOf(book: SubscriptionBook): SubscriptionDoor {
  return {
    open: async (subscriptionId, caller, deed) => {
      const subscription = await opened(book, subscriptionId, caller, deed);
      return (
        subscription && {
          subscription,
          change: async (filter) => book.change(subscriptionId, filter),
          end: async (now) => book.end(subscription, now),
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
