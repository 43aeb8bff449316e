import { describe, expect, it } from '@jest/globals';
import { feedCursors } from '../../adapters/cursor.ts';
import { feedEvent } from '../../contract/feed-event.ts';
import { readFeed as operation } from '../../contract/read-feed.ts';
import type { Subscription } from '../../domain/feeds/subscription.ts';
import { feedDoorOf } from '../../domain/people/subscriptions.ts';
import type { FeedEntry, FeedReader } from '../../domain/ports/feeds.ts';
import { readFeed } from '../../lambdas/read-feed/read-feed.ts';
import { clerk, courier, monday } from '../domain/journey/town.ts';
import { freshEntry } from '../doubles/book.suite.ts';
import { bodyOf, noOf } from './people.ts';

const { step } = freshEntry();
const subscription: Subscription = {
  subscriptionId: 'sub-number-1',
  party: { role: 'clerk', unit: clerk.unit },
  filter: {},
  createdAt: 0,
  lanes: 3,
};
const { subscriptionId } = subscription;

function entry(lane: number, sequence: number, publishedAt: number): FeedEntry {
  const dossierId = `d-number-${lane}`;
  const telling = { ...step.event, eventId: `e-${lane}-${sequence}` };
  const place = { subscriptionId, lane, sequence };
  const body = JSON.stringify(feedEvent('urn:dossier-post:test', dossierId, telling, place));
  return { ...place, eventId: telling.eventId, dossierId, body, publishedAt };
}

/** A feed of these entries. @param gone how many of each lane have gone with their time */
function feedOf(entries: readonly FeedEntry[], gone = 0) {
  const asked: number[] = [];
  const of = (lane: number) => entries.filter((one) => one.lane === lane);
  const feeds: FeedReader = {
    newest: async ({ lanes }) => Array.from({ length: lanes }, (_none, lane) => of(lane).at(-1)?.sequence ?? 0),
    entries: async ({ lane, sequence }, most) => {
      asked.push(most);
      return of(lane)
        .filter((one) => one.sequence > Math.max(sequence, gone))
        .slice(0, most);
    },
  };
  const find = async (id: string) => (id === subscriptionId ? subscription : undefined);
  const useCase = readFeed({ door: feedDoorOf({ find }, feeds), cursors: feedCursors, now: () => monday });
  const ask = async (query: { after?: string; limit?: number } = {}, caller = clerk, id = subscriptionId) =>
    useCase({ path: { subscriptionId: id }, query }, caller);
  const read = async (query?: Parameters<typeof ask>[0]) => {
    const { events, next, more } = operation.answer.parse(bodyOf(await ask(query)));
    return { told: events.map(({ lane, sequence }) => `${lane}.${Number(sequence)}`), next, more };
  };
  return { ask, read, asked };
}

describe('a feed that is read', () => {
  const entries = [entry(0, 1, 10), entry(0, 2, 40), entry(1, 1, 20), entry(2, 1, 30), entry(2, 2, 15)];

  it('a feed is read by the time of writing, as far as the order of each lane allows', async () => {
    const { told, more } = await feedOf(entries).read();
    // The second of lane 2 was written with a slower clock: it waits for the first.
    expect([told, more]).toEqual([['0.1', '1.1', '2.1', '2.2', '0.2'], false]);
  });

  it.each([1, 2, 3, 4, 50])('a feed in pages of %i tells everything once, each lane in its order', async (limit) => {
    const { read } = feedOf(entries);
    const all: string[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const page = await read(after === undefined ? { limit } : { limit, after });
      expect(page.told.length).toBeLessThanOrEqual(limit);
      all.push(...page.told);
      [after, more] = [page.next, page.more];
    }
    expect(all.toSorted()).toEqual(['0.1', '0.2', '1.1', '2.1', '2.2']);
    for (const lane of ['0', '2'])
      expect(all.filter((one) => one.startsWith(lane))).toEqual([`${lane}.1`, `${lane}.2`]);
    expect(await read(after === undefined ? {} : { after })).toMatchObject({ told: [], more: false });
  });

  it('a feed asks each lane that has something new for its share of the page, and no other lane', async () => {
    const { read, asked } = feedOf(entries.filter(({ lane }) => lane !== 1));
    await read({ limit: 5 });
    expect(asked).toEqual([3, 3]);
    await read();
    expect(asked.slice(2)).toEqual([25, 25]);
    const alone = feedOf([entry(1, 1, 20)]);
    await alone.read();
    expect(alone.asked).toEqual([50]);
  });

  it('a feed with nothing in it tells nothing, and where to go on', async () => {
    const { told, next, more } = await feedOf([]).read();
    expect([told, more]).toEqual([[], false]);
    expect(feedCursors.read(subscription, next)).toEqual([0, 0, 0]);
  });
});

describe('a feed of which something has gone with its time', () => {
  const entries = [entry(0, 1, 10), entry(0, 2, 20), entry(0, 3, 30), entry(1, 1, 5)];

  it('a feed begins with what is kept, for whoever begins', async () => {
    const { told, next, more } = await feedOf(entries, 1).read();
    expect([told, more]).toEqual([['0.2', '0.3'], false]);
    expect(feedCursors.read(subscription, next)).toEqual([3, 1, 0]);
  });

  it('a feed tells whoever has not read what is gone that he fell behind, and nobody who has', async () => {
    const { ask, read } = feedOf(entries, 1);
    const at = (...sequences: readonly number[]) => ({ after: feedCursors.write(subscription, sequences) });
    expect(noOf(await ask(at(0, 1, 0)))).toEqual({ name: 'FeedFellBehind' });
    expect(noOf(await ask(at(3, 0, 0)))).toEqual({ name: 'FeedFellBehind' });
    expect((await read(at(1, 1, 0))).told).toEqual(['0.2', '0.3']);
  });
});

describe('a feed that is refused', () => {
  const { ask } = feedOf([entry(0, 1, 10)]);

  it('a feed is refused with a cursor of another feed, and with one that is ahead of it', async () => {
    const refused = { name: 'CursorRefused', field: 'after' };
    expect(noOf(await ask({ after: feedCursors.write({ subscriptionId: 'another' }, [0, 0, 0]) }))).toEqual(refused);
    expect(noOf(await ask({ after: feedCursors.write(subscription, [2, 0, 0]) }))).toEqual(refused);
    expect(noOf(await ask({ after: feedCursors.write(subscription, [1, 0, 1]) }))).toEqual(refused);
    expect(noOf(await ask({ after: feedCursors.write(subscription, [1, 0, 0]) }))).toBe('yes 200');
  });

  it('a feed is nobody’s but its subscriber’s', async () => {
    expect(noOf(await ask({}, { ...courier, unit: 'PO-NARI' }))).toEqual({ name: 'UnknownSubscription' });
    expect(noOf(await ask({}, clerk, 'sub-number-2'))).toEqual({ name: 'UnknownSubscription' });
  });
});
