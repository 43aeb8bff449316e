import type { Subscription } from '../feeds/subscription.ts';
import type { Sequences } from './feeds.ts';
import type { Position } from './lists.ts';

/** Positions as callers keep them. */
export interface Cursors {
  /** @param list whose list it is, and which */
  write(list: readonly string[], position: Position): string;
  /** Undefined for the cursor of another list, and for none. */
  read(list: readonly string[], cursor: string): Position | undefined;
}

/** Places in all lanes of a feed at once, as a reader carries them about. */
export interface FeedCursors {
  write(subscription: Pick<Subscription, 'subscriptionId'>, sequences: Sequences): string;
  /** @returns undefined for one of another feed, or of none */
  read(subscription: Pick<Subscription, 'subscriptionId' | 'lanes'>, cursor: string): Sequences | undefined;
}
