import * as z from 'zod';
import type { Operation } from './operation.ts';
import { Filter, subscriptionId, SubscriptionView } from './subscription-view.ts';

/** Changes what is heard from now on; what was written before stays. */
export const changeSubscription = {
  name: 'change-subscription',
  answeredBy: 'manage-subscriptions',
  method: 'PATCH',
  path: '/v1/subscriptions/{subscriptionId}',
  doors: ['portal', 'officer', 'supervisor'],
  summary: { en: 'Change a subscription', vi: 'Sửa đăng ký nhận sự kiện' },
  request: z.strictObject({
    path: z.strictObject({ subscriptionId }),
    body: z
      .strictObject({ filter: Filter.meta({ description: 'In place of the former one, as a whole.' }) })
      .meta({ id: 'SubscriptionChange' }),
  }),
  statuses: [200],
  answer: SubscriptionView,
  refusals: ['UnknownSubscription'],
} as const satisfies Operation;
