import { feedEvent } from '../../contract/feed-event.ts';
import { routeAfter, routeOf } from '../../domain/feeds/route.ts';
import { hears, type Subscription } from '../../domain/feeds/subscription.ts';
import type { JourneyEvent } from '../../domain/journey/dossier.ts';
import { fold } from '../../domain/journey/evolve.ts';
import type { ArrivalReader, FeedWriter, Published } from '../../domain/ports/feeds.ts';

export interface PublishPorts {
  readonly book: ArrivalReader;
  readonly feeds: FeedWriter;
  /** Which system tells it: a URI. */
  readonly source: string;
  readonly now: () => number;
}

/** What has arrived: an event by its number, or a note by its key in the book. */
export type Arrived = { readonly dossierId: string } & ({ readonly number: number } | { readonly note: string });

/**
 * Writes what has arrived into the lanes of whoever hears of it: each event once, in the order of arrival, however
 * often it is told. What was told of an event that nobody has told yet comes first: nothing is left out.
 */
export function publishEvents({ book, feeds, source, now }: PublishPorts) {
  return async (subscriptions: readonly Subscription[], arrived: Arrived): Promise<void> => {
    if (subscriptions.length === 0) return;
    await ('number' in arrived
      ? upTo(subscriptions, arrived.dossierId, arrived.number)
      : note(subscriptions, arrived.dossierId, arrived.note));
  };

  async function upTo(subscriptions: readonly Subscription[], dossierId: string, number: number): Promise<void> {
    let from = await feeds.published(dossierId);
    if (from !== undefined && from.number >= number) return;
    for (const event of await book.between(dossierId, from?.number ?? 0, number)) {
      const to = await next(dossierId, event, from);
      const written = await feeds.publish({
        dossierId,
        telling: event,
        position: { from, to },
        hearing: subscriptions.filter((one) => hears(one, event, { before: from?.route ?? to.route, after: to.route })),
        bodyAt: (place) => JSON.stringify(feedEvent(source, dossierId, event, place)),
        now: now(),
      });
      // Somebody else tells the same dossier, and is ahead.
      if (written === 'known') return upTo(subscriptions, dossierId, number);
      from = to;
    }
  }

  async function next(dossierId: string, event: JourneyEvent, from: Published | undefined): Promise<Published> {
    const { number } = event;
    return { number, route: await routeAfter(from?.route, event, async () => book.between(dossierId, 0, number)) };
  }

  /** A note moves nothing: its route is the one that was published last. */
  async function note(subscriptions: readonly Subscription[], dossierId: string, key: string): Promise<void> {
    const telling = await book.noted(dossierId, key);
    if (telling === undefined) return;
    const route =
      (await feeds.published(dossierId))?.route ?? routeOf(fold(await book.between(dossierId, 0, lastNumber)));
    await feeds.publish({
      dossierId,
      telling,
      hearing: subscriptions.filter((one) => hears(one, telling, { before: route, after: route })),
      bodyAt: (place) => JSON.stringify(feedEvent(source, dossierId, telling, place)),
      now: now(),
    });
  }
}

const lastNumber = 999_999;
