import type { FeedFilter, Subscription } from '../feeds/subscription.ts';
import type { Webhook } from '../feeds/webhook.ts';
import type { JourneyEvent, Note, Route } from '../journey/dossier.ts';

/** How far a dossier has been published, and its route there. */
export interface Published {
  /** Of the last event. */
  readonly number: number;
  readonly route: Route;
}

/** Where an entry stands in the lane of a subscription. */
export interface LanePlace {
  readonly subscriptionId: string;
  readonly lane: number;
  /** Gapless, from 1. */
  readonly sequence: number;
}

/** One arrival as a subscriber is told of it: written once, and the same however often it is read. */
export interface FeedEntry extends LanePlace {
  readonly eventId: string;
  readonly dossierId: string;
  /** The body as it is sent, and signed. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
}

/** An arrival to be written into lanes. */
export interface Arrival {
  readonly dossierId: string;
  readonly telling: JourneyEvent | Note;
  /** What the dossier's position must be and becomes; of an event only, notes are each known by themselves. */
  readonly position?: { readonly from: Published | undefined; readonly to: Published };
  readonly hearing: readonly Subscription[];
  /** The body of an entry, once its place is known. */
  readonly bodyAt: (place: LanePlace) => string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Writes lanes. */
export interface FeedWriter {
  /** Every subscription there is now. */
  subscriptions(): Promise<readonly Subscription[]>;
  /** How far the dossier has been published; undefined for not at all. */
  published(dossierId: string): Promise<Published | undefined>;
  /**
   * Writes one arrival into a lane of every subscription that hears it, with the next sequence of each lane, in one
   * act. `known`: somebody has.
   */
  publish(arrival: Arrival): Promise<'written' | 'known'>;
}

/** How far each lane of a subscription goes: its newest sequence, 0 for nothing yet, by the number of the lane. */
export type Sequences = readonly number[];

/** Reads lanes. */
export interface FeedReader {
  newest(subscription: Pick<Subscription, 'subscriptionId' | 'lanes'>): Promise<Sequences>;
  /**
   * The next entries of a lane after a sequence, so many at most, that are still kept.
   * @param now epoch milliseconds
   */
  entries(place: LanePlace, most: number, now: number): Promise<readonly FeedEntry[]>;
}

/** What of a subscription its owner changes. */
export interface SubscriptionChange {
  readonly filter?: FeedFilter;
  /** `none` takes it away. */
  readonly webhook?: Webhook | 'none';
}

/** Keeps subscriptions. */
export interface SubscriptionBook {
  /** `full`: the unit has as many as it may. */
  add(subscription: Subscription): Promise<'added' | 'full'>;
  find(subscriptionId: string): Promise<Subscription | undefined>;
  all(): Promise<readonly Subscription[]>;
  /** `gone`: it has ended meanwhile. */
  change(subscriptionId: string, change: SubscriptionChange): Promise<Subscription | 'gone'>;
  /** Nothing is heard any more; its entries go with their time. @param now epoch milliseconds */
  end(subscription: Subscription, now: number): Promise<void>;
}

/** The book, as the publisher reads it. */
export interface ArrivalReader {
  /** The events of a dossier in the order of arrival, after one number and up to another. */
  between(dossierId: string, after: number, upTo: number): Promise<readonly JourneyEvent[]>;
  /** What was noted, by its key in the book; undefined for nothing. */
  noted(dossierId: string, key: string): Promise<Note | undefined>;
}
