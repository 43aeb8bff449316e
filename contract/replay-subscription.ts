import * as z from 'zod';
import type { Operation } from './operation.ts';
import { subscriptionId, SubscriptionView } from './subscription-view.ts';
import { instant } from './wire.ts';

/** Sends again whatever was published since an instant, in its order; what is later than that stays to be sent. */
export const replaySubscription = {
  name: 'replay-subscription',
  answeredBy: 'manage-subscriptions',
  method: 'POST',
  path: '/v1/subscriptions/{subscriptionId}/replay',
  doors: ['portal', 'officer', 'supervisor'],
  summary: { en: 'Send events again from a date on', vi: 'Gửi lại sự kiện từ một thời điểm' },
  request: z.strictObject({
    path: z.strictObject({ subscriptionId }),
    body: z
      .strictObject({
        from: instant.meta({
          description:
            'An instant with its offset: what was published before it counts as sent, what was published since is sent.',
        }),
      })
      .meta({ id: 'Replay' }),
  }),
  statuses: [200],
  answer: SubscriptionView,
  refusals: ['UnknownSubscription', 'NoWebhook'],
} as const satisfies Operation;
