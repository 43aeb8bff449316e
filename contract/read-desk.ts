import * as z from 'zod';
import { showLocalTime } from '../domain/calendar/local-time.ts';
import { matterKinds, matterWords } from '../domain/journey/matters.ts';
import type { DeskCounts } from '../domain/people/desk-counts.ts';
import { Instant, PlaceView, placeView } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { shown } from './wire.ts';

const count = z.int().min(0);
const counted = {
  total: count,
  overdue: count,
  more: z.literal(true).exactOptional().meta({ description: 'There are more than were counted.' }),
};

const DeskView = z
  .strictObject({
    unit: z.string(),
    countedAt: Instant.meta({ description: 'When it was counted: a minute ago at most.' }),
    countedAtLocal: z.string(),
    waiting: z
      .array(z.strictObject({ place: PlaceView, ...counted }).meta({ id: 'WaitingCount' }))
      .readonly()
      .meta({ description: 'How many dossiers wait at each place; GET /v1/dossiers?place=… lists them.' }),
    unsettled: z
      .array(
        z
          .strictObject({ kind: z.enum(matterKinds), vi: z.string(), en: z.string(), ...counted })
          .meta({ id: 'UnsettledCount' }),
      )
      .readonly()
      .meta({ description: 'How much of each kind has to be settled; GET /v1/dossiers?matter=… lists it.' }),
  })
  .meta({ id: 'Desk', description: 'What lies on a unit’s desk, in numbers; what is nowhere is left out.' });

/** How much lies on the caller's own unit's desk. */
export const readDesk = {
  name: 'read-desk',
  method: 'GET',
  path: '/v1/desk',
  doors: ['clerk', 'courier', 'officer', 'supervisor'],
  summary: { en: 'Count what lies on your unit’s desk', vi: 'Đếm việc của đơn vị' },
  request: z.strictObject({}),
  statuses: [200],
  answer: DeskView,
  refusals: [],
} as const satisfies Operation;

/** The counts of a desk in words. */
export function deskView(unit: string, { countedAt, waiting, unsettled }: DeskCounts): z.output<typeof DeskView> {
  return {
    unit,
    countedAt: shown(countedAt),
    countedAtLocal: showLocalTime(countedAt),
    waiting: waiting.map(({ what, ...counts }) => ({ place: placeView(what), ...countView(counts) })),
    unsettled: unsettled.map(({ what, ...counts }) => {
      const { vi, en } = matterWords[what];
      return { kind: what, vi, en, ...countView(counts) };
    }),
  };
}

function countView({ total, overdue, isMore }: { total: number; overdue: number; isMore?: true }) {
  return { total, overdue, ...(isMore === undefined ? {} : { more: isMore }) };
}
