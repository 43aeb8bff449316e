import * as z from 'zod';
import { FeedEvent } from './feed-event.ts';
import type { Operation } from './operation.ts';
import { subscriptionId } from './subscription-view.ts';
import { pageLimit } from './wire.ts';

/**
 * What has arrived since a cursor, over all lanes: events of one dossier in their order, and nothing left out. A cursor
 * is the reader's own: it stays good across restarts, and as many may read as like.
 */
export const readFeed = {
  name: 'read-feed',
  method: 'GET',
  path: '/v1/subscriptions/{subscriptionId}/events',
  doors: ['portal', 'officer', 'supervisor', 'ops'],
  summary: { en: 'Read what has arrived', vi: 'Đọc các sự kiện đã đến' },
  request: z.strictObject({
    path: z.strictObject({ subscriptionId }),
    query: z.strictObject({
      after: z
        .string()
        .max(1000)
        .optional()
        .meta({
          description: 'As the page before gave it, in `next`; without it, from the oldest that is kept.',
          examples: ['x7Qm2xK9c1vB.WzAsMV0'],
        }),
      limit: pageLimit,
    }),
  }),
  statuses: [200],
  answer: z
    .strictObject({
      events: z.array(FeedEvent).readonly(),
      next: z.string().meta({ description: 'To be asked with next time, also when nothing new was there.' }),
      more: z.boolean().meta({ description: 'More is there already.' }),
    })
    .meta({ id: 'FeedPage', description: 'The next of what has arrived.' }),
  refusals: ['UnknownSubscription', 'CursorRefused', 'FeedFellBehind'],
} as const satisfies Operation;
