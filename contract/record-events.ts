import * as z from 'zod';
import type { Operation } from './operation.ts';
import { Problem } from './problem.ts';
import { Recorded, Report } from './recorded.ts';
import { dossierId, instant } from './wire.ts';

const BatchItem = Report.extend({ dossierId }).meta({
  id: 'BatchItem',
  description: 'Something that happened to one dossier.',
});

const ItemAnswer = z
  .strictObject({
    dossierId: z.string().exactOptional(),
    eventId: z.string().exactOptional(),
    status: z.int().meta({ description: 'As the item alone would have been answered.', examples: [201] }),
    recorded: Recorded.exactOptional(),
    problem: Problem.exactOptional(),
  })
  .meta({
    id: 'ItemAnswer',
    description: 'What became of one item: `recorded`, or why not. `retryable` says whether to send it again.',
  });

export type ItemAnswer = z.infer<typeof ItemAnswer>;

/** So much is read of a batch: 500 items of 2 KB. */
const largestBatch = 1024 * 1024;

const Batch = z
  .strictObject({
    items: z.array(BatchItem).min(1).max(500),
    sentAt: instant.optional().meta({ description: 'The phone’s own time as it sends this, for all items.' }),
  })
  .meta({ id: 'Batch', description: 'What a phone tells that has signal again.' });

/**
 * Says what happened to any dossiers, as a phone does that has signal again. Each item is taken in by itself: one that
 * is refused harms no other. Items of one dossier are taken in the order in which they happened.
 */
export const recordEvents = {
  name: 'record-events',
  method: 'POST',
  path: '/v1/events',
  doors: ['portal', 'clerk', 'courier', 'officer'],
  summary: { en: 'Say what happened to many dossiers', vi: 'Ghi nhận nhiều sự kiện' },
  request: z.strictObject({ body: Batch }),
  largestBody: largestBatch,
  itemByItem: true,
  statuses: [200],
  answer: z
    .strictObject({ items: z.array(ItemAnswer).readonly() })
    .meta({ id: 'BatchAnswer', description: 'What became of each item, in the order of the request.' }),
  refusals: [],
} as const satisfies Operation;
