import * as z from 'zod';
import { EventView, Instant, PlaceView } from './dossier-view.ts';
import type { FaultWords } from './fault.ts';
import type { Operation } from './operation.ts';
import { dossierId, instant } from './wire.ts';

const Telling = z
  .strictObject({
    place: PlaceView.exactOptional().meta({ description: 'Absent before the registration.' }),
    dueAt: Instant.exactOptional().meta({ description: 'When the clock of that place rings.' }),
    timeline: z.array(EventView).readonly(),
  })
  .meta({
    id: 'Telling',
    description:
      'Where the paper was, and how it came there; the newest 200 notes among it, and 200 that arrived later.',
  });

export type Telling = z.output<typeof Telling>;

const AsOf = z
  .strictObject({
    asOf: z.iso.datetime(),
    knownThen: Telling.meta({ description: 'From what had arrived by then, judged as it was judged then.' }),
    trueThen: Telling.meta({ description: 'What had happened by then, from all that is known now.' }),
  })
  .meta({ id: 'AsOf', description: 'What was known at an instant, and what was true.' });

const TimelinePage = z
  .strictObject({
    items: z.array(EventView).readonly(),
    next: z.string().exactOptional().meta({ description: 'The cursor of the next page; absent with the last.' }),
  })
  .meta({ id: 'TimelinePage', description: 'Everything that was said, in the order in which it arrived.' });

const Timeline = z.union([TimelinePage, AsOf]).meta({ id: 'Timeline' });

const instead: FaultWords = {
  en: 'an instant (asOf) has no pages: leave this out',
  vi: 'thời điểm (asOf) không chia trang: hãy bỏ tham số này',
};

/**
 * Everything that was said of a dossier, page by page in the order of arrival, each as it is judged now. With `asOf`:
 * what was known then, and what was true then.
 */
export const readTimeline = {
  name: 'read-timeline',
  method: 'GET',
  path: '/v1/dossiers/{dossierId}/timeline',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'],
  summary: { en: 'Read everything that was said of a dossier', vi: 'Xem toàn bộ diễn biến hồ sơ' },
  request: z.strictObject({
    path: z.strictObject({ dossierId }),
    query: z
      .strictObject({
        asOf: instant.optional().meta({ description: 'An instant with its offset; without cursor and limit.' }),
        cursor: z
          .string()
          .regex(/^\d{1,6}(?:\.\d{1,15}\.[A-Za-z0-9_-]{8,64})?$/)
          .optional()
          .meta({ description: 'As the page before gave it, in `next`.', examples: ['100'] }),
        limit: z
          .string()
          .regex(/^(?:[1-9]\d?|1\d\d|200)$/)
          .transform(Number)
          .optional()
          .meta({ description: 'So many at most, up to 200; 100 when it is left out.', examples: ['50'] }),
      })
      .check((context) => {
        const { asOf, cursor, limit } = context.value;
        if (asOf === undefined || (cursor ?? limit) === undefined) return;
        context.issues.push({
          code: 'custom',
          input: context.value,
          path: [cursor === undefined ? 'limit' : 'cursor'],
          params: { ...instead },
        });
      }),
  }),
  statuses: [200],
  answer: Timeline,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;
