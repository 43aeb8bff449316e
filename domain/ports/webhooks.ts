import type { Subscription } from '../feeds/subscription.ts';
import type { Called, LaneSent, Webhook } from '../feeds/webhook.ts';
import type { FeedEntry, LanePlace, Sequences } from './feeds.ts';

/** One call that was made, for its owner to look at. */
export interface Delivery extends Called, LanePlace {
  readonly eventId: string;
  readonly dossierId: string;
  readonly at: number;
  /** Which try of this entry. */
  readonly attempt: number;
}

/** Where a delivery stands among the others. */
export type DeliveryPlace = Pick<Delivery, 'at' | 'lane' | 'sequence'>;

/** What senders of one subscription keep. */
export interface SenderBook {
  find(subscriptionId: string): Promise<Subscription | undefined>;
  newest(subscription: Pick<Subscription, 'subscriptionId' | 'lanes'>): Promise<Sequences>;
  /** As in `FeedReader`. */
  entries(place: LanePlace, most: number, now: number): Promise<readonly FeedEntry[]>;
  /** How far each lane is, by its number. */
  sent(subscription: Pick<Subscription, 'subscriptionId' | 'lanes'>): Promise<readonly LaneSent[]>;
  /** `moved`: somebody has moved the lane since it was at `from`. */
  move(lane: Pick<LanePlace, 'subscriptionId' | 'lane'>, from: number, to: LaneSent): Promise<'moved' | 'written'>;
  /** Of all senders of a subscription one works, until it releases it or its time is over. */
  claim(subscriptionId: string, holder: string, now: number, until: number): Promise<boolean>;
  release(subscriptionId: string, holder: string): Promise<void>;
  log(delivery: Delivery): Promise<void>;
  /** `paused` undefined lets it go on. @returns false when there is no webhook any more, or it is so already */
  pause(subscriptionId: string, paused: Webhook['paused']): Promise<boolean>;
}

/** What the owner of a webhook reads and changes. */
export interface WebhookBook {
  /** The newest deliveries before a place, so many at most. */
  deliveries(subscriptionId: string, before: DeliveryPlace | undefined, most: number): Promise<readonly Delivery[]>;
  entry(place: LanePlace, now: number): Promise<FeedEntry | undefined>;
  /** The sequence of the last entry of a lane that was written before an instant and what is kept since, or 0. */
  before(lane: Pick<LanePlace, 'subscriptionId' | 'lane'>, instant: number, now: number): Promise<number>;
}

/** Calls a receiver. Never throws for what the receiver does. */
export type CallReceiver = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Called>;

/** Signs a call after Standard Webhooks. @returns its headers */
export type SignCall = (
  webhook: Webhook,
  call: { readonly id: string; readonly at: number; readonly body: string },
) => Readonly<Record<string, string>>;

/** Has somebody look after a subscription's lanes soon; what is lost of it the next round makes up for. */
export type WakeSender = (subscriptionId: string) => Promise<void>;
