import * as z from 'zod';
import type { Subscription } from '../domain/feeds/subscription.ts';
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

export const SubscriptionView = z
  .strictObject({
    subscriptionId: z.string(),
    party: z
      .strictObject({ role: z.enum(roles), unit: z.string() })
      .meta({ description: 'Whose right decides what is heard.' }),
    filter: Filter,
    createdAt: Instant,
    lanes: z.int().min(1).meta({ description: 'Never changed. All events of one dossier go through one lane.' }),
  })
  .meta({ id: 'Subscription', description: 'Who hears of which dossiers.' });
export type SubscriptionView = z.output<typeof SubscriptionView>;

/** A subscription as its party sees it. */
export function subscriptionView({ createdAt, ...subscription }: Subscription): SubscriptionView {
  return { ...subscription, createdAt: shown(createdAt) };
}
