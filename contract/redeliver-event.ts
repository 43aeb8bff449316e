import * as z from 'zod';
import { DeliveryView } from './delivery-view.ts';
import type { Operation } from './operation.ts';
import { subscriptionId } from './subscription-view.ts';

/** Sends one event again, now and out of its order; what waits in its lane goes on waiting. */
export const redeliverEvent = {
  name: 'redeliver-event',
  answeredBy: 'call-webhook',
  method: 'POST',
  path: '/v1/subscriptions/{subscriptionId}/redeliver',
  doors: ['portal', 'officer', 'supervisor'],
  summary: { en: 'Send one event again', vi: 'Gửi lại một sự kiện' },
  request: z.strictObject({
    path: z.strictObject({ subscriptionId }),
    body: z
      .strictObject({
        lane: z
          .int()
          .min(0)
          .max(99)
          .meta({ description: 'As the delivery says it.', examples: [7] }),
        sequence: z
          .int()
          .min(1)
          .max(999_999_999_999)
          .meta({ examples: [42] }),
      })
      .meta({ id: 'Redelivery' }),
  }),
  statuses: [200],
  answer: DeliveryView,
  units: 10,
  refusals: ['UnknownSubscription', 'NoWebhook', 'UnknownDelivery'],
} as const satisfies Operation;
