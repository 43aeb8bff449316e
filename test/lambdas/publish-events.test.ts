import { describe, expect, it } from '@jest/globals';
import { FeedEvent } from '../../contract/feed-event.ts';
import { laneOf } from '../../domain/feeds/lanes.ts';
import type { Subscription } from '../../domain/feeds/subscription.ts';
import type { JourneyEvent } from '../../domain/journey/dossier.ts';
import type { Arrival, ArrivalReader, FeedWriter, Published } from '../../domain/ports/feeds.ts';
import { publishEvents } from '../../lambdas/publish-events/publish-events.ts';
import { freshEntry } from '../doubles/book.suite.ts';

const { step } = freshEntry();
const { dossierId, postOfficeId } = step.dossier;
const events: readonly JourneyEvent[] = Array.from({ length: 6 }, (_none, index) =>
  index === 0 ? step.event : { ...withoutOpening(step.event), number: index + 1, eventId: `event-${index + 1}` },
);
const redirected: readonly JourneyEvent[] = events.map((event) =>
  event.number === 4
    ? { ...event, type: 'Redirected', effects: ['redirect'], details: { postOfficeId: 'PO-NARI' } }
    : event,
);

function withoutOpening({ opened: _once, ...event }: JourneyEvent): JourneyEvent {
  return { ...event, effects: [] };
}

function subscriptionOf(unit: string, change: Partial<Subscription> = {}): Subscription {
  return {
    subscriptionId: `sub-${unit}`,
    party: { role: 'supervisor', unit },
    filter: {},
    createdAt: 0,
    lanes: 16,
    ...change,
  };
}

/** Lanes in memory, which refuse as the table does: an arrival that is marked is known. */
function lanes(fails: (arrival: Arrival) => boolean = () => false) {
  const told: FeedEvent[] = [];
  const newest = new Map<string, number>();
  let published: Published | undefined;
  const feeds: FeedWriter = {
    subscriptions: async () => [],
    published: async () => published,
    publish: async (arrival) => {
      const { position, hearing, bodyAt } = arrival;
      if (position?.from?.number !== published?.number) return 'known';
      if (fails(arrival)) throw new Error('killed');
      published = position?.to ?? published;
      for (const { subscriptionId, lanes: count } of hearing) {
        const sequence = (newest.get(subscriptionId) ?? 0) + 1;
        newest.set(subscriptionId, sequence);
        told.push(FeedEvent.parse(JSON.parse(bodyAt({ subscriptionId, lane: laneOf(dossierId, count), sequence }))));
      }
      return 'written';
    },
  };
  return { feeds, told };
}

function bookOf(arrived: readonly JourneyEvent[]): ArrivalReader {
  return {
    between: async (_id, after, upTo) => arrived.filter(({ number }) => number > after && number <= upTo),
    noted: async () => undefined,
  };
}

async function tell(
  feeds: FeedWriter,
  numbers: readonly number[],
  subscriptions: readonly Subscription[] = [subscriptionOf(postOfficeId)],
  arrived: readonly JourneyEvent[] = events,
): Promise<void> {
  const publish = publishEvents({ book: bookOf(arrived), feeds, source: 'urn:dossier-post:test', now: () => 0 });
  for (const number of numbers) await publish(subscriptions, { dossierId, number });
}

function numbersOf(told: readonly FeedEvent[]): readonly (number | undefined)[] {
  return told.map(({ data }) => data.event.number);
}

// Holds ADR 0037.
describe('the publisher', () => {
  it('the publisher writes a batch that comes twice, or from its middle, once', async () => {
    const { feeds, told } = lanes();
    await tell(feeds, [1, 2, 3, 4, 1, 2, 3, 4, 3, 4, 5, 6]);
    expect(numbersOf(told)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(told.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('the publisher that is killed before any write goes on there, and leaves nothing out', async () => {
    for (const killedAt of [1, 2, 3, 4, 5, 6]) {
      let kills = 1;
      const { feeds, told } = lanes(({ telling }) => 'number' in telling && telling.number === killedAt && kills-- > 0);
      await expect(tell(feeds, [1, 2, 3, 4, 5, 6])).rejects.toThrow('killed');
      await tell(feeds, [1, 2, 3, 4, 5, 6]);
      expect(numbersOf(told)).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it('the publisher that was not told of some events publishes them before the next', async () => {
    const { feeds, told } = lanes();
    await tell(feeds, [1, 5]);
    expect(numbersOf(told)).toEqual([1, 2, 3, 4, 5]);
  });

  it('the publisher does not run ahead of what it was told', async () => {
    const { feeds, told } = lanes();
    await tell(feeds, [2]);
    expect(numbersOf(told)).toEqual([1, 2]);
  });

  it('the publisher tells an office of the redirection that takes a dossier from it, and nothing later', async () => {
    const { feeds, told } = lanes();
    const both = [subscriptionOf('PO-CHORA'), subscriptionOf('PO-NARI')];
    const toChora = redirected.map((event) =>
      event.opened === undefined
        ? event
        : { ...event, opened: { ...event.opened, postOfficeId: 'PO-NGANSON', deliveryPostOfficeId: 'PO-CHORA' } },
    );
    await tell(feeds, [1, 2, 3, 4, 5, 6], both, toChora);
    const of = (unit: string) => numbersOf(told.filter(({ subscription }) => subscription === `sub-${unit}`));
    expect([of('PO-CHORA'), of('PO-NARI')]).toEqual([
      [1, 2, 3, 4],
      [4, 5, 6],
    ]);
  });

  it('the publisher tells nobody of what had arrived before he subscribed', async () => {
    const { feeds, told } = lanes();
    await tell(feeds, [1, 2, 3], [subscriptionOf(postOfficeId, { createdAt: step.event.receivedAt + 120_000 })]);
    expect(told).toEqual([]);
  });

  it('the publisher spreads dossiers over all lanes, and keeps each in its own', () => {
    const used = Array.from({ length: 500 }, (_none, n) => laneOf(`d-${n.toString(36).padStart(26, '0')}`, 16));
    expect(new Set(used).size).toBe(16);
    expect(laneOf('d-3v7h2qk9m4e8x1c6t5w0b2n7rz', 16)).toBe(laneOf('d-3v7h2qk9m4e8x1c6t5w0b2n7rz', 16));
  });

  it('the publisher tells what was noted, and of nothing where nothing was, to whoever may read the dossier as it was told last', async () => {
    const { number: _none, ...noted } = { ...step.event, type: 'Scanned' as const, eventId: 'note-1' };
    const { feeds, told } = lanes();
    const published: Arrival[] = [];
    const writing: FeedWriter = {
      ...feeds,
      publish: async (arrival) => {
        published.push(arrival);
        return feeds.publish(arrival);
      },
    };
    const book: ArrivalReader = {
      ...bookOf(events),
      noted: async (id, key) => (id === dossierId && key === 'NOTE#1' ? noted : undefined),
    };
    const publish = publishEvents({ book, feeds: writing, source: 'urn:dossier-post:test', now: () => 77 });
    const both = [subscriptionOf(postOfficeId), subscriptionOf('PO-NGANSON')];
    await publish(both, { dossierId, note: 'NOTE#2' });
    await publish([], { dossierId, note: 'NOTE#1' });
    expect(published).toEqual([]);
    // Whoever hears it is woken, and nobody for what was known.
    expect(await publish(both, { dossierId, note: 'NOTE#1' })).toEqual([both[0]]);
    const known = { ...feeds, publish: async () => 'known' as const };
    const again = publishEvents({ book, feeds: known, source: 'urn:dossier-post:test', now: () => 77 });
    expect(await again(both, { dossierId, note: 'NOTE#1' })).toEqual([]);
    expect(told.map(({ id, subscription }) => [id, subscription])).toEqual([
      [`${dossierId}.note-1`, `sub-${postOfficeId}`],
    ]);
    expect(published).toMatchObject([{ dossierId, telling: noted, now: 77 }]);
    expect(published[0]).not.toHaveProperty('position');
  });
});
