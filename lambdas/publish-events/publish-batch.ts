import type { Subscription } from '../../domain/feeds/subscription.ts';
import type { Arrived } from './publish-events.ts';

interface Told {
  readonly dossierId: string;
  readonly arrival: { readonly number: number } | { readonly note: string } | undefined;
  readonly setsStatus: boolean;
}

export interface BatchPorts {
  readonly subscriptions: () => Promise<readonly Subscription[]>;
  readonly publish: (subscriptions: readonly Subscription[], arrived: Arrived) => Promise<void>;
  /** Tells the one-stop systems which status a dossier has now. */
  readonly mirror: (dossierId: string) => Promise<void>;
}

/**
 * What follows from the records of one batch: lanes first, then the one-stop systems. Who hears is read once a batch,
 * after all of it was written: whoever subscribed before an event is among them.
 */
export function publishBatch<Answer>(
  { subscriptions, publish, mirror }: BatchPorts,
  inOrder: (tell: (told: Told) => Promise<void>) => (event: unknown) => Promise<Answer>,
) {
  return async (event: unknown): Promise<Answer> => {
    const those = await subscriptions();
    return inOrder(async ({ dossierId, arrival, setsStatus }) => {
      if (arrival !== undefined) await publish(those, { dossierId, ...arrival });
      if (setsStatus) await mirror(dossierId);
    })(event);
  };
}
