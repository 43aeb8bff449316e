import { describe, expect, it } from '@jest/globals';
import type { Subscription } from '../../domain/feeds/subscription.ts';
import type { Called, LaneSent } from '../../domain/feeds/webhook.ts';
import type { FeedEntry } from '../../domain/ports/feeds.ts';
import type { Delivery, SenderBook } from '../../domain/ports/webhooks.ts';
import { sendWebhooks } from '../../lambdas/send-webhooks/send-webhooks.ts';

const subscription: Subscription = {
  subscriptionId: 'sub-test0001',
  party: { role: 'portal', unit: 'client' },
  filter: {},
  createdAt: 0,
  lanes: 2,
  webhook: { url: 'https://portal.example/hook', secret: 'whsec_MQ==' },
};

/** Lanes with so many entries each, and what senders keep. */
function lanesOf(...lengths: readonly number[]) {
  const sent: LaneSent[] = lengths.map(() => ({ sent: 0 }));
  const log: Delivery[] = [];
  let holder: string | undefined;
  let paused: Parameters<SenderBook['pause']>[1];
  const book: SenderBook = {
    find: async () => ({
      ...subscription,
      webhook: { url: '', secret: '', ...subscription.webhook, ...(paused === undefined ? {} : { paused }) },
    }),
    newest: async () => lengths,
    entries: async ({ subscriptionId, lane, sequence }, most) =>
      Array.from({ length: Math.min(most, (lengths[lane] ?? 0) - sequence) }, (_none, index): FeedEntry => {
        const dossierId = `d-lane-${lane}`;
        const place = { subscriptionId, lane, sequence: sequence + index + 1 };
        return {
          ...place,
          eventId: `e${place.sequence}`,
          dossierId,
          body: `${lane}.${place.sequence}`,
          publishedAt: 0,
        };
      }),
    sent: async () => [...sent],
    move: async ({ lane }, from, to) => {
      if (sent[lane]?.sent !== from) return 'moved';
      sent[lane] = to;
      return 'written';
    },
    claim: async (_id, who) => {
      if (holder !== undefined) return false;
      holder = who;
      return true;
    },
    release: async (_id, who) => {
      if (holder === who) holder = undefined;
    },
    log: async (delivery) => void log.push(delivery),
    pause: async (_id, why) => {
      paused = why;
      return true;
    },
  };
  return { book, sent, log, paused: () => paused };
}

const taken: Called = { status: 204, tookMs: 1 };
const refused: Called = { status: 500, fault: 'refused', tookMs: 1 };
let holders = 0;

function sender(book: SenderBook, call: (body: string) => Promise<Called>, now = () => 0, onPaused = () => {}) {
  return sendWebhooks({
    book,
    call: async (_url, _headers, body) => call(body),
    sign: () => ({}),
    wake: async () => {},
    now,
    drawHolder: () => String((holders += 1)),
    onPaused,
  });
}

// Holds ADR 0040.
describe('a sender', () => {
  it('a sender sends each lane in its order, and one that fails stops at its entry while the other goes on', async () => {
    const { book, sent } = lanesOf(3, 3);
    const called: string[] = [];
    const send = sender(book, async (body) => {
      called.push(body);
      return body === '0.2' ? refused : taken;
    });
    await send('sub-test0001');
    expect(called.filter((body) => body.startsWith('0'))).toEqual(['0.1', '0.2']);
    expect(called.filter((body) => body.startsWith('1'))).toEqual(['1.1', '1.2', '1.3']);
    expect(sent[0]).toEqual({ sent: 1, failing: { since: 0, times: 1, retryAt: 60_000 } });
    expect(sent[1]).toEqual({ sent: 3 });
  });

  it('a sender leaves alone what another works on, and what the other was woken for is not lost', async () => {
    const { book, sent } = lanesOf(2, 0);
    const [called, gate]: [string[], PromiseWithResolvers<void>] = [[], Promise.withResolvers<void>()];
    const slow = sender(book, async (body) => {
      called.push(body);
      await gate.promise;
      return taken;
    })('sub-test0001');
    await sender(book, async () => {
      throw new Error('called beside another');
    })('sub-test0001');
    gate.resolve();
    await slow;
    expect([called, sent[0]]).toEqual([['0.1', '0.2'], { sent: 2 }]);
  });

  it('a sender that is killed after an answer sends that entry again, and none before it', async () => {
    const { book } = lanesOf(2, 0);
    const called: string[] = [];
    let kills = 1;
    const dying: SenderBook = {
      ...book,
      move: async (lane, from, to) => {
        if (from === 1 && kills-- > 0) throw new Error('killed');
        return book.move(lane, from, to);
      },
    };
    const send = sender(dying, async (body) => {
      called.push(body);
      return taken;
    });
    await expect(send('sub-test0001')).rejects.toThrow('killed');
    await send('sub-test0001');
    expect(called).toEqual(['0.1', '0.2', '0.2']);
  });

  it('a sender tries an entry for three days, with pauses that grow, and then pauses the webhook and says so', async () => {
    const { book, sent, log, paused } = lanesOf(1, 0);
    let [now, told] = [0, 0];
    const send = sender(
      book,
      async () => refused,
      () => now,
      () => (told += 1),
    );
    while (paused() === undefined) {
      await send('sub-test0001');
      now = sent[0]?.failing?.retryAt ?? now;
    }
    const pauses = log.slice(1, -1).map(({ at }, index) => at - (log[index]?.at ?? 0));
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(log.at(-1)?.at).toBe(72 * 3_600_000);
    expect([paused()?.why, told]).toEqual(['failing', 1]);
    await send('sub-test0001');
    expect(log.at(-1)?.at).toBe(72 * 3_600_000);
  });
});
