import * as z from 'zod';
import type { Operation } from './operation.ts';
import { subscriptionId, SubscriptionView } from './subscription-view.ts';

/** One subscription of the caller's unit; ops read any. */
export const readSubscription = {
  name: 'read-subscription',
  answeredBy: 'manage-subscriptions',
  method: 'GET',
  path: '/v1/subscriptions/{subscriptionId}',
  doors: ['portal', 'officer', 'supervisor', 'ops'],
  summary: { en: 'Read a subscription', vi: 'Xem đăng ký nhận sự kiện' },
  request: z.strictObject({ path: z.strictObject({ subscriptionId }) }),
  statuses: [200],
  answer: SubscriptionView,
  refusals: ['UnknownSubscription'],
} as const satisfies Operation;
