import * as z from 'zod';
import { DeliveryView } from './delivery-view.ts';
import type { Operation } from './operation.ts';
import { subscriptionId } from './subscription-view.ts';

/** Calls the receiver now with an event of the type `dossier-post.Test`, which is about no dossier. */
export const testWebhook = {
  name: 'test-webhook',
  answeredBy: 'call-webhook',
  method: 'POST',
  path: '/v1/subscriptions/{subscriptionId}/test',
  doors: ['portal', 'officer', 'supervisor'],
  summary: { en: 'Call a webhook for a test', vi: 'Gọi thử webhook' },
  request: z.strictObject({ path: z.strictObject({ subscriptionId }) }),
  statuses: [200],
  answer: DeliveryView,
  units: 10,
  refusals: ['UnknownSubscription', 'NoWebhook'],
} as const satisfies Operation;
