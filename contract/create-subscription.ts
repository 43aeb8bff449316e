import * as z from 'zod';
import type { Operation } from './operation.ts';
import { Filter, SubscriptionView, WebhookUrl } from './subscription-view.ts';

/** Subscribes the caller's own unit: whatever arrives from now on about dossiers that it may read is kept for it. */
export const createSubscription = {
  name: 'create-subscription',
  answeredBy: 'manage-subscriptions',
  method: 'POST',
  path: '/v1/subscriptions',
  doors: ['portal', 'officer', 'supervisor'],
  summary: { en: 'Subscribe to what arrives', vi: 'Đăng ký nhận sự kiện' },
  request: z.strictObject({
    body: z
      .strictObject({ filter: Filter.default({}), url: WebhookUrl.exactOptional() })
      .meta({ id: 'NewSubscription' }),
  }),
  statuses: [201],
  answer: SubscriptionView,
  refusals: ['TooManySubscriptions', 'AddressRefused'],
} as const satisfies Operation;
