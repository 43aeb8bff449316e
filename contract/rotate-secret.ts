import * as z from 'zod';
import type { Operation } from './operation.ts';
import { subscriptionId, SubscriptionView } from './subscription-view.ts';

/** Draws another secret: for a day both sign, so that a receiver can change without losing a call. */
export const rotateSecret = {
  name: 'rotate-secret',
  answeredBy: 'manage-subscriptions',
  method: 'POST',
  path: '/v1/subscriptions/{subscriptionId}/secret',
  doors: ['portal', 'officer', 'supervisor'],
  summary: { en: 'Draw another secret for a webhook', vi: 'Đổi khóa bí mật của webhook' },
  request: z.strictObject({ path: z.strictObject({ subscriptionId }) }),
  statuses: [200],
  answer: SubscriptionView,
  refusals: ['UnknownSubscription', 'NoWebhook'],
} as const satisfies Operation;
