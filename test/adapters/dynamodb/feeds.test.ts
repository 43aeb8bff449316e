import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoFeeds } from '../../../adapters/dynamodb/feeds.ts';
import { dynamoWebhooks } from '../../../adapters/dynamodb/webhooks.ts';
import { mostOfAUnit, type Subscription } from '../../../domain/feeds/subscription.ts';
import { routeOf } from '../../../domain/feeds/route.ts';
import type { Arrival } from '../../../domain/ports/feeds.ts';
import { freshEntry } from '../../doubles/book.suite.ts';
import { startTables, type Tables } from './tables.ts';

const now = Date.parse('2026-11-24T09:00:00Z');

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

function feeds() {
  return dynamoFeeds(tables.another(), 'Feeds');
}
let drawn = 0;
function subscriptionOf(unit: string, lanes: number): Subscription {
  drawn += 1;
  return {
    subscriptionId: `sub-test${String(drawn).padStart(4, '0')}`,
    party: { role: 'supervisor', unit },
    filter: {},
    createdAt: now,
    lanes,
  };
}
/** The first event of a dossier that nobody has heard of. */
function arrivalFor(...hearing: readonly Subscription[]): Arrival {
  const { event, dossier } = freshEntry().step;
  return {
    dossierId: dossier.dossierId,
    telling: event,
    position: { from: undefined, to: { number: 1, route: routeOf(dossier) } },
    hearing,
    bodyAt: ({ sequence }) => JSON.stringify({ sequence }),
    now,
  };
}

// Holds ADR 0037.
describe('the lanes on DynamoDB', () => {
  it('the lanes have no gap and nothing twice, however many write one at once, and a reader beside them skips nothing', async () => {
    const subscription = subscriptionOf('PO-RACE', 1);
    const { subscriptionId } = subscription;
    const arrivals = Array.from({ length: 24 }, () => arrivalFor(subscription));
    const place = { subscriptionId, lane: 0 };
    const seen: number[] = [];
    const reader = feeds();
    const readOn = async (): Promise<void> => {
      const found = await reader.entries({ ...place, sequence: seen.at(-1) ?? 0 }, 3, now);
      seen.push(...found.map(({ sequence }) => sequence));
    };
    const written = { all: false };
    const writing = Promise.all(
      arrivals.map(async (arrival) => {
        const [one, again] = await Promise.all([feeds().publish(arrival), feeds().publish(arrival)]);
        return [one, again].toSorted();
      }),
    ).finally(() => {
      written.all = true;
    });
    for (const isDone = (): boolean => written.all; !isDone();) await readOn();
    expect(new Set((await writing).map(String))).toEqual(new Set(['known,written']));
    while ((await reader.newest(subscription))[0] !== seen.at(-1)) await readOn();
    expect(seen).toEqual(arrivals.map((_arrival, index) => index + 1));
    const entries = await reader.entries({ ...place, sequence: 0 }, 100, now);
    expect(new Set(entries.map(({ dossierId }) => dossierId)).size).toBe(arrivals.length);
  });

  it('the lanes show nothing that is older than it is kept', async () => {
    const subscription = subscriptionOf('PO-OLD', 1);
    await feeds().publish(arrivalFor(subscription));
    const place = { subscriptionId: subscription.subscriptionId, lane: 0, sequence: 0 };
    expect(await feeds().entries(place, 10, now + 29 * 86_400_000)).toHaveLength(1);
    expect(await feeds().entries(place, 10, now + 31 * 86_400_000)).toEqual([]);
  });

  it('a unit has as many subscriptions as it may, and again one when one has ended', async () => {
    const unit = 'PO-MANY';
    const those = Array.from({ length: mostOfAUnit + 3 }, () => subscriptionOf(unit, 16));
    const added: string[] = [];
    for (const one of those) added.push(await feeds().add(one));
    expect(added.filter((answer) => answer === 'added')).toHaveLength(mostOfAUnit);
    const [first] = those;
    if (first === undefined) throw new Error('there is one');
    await feeds().end(first, now);
    await feeds().end(first, now);
    expect(await feeds().find(first.subscriptionId)).toBeUndefined();
    expect([await feeds().add(subscriptionOf(unit, 16)), await feeds().add(subscriptionOf(unit, 16))]).toEqual([
      'added',
      'full',
    ]);
  });
});

describe('the senders on DynamoDB', () => {
  it('of all senders of a subscription one works, until it releases it or its time is over', async () => {
    const webhooks = dynamoWebhooks(tables.another(), 'Feeds');
    const claim = async (holder: string, at: number) => webhooks.claim('sub-claimed1', holder, at, at + 1000);
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map(async (holder) => claim(holder, now)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await claim('e', now + 500)).toBe(false);
    // Whoever does not hold it releases nothing.
    await webhooks.release('sub-claimed1', 'e');
    expect(await claim('e', now + 500)).toBe(false);
    expect(await claim('e', now + 1000)).toBe(true);
    await webhooks.release('sub-claimed1', 'e');
    expect(await claim('f', now + 1001)).toBe(true);
  });

  it('a lane is moved from where it was, and by nobody who believes it elsewhere', async () => {
    const webhooks = dynamoWebhooks(tables.another(), 'Feeds');
    const lane = { subscriptionId: 'sub-moved001', lane: 3 };
    expect(await webhooks.move(lane, 0, { sent: 5 })).toBe('written');
    expect(await webhooks.move(lane, 0, { sent: 6 })).toBe('moved');
    const failing = { since: now, times: 1, retryAt: now + 60_000 };
    expect(await webhooks.move(lane, 5, { sent: 5, failing })).toBe('written');
    expect((await webhooks.sent({ ...lane, lanes: 5 }))[3]).toEqual({ sent: 5, failing });
  });
});
