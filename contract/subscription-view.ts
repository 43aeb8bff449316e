import * as z from 'zod';
import type { Subscription } from '../domain/feeds/subscription.ts';
import { pauseReasons, type LaneSent, type Webhook } from '../domain/feeds/webhook.ts';
import { eventTypes } from '../domain/journey/events.ts';
import { roles } from '../domain/roles.ts';
import { EventName, Instant } from './dossier-view.ts';
import { shown, unitId } from './wire.ts';

export const subscriptionId = z
  .string()
  .regex(/^sub-[a-z0-9]{8,40}$/)
  .meta({ description: 'The id of a subscription.', examples: ['sub-7kq2m4x9c1v8b3n6h5j0g2f4aw'] });

const units = z.array(unitId).min(1).max(50).readonly();

/** What a subscriber wants to hear of. */
export const Filter = z
  .strictObject({
    types: z.array(EventName).min(1).max(eventTypes.length).readonly().exactOptional(),
    agencies: units.exactOptional().meta({ examples: [['AG-PASC-BACKAN']] }),
    offices: units.exactOptional().meta({
      description: 'Post offices on the way: where it came in, where it is delivered, the one beside the agency.',
      examples: [['PO-BACKAN']],
    }),
  })
  .meta({
    id: 'FeedFilter',
    description: 'What is left out is not narrowed: an empty filter hears everything that the subscriber may read.',
  });

/** Where a subscriber is called. */
export const WebhookUrl = z
  .url()
  .max(500)
  .meta({
    description: 'HTTPS, without a name and password; it must lead into the public internet.',
    examples: ['https://portal.example/dossier-post'],
  });

const WebhookView = z
  .strictObject({
    url: z.string(),
    paused: z
      .strictObject({ at: Instant, why: z.enum(pauseReasons) })
      .exactOptional()
      .meta({
        description:
          'Nothing is sent, and everything is kept. failing: no call succeeded for three days. gone: it was answered with 410. asked: by its owner.',
      }),
    formerSecretUntil: Instant.exactOptional().meta({ description: 'Until then the secret before signs too.' }),
    waiting: z.int().min(0).exactOptional().meta({ description: 'So many events are still to be sent.' }),
    failing: z
      .strictObject({ since: Instant, nextTryAt: Instant })
      .exactOptional()
      .meta({ description: 'Since when some lane fails, and when the next of these is tried again.' }),
  })
  .meta({ id: 'Webhook', description: 'Where events are sent to, and how that goes; the secret is shown only once.' });

export const SubscriptionView = z
  .strictObject({
    subscriptionId: z.string(),
    party: z
      .strictObject({ role: z.enum(roles), unit: z.string() })
      .meta({ description: 'Whose right decides what is heard.' }),
    filter: Filter,
    createdAt: Instant,
    lanes: z.int().min(1).meta({ description: 'Never changed. All events of one dossier go through one lane.' }),
    webhook: WebhookView.exactOptional().meta({ description: 'Absent where events are fetched only.' }),
    secret: z
      .string()
      .exactOptional()
      .meta({ description: 'Signs the calls; shown when it is made, and never again.', examples: ['whsec_…'] }),
  })
  .meta({ id: 'Subscription', description: 'Who hears of which dossiers.' });
export type SubscriptionView = z.output<typeof SubscriptionView>;

/** How the calls of a webhook go: the newest sequence of each lane, and how far its calls are. */
export interface Going {
  readonly newest: readonly number[];
  readonly sent: readonly LaneSent[];
}

/**
 * A subscription as its party sees it.
 * @param going where it was looked at
 */
export function subscriptionView(
  { webhook, createdAt, ...subscription }: Subscription,
  going?: Going,
): SubscriptionView {
  return {
    ...subscription,
    createdAt: shown(createdAt),
    ...(webhook === undefined ? {} : { webhook: webhookView(webhook, going) }),
  };
}

function webhookView({ url, former, paused }: Webhook, going: Going | undefined): z.output<typeof WebhookView> {
  const failing = going?.sent.flatMap((lane) => lane.failing ?? []) ?? [];
  return {
    url,
    ...(paused === undefined ? {} : { paused: { ...paused, at: shown(paused.at) } }),
    ...(former === undefined ? {} : { formerSecretUntil: shown(former.until) }),
    ...(going === undefined
      ? {}
      : { waiting: going.newest.reduce((sum, newest, lane) => sum + newest - (going.sent[lane]?.sent ?? 0), 0) }),
    ...(failing.length === 0
      ? {}
      : {
          failing: {
            since: shown(Math.min(...failing.map(({ since }) => since))),
            nextTryAt: shown(Math.min(...failing.map(({ retryAt }) => retryAt))),
          },
        }),
  };
}
