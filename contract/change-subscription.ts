import * as z from 'zod';
import type { Operation } from './operation.ts';
import { Filter, subscriptionId, SubscriptionView, WebhookUrl } from './subscription-view.ts';

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
      .strictObject({
        filter: Filter.exactOptional().meta({ description: 'In place of the former one, as a whole.' }),
        url: WebhookUrl.nullable()
          .exactOptional()
          .meta({
            description: 'Where events are sent from now on; null for nowhere.',
            examples: ['https://portal.example/dossier-post'],
          }),
        paused: z
          .boolean()
          .exactOptional()
          .meta({ description: 'Stops the calls, or lets them go on where they stopped, at once.' }),
      })
      .meta({ id: 'SubscriptionChange' }),
  }),
  statuses: [200],
  answer: SubscriptionView,
  refusals: ['UnknownSubscription', 'AddressRefused', 'NoWebhook'],
} as const satisfies Operation;
