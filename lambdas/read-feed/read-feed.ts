import { FeedEvent } from '../../contract/feed-event.ts';
import type { UseCase } from '../../contract/operation.ts';
import type { readFeed as operation } from '../../contract/read-feed.ts';
import type { FeedDoor } from '../../domain/people/subscriptions.ts';
import type { FeedCursors } from '../../domain/ports/cursors.ts';
import type { FeedEntry, Sequences } from '../../domain/ports/feeds.ts';

export interface ReadFeedPorts {
  readonly door: FeedDoor;
  readonly cursors: FeedCursors;
  readonly now: () => number;
}

const usualLength = 50;

/** Shows a subscriber what has arrived since his cursor: each lane in its order, the lanes woven by time. */
export function readFeed({ door, cursors, now }: ReadFeedPorts): UseCase<typeof operation> {
  return async ({ path: { subscriptionId }, query: { after, limit = usualLength } }, caller) => {
    const opened = await door.open(subscriptionId, caller);
    if (!opened) return { refusal: { name: 'UnknownSubscription' } };
    const newest = await opened.newest();
    const read = after === undefined ? newest.map(() => 0) : cursors.read(opened.subscription, after);
    const isAhead = read?.some((sequence, lane) => sequence > (newest[lane] ?? 0));
    if (read === undefined || isAhead === true) return { refusal: { name: 'CursorRefused', field: 'after' } };

    const lanes = newest.flatMap((sequence, lane) => (sequence > (read[lane] ?? 0) ? [lane] : []));
    const share = Math.ceil(limit / Math.max(1, lanes.length));
    const found = await Promise.all(
      lanes.map(async (lane) => ({ lane, entries: await opened.entries(lane, read[lane] ?? 0, share, now()) })),
    );
    // Before what is kept: of a lane whose entries have all gone with their time, everything.
    const passed = found.map(
      ({ lane, entries: [first] }) => [lane, first ? first.sequence - 1 : newest[lane]] as const,
    );
    const isGap = passed.some(([lane, sequence]) => sequence !== read[lane]);
    if (after !== undefined && isGap) return { refusal: { name: 'FeedFellBehind' } };

    const told = woven(found.map(({ entries }) => entries)).slice(0, limit);
    const next = [...passed, ...told.map(({ lane, sequence }) => [lane, sequence] as const)].reduce<Sequences>(
      (reached, [lane, sequence = 0]) => reached.with(lane, sequence),
      read,
    );
    return {
      status: 200,
      body: {
        events: told.map(({ body }) => FeedEvent.parse(JSON.parse(body))),
        next: cursors.write(opened.subscription, next),
        more: next.some((sequence, lane) => sequence < (newest[lane] ?? 0)),
      },
    };
  };
}

/** By the time of writing, as far as the order of each lane allows. */
function woven(lanes: readonly (readonly FeedEntry[])[]): readonly FeedEntry[] {
  const timed = lanes.flatMap((entries) => {
    let latest = 0;
    return entries.map((entry) => ({ entry, at: (latest = Math.max(latest, entry.publishedAt)) }));
  });
  return timed.toSorted((one, other) => one.at - other.at).map(({ entry }) => entry);
}
