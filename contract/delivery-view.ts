import * as z from 'zod';
import { callFaults } from '../domain/feeds/webhook.ts';
import type { Delivery } from '../domain/ports/webhooks.ts';
import { Instant } from './dossier-view.ts';
import { shown } from './wire.ts';

export const DeliveryView = z
  .strictObject({
    at: Instant,
    lane: z.int().min(0),
    sequence: z.int().min(0).meta({ description: 'The place in the lane; 0 for a test.' }),
    eventId: z.string(),
    dossierId: z.string().exactOptional().meta({ description: 'Absent for a test.' }),
    attempt: z.int().min(1).meta({ description: 'Which try of this event.' }),
    taken: z.boolean().meta({ description: 'The receiver has answered with 2xx in time.' }),
    status: z.int().exactOptional().meta({ description: 'Of the answer; absent where there was none.' }),
    fault: z.enum(callFaults).exactOptional().meta({
      description:
        'address-refused: it leads into no public network. not-found: the name is none. unreachable: no connection. not-secure: the certificate is none that counts. too-late: no answer within ten seconds. redirected, refused: answered with 3xx, or with what is no 2xx.',
    }),
    tookMs: z.int().min(0),
  })
  .meta({ id: 'Delivery', description: 'One call of a webhook.' });
export type DeliveryView = z.output<typeof DeliveryView>;

/** A call as its owner sees it; what the receiver answered beyond its status is kept nowhere. */
export function deliveryView({ subscriptionId: _own, at, dossierId, ...delivery }: Delivery): DeliveryView {
  return {
    at: shown(at),
    ...delivery,
    ...(dossierId === '' ? {} : { dossierId }),
    taken: delivery.fault === undefined,
  };
}
