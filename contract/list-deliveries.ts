import * as z from 'zod';
import { DeliveryView } from './delivery-view.ts';
import type { Operation } from './operation.ts';
import { subscriptionId } from './subscription-view.ts';
import { pageLimit } from './wire.ts';

/** The calls of a webhook, the newest first, for thirty days. */
export const listDeliveries = {
  name: 'list-deliveries',
  answeredBy: 'manage-subscriptions',
  method: 'GET',
  path: '/v1/subscriptions/{subscriptionId}/deliveries',
  doors: ['portal', 'officer', 'supervisor', 'ops'],
  summary: { en: 'List the calls of a webhook', vi: 'Nhật ký gửi webhook' },
  request: z.strictObject({
    path: z.strictObject({ subscriptionId }),
    query: z.strictObject({
      cursor: z
        .string()
        .regex(/^\d{1,15}\.\d{1,2}\.\d{1,12}$/)
        .optional()
        .meta({ description: 'As the page before gave it, in `next`.', examples: ['1795000000000.7.42'] }),
      limit: pageLimit,
    }),
  }),
  statuses: [200],
  answer: z
    .strictObject({
      items: z.array(DeliveryView).readonly(),
      next: z.string().exactOptional().meta({ description: 'The cursor of the next page; absent with the last.' }),
    })
    .meta({ id: 'Deliveries', description: 'A page of the calls of a webhook.' }),
  refusals: ['UnknownSubscription'],
} as const satisfies Operation;
