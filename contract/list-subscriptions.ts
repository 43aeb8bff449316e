import * as z from 'zod';
import type { Operation } from './operation.ts';
import { SubscriptionView } from './subscription-view.ts';

/** The subscriptions of the caller's unit; ops see all. */
export const listSubscriptions = {
  name: 'list-subscriptions',
  answeredBy: 'manage-subscriptions',
  method: 'GET',
  path: '/v1/subscriptions',
  doors: ['portal', 'officer', 'supervisor', 'ops'],
  summary: { en: 'List subscriptions', vi: 'Danh sách đăng ký nhận sự kiện' },
  request: z.strictObject({}),
  statuses: [200],
  answer: z
    .strictObject({ items: z.array(SubscriptionView).readonly() })
    .meta({ id: 'Subscriptions', description: 'All of them: a unit has few.' }),
  refusals: [],
} as const satisfies Operation;
