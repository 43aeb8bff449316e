import { feedEvent } from '../../contract/feed-event.ts';
import { routeAfter, routeOf } from '../../domain/feeds/route.ts';
import { hears, type Subscription } from '../../domain/feeds/subscription.ts';
import type { JourneyEvent, Note, Route } from '../../domain/journey/dossier.ts';
import { fold } from '../../domain/journey/evolve.ts';
import type { Arrival, ArrivalReader, FeedWriter } from '../../domain/ports/feeds.ts';

export interface PublishPorts {
  readonly book: ArrivalReader;
  readonly feeds: FeedWriter;
  /** Which system tells it: a URI. */
  readonly source: string;
  readonly now: () => number;
}

/** What has arrived: an event by its number, or a note by its key in the book. */
export type Arrived = { readonly dossierId: string } & ({ readonly number: number } | { readonly note: string });

type Subscriptions = readonly Subscription[];

/**
 * Writes what has arrived into the lanes of whoever hears of it: each event once, in the order of arrival, however
 * often it is told. What was told of an event that nobody has told yet comes first: nothing is left out.
 * @returns who has something new now
 */
export function publishEvents({ book, feeds, source, now }: PublishPorts) {
  return async (subscriptions: Subscriptions, arrived: Arrived): Promise<Subscriptions> => {
    if (subscriptions.length === 0) return [];
    return 'number' in arrived
      ? upTo(subscriptions, arrived.dossierId, arrived.number)
      : note(subscriptions, arrived.dossierId, arrived.note);
  };

  async function upTo(subscriptions: Subscriptions, dossierId: string, number: number): Promise<Subscriptions> {
    let from = await feeds.published(dossierId);
    if (from !== undefined && from.number >= number) return [];
    const heard: Subscription[] = [];
    for (const event of await book.between(dossierId, from?.number ?? 0, number)) {
      const after = await routeAfter(from?.route, event, async () => book.between(dossierId, 0, event.number));
      const to = { number: event.number, route: after };
      const hearing = hearingOf(subscriptions, event, { before: from?.route ?? after, after });
      // Somebody else tells the same dossier, and is ahead.
      if ((await publish(dossierId, event, hearing, { from, to })) === 'known')
        return [...heard, ...(await upTo(subscriptions, dossierId, number))];
      heard.push(...hearing);
      from = to;
    }
    return heard;
  }

  /** A note moves nothing: its route is the one that was published last. */
  async function note(subscriptions: Subscriptions, dossierId: string, key: string): Promise<Subscriptions> {
    const telling = await book.noted(dossierId, key);
    if (telling === undefined) return [];
    const published = await feeds.published(dossierId);
    const route = published?.route ?? routeOf(fold(await book.between(dossierId, 0, lastNumber)));
    const hearing = hearingOf(subscriptions, telling, { before: route, after: route });
    return (await publish(dossierId, telling, hearing)) === 'known' ? [] : hearing;
  }

  async function publish(
    dossierId: string,
    telling: JourneyEvent | Note,
    hearing: Subscriptions,
    position?: Arrival['position'],
  ): ReturnType<FeedWriter['publish']> {
    return feeds.publish({
      dossierId,
      telling,
      ...(position === undefined ? {} : { position }),
      hearing,
      bodyAt: (place) => JSON.stringify(feedEvent(source, dossierId, telling, place)),
      now: now(),
    });
  }
}

const lastNumber = 999_999;

function hearingOf(
  subscriptions: Subscriptions,
  telling: JourneyEvent | Note,
  route: { readonly before: Route; readonly after: Route },
): Subscriptions {
  return subscriptions.filter((one) => hears(one, telling, route));
}
