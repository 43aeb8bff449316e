import type { Subscription } from '../../domain/feeds/subscription.ts';
import type { WakeSender } from '../../domain/ports/webhooks.ts';
import type { Arrived } from './publish-events.ts';

interface Told {
  readonly dossierId: string;
  readonly arrival: { readonly number: number } | { readonly note: string } | undefined;
  readonly setsStatus: boolean;
}

export interface BatchPorts {
  readonly subscriptions: () => Promise<readonly Subscription[]>;
  /** @returns who has something new */
  readonly publish: (subscriptions: readonly Subscription[], arrived: Arrived) => Promise<readonly Subscription[]>;
  readonly wake: WakeSender;
  /** Has people told of what has arrived. */
  readonly announce: (dossierId: string) => Promise<void>;
  /** Tells the one-stop systems which status a dossier has now. */
  readonly mirror: (dossierId: string) => Promise<void>;
}

/**
 * What follows from the records of one batch: lanes first, then people, then the one-stop systems, and at its end the
 * webhooks that have something to send. Who hears is read once a batch, after all of it was written: whoever subscribed
 * before an event is among them.
 */
export function publishBatch<Answer>(
  { subscriptions, publish, wake, announce, mirror }: BatchPorts,
  inOrder: (tell: (told: Told) => Promise<void>) => (event: unknown) => Promise<Answer>,
) {
  return async (event: unknown): Promise<Answer> => {
    const those = await subscriptions();
    const called = new Set<string>();
    try {
      return await inOrder(async ({ dossierId, arrival, setsStatus }) => {
        const heard = arrival === undefined ? [] : await publish(those, { dossierId, ...arrival });
        for (const { subscriptionId, webhook } of heard)
          if (webhook !== undefined && webhook.paused === undefined) called.add(subscriptionId);
        await announce(dossierId);
        if (setsStatus) await mirror(dossierId);
      })(event);
    } finally {
      await Promise.all([...called].map(wake));
    }
  };
}
