import type { Subscription } from '../../domain/feeds/subscription.ts';
import { failedAgain, isDue, type LaneSent, type Webhook } from '../../domain/feeds/webhook.ts';
import type { FeedEntry } from '../../domain/ports/feeds.ts';
import type { CallReceiver, SenderBook, SignCall, WakeSender } from '../../domain/ports/webhooks.ts';

export interface SendPorts {
  readonly book: SenderBook;
  readonly call: CallReceiver;
  readonly sign: SignCall;
  readonly wake: WakeSender;
  readonly now: () => number;
  /** Draws what no other sender has. */
  readonly drawHolder: () => string;
  /** A webhook was paused by itself: somebody should know. */
  readonly onPaused: (subscriptionId: string) => void;
}

/** So long a sender begins calls; a last one may take its ten seconds, within the function's minute. */
const workMs = 25_000;
/** The function's own time: a sender that has died is not waited for any longer. */
const leaseMs = 60_000;
const pageLength = 20;

/**
 * Sends a subscriber what its lanes have, one sender at a time for each subscription: whatever its receiver does, it
 * holds up this call of the function and no other subscriber. All lanes at once, each in its order; a lane whose entry
 * was not taken waits for its next try.
 */
export function sendWebhooks({ book, call, sign, wake, now, drawHolder, onPaused }: SendPorts) {
  return async (subscriptionId: string): Promise<void> => {
    const [holder, until] = [drawHolder(), now() + workMs];
    // Whoever woke while somebody else worked found the claim taken: so it is looked at once more after each release.
    for (;;) {
      const subscription = await book.find(subscriptionId);
      const webhook = subscription?.webhook;
      if (subscription === undefined || webhook === undefined || webhook.paused !== undefined) return;
      const [newest, sent] = await Promise.all([book.newest(subscription), book.sent(subscription)]);
      const due = sent.flatMap((state, lane) =>
        isDue(state, newest[lane] ?? 0, now()) ? [{ lane, state, newest: newest[lane] ?? 0 }] : [],
      );
      if (due.length === 0) return;
      if (now() >= until) return wake(subscriptionId);
      if (!(await book.claim(subscriptionId, holder, now(), now() + leaseMs))) return;
      try {
        await Promise.all(due.map(async (one) => sendLane(subscription, webhook, one, until)));
      } finally {
        await book.release(subscriptionId, holder);
      }
    }
  };

  async function sendLane(
    { subscriptionId }: Subscription,
    webhook: Webhook,
    { lane, state: begun, newest }: { readonly lane: number; readonly state: LaneSent; readonly newest: number },
    until: number,
  ): Promise<void> {
    let state = begun;
    while (state.sent < newest && now() < until) {
      const page = await book.entries({ subscriptionId, lane, sequence: state.sent }, pageLength, now());
      for (const entry of page) {
        if (now() >= until) return;
        const next = await send(webhook, entry, state);
        if (next === undefined || (await book.move({ subscriptionId, lane }, state.sent, next)) === 'moved') return;
        if (next.failing !== undefined) return;
        state = next;
      }
      // What was kept so long that it is gone is passed over.
      if (page.length > 0) continue;
      await book.move({ subscriptionId, lane }, state.sent, { sent: newest });
      return;
    }
  }

  /** @returns how far the lane is then; undefined where the webhook was paused */
  async function send(webhook: Webhook, entry: FeedEntry, state: LaneSent): Promise<LaneSent | undefined> {
    const { subscriptionId, lane, sequence, eventId, dossierId, body } = entry;
    const at = now();
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      ...sign(webhook, { id: `${dossierId}.${eventId}`, at, body }),
    };
    const called = await call(webhook.url, headers, body);
    const attempt = (state.failing?.times ?? 0) + 1;
    await book.log({ subscriptionId, lane, sequence, eventId, dossierId, at, attempt, ...called });
    if (called.fault === undefined) return { sent: sequence };
    const again = called.status === 410 ? undefined : failedAgain(state, at);
    if (again !== undefined) return again;
    const why = called.status === 410 ? 'gone' : 'failing';
    if (await book.pause(subscriptionId, { at, why })) onPaused(subscriptionId);
    return undefined;
  }
}
