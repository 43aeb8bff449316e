import * as z from 'zod';
import type { Operation } from './operation.ts';
import { subscriptionId, SubscriptionView } from './subscription-view.ts';

/** Ends a subscription: nothing is kept for it any more, and what was can no longer be read. */
export const endSubscription = {
  name: 'end-subscription',
  answeredBy: 'manage-subscriptions',
  method: 'DELETE',
  path: '/v1/subscriptions/{subscriptionId}',
  doors: ['portal', 'officer', 'supervisor'],
  summary: { en: 'End a subscription', vi: 'Hủy đăng ký nhận sự kiện' },
  request: z.strictObject({ path: z.strictObject({ subscriptionId }) }),
  statuses: [200],
  answer: SubscriptionView,
  refusals: ['UnknownSubscription'],
} as const satisfies Operation;
