import * as z from 'zod';
import type { Said } from '../domain/intake/take-in.ts';
import type { TakenOfMany } from '../domain/intake/take-in-all.ts';
import type { Party } from '../domain/journey/dossier.ts';
import { batchBody } from '../domain/limits.ts';
import type { Operation } from './operation.ts';
import { borderProblem, Problem, refusalProblem } from './problem.ts';
import { Recorded, recordedView, Report } from './recorded.ts';
import { dossierId, instant } from './wire.ts';

const BatchItem = Report.extend({
  dossierId,
  expectedVersion: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'As `If-Match` of an event by itself: only if the dossier still has this version.' }),
}).meta({
  id: 'BatchItem',
  description: 'Something that happened to one dossier.',
});

export const ItemAnswer = z
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
  largestBody: batchBody,
  units: 20,
  itemByItem: true,
  statuses: [200],
  answer: z
    .strictObject({ items: z.array(ItemAnswer).readonly() })
    .meta({ id: 'BatchAnswer', description: 'What became of each item, in the order of the request.' }),
  refusals: [],
} as const satisfies Operation;

/** What one of many is answered. @param problemOf what is said of an item at which something was thrown */
export function itemAnswer(
  { dossierId: id, report: { eventId } }: Said,
  taken: TakenOfMany = { isNotReached: true },
  caller: Party,
  problemOf: (thrown: unknown, dossierId: string) => z.output<typeof Problem>,
): ItemAnswer {
  const names = { dossierId: id, eventId };
  if ('thrown' in taken || 'isNotReached' in taken) {
    const problem = 'thrown' in taken ? problemOf(taken.thrown, id) : borderProblem('NotReached');
    return { ...names, status: problem.status, problem };
  }
  if ('refusal' in taken) {
    const { refusal, dossier } = taken;
    const problem = refusalProblem(refusal, dossier === undefined ? undefined : { dossier, party: caller });
    return { ...names, status: problem.status, problem };
  }
  const { status, body: recorded } = recordedView(taken, caller);
  return { ...names, status, recorded };
}
