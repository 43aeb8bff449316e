import type { Subscription } from '../../domain/feeds/subscription.ts';
import { isDue } from '../../domain/feeds/webhook.ts';
import type { SenderBook, WakeSender } from '../../domain/ports/webhooks.ts';

export interface WakePorts {
  readonly subscriptions: () => Promise<readonly Subscription[]>;
  readonly book: Pick<SenderBook, 'newest' | 'sent'>;
  readonly wake: WakeSender;
  readonly now: () => number;
}

/** Wakes the sender of every webhook that has something to send now: what is to be tried again, and what was lost. */
export function wakeWebhooks({ subscriptions, book, wake, now }: WakePorts) {
  return async (): Promise<void> => {
    for (const subscription of await subscriptions()) {
      const { webhook, subscriptionId } = subscription;
      if (webhook === undefined || webhook.paused !== undefined) continue;
      const [newest, sent] = await Promise.all([book.newest(subscription), book.sent(subscription)]);
      if (sent.some((lane, index) => isDue(lane, newest[index] ?? 0, now()))) await wake(subscriptionId);
    }
  };
}
