import * as z from 'zod';
import { EventView, NationalStatus, PlaceView, Reason } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { reportRefusals } from './recorded.ts';
import { dong, dossierId, eventId, instant } from './wire.ts';

const ReportedStatus = z
  .strictObject({
    messageId: eventId.meta({ description: 'The one-stop system’s own id of the message; the same counts once.' }),
    status: z.int().min(0).max(999).meta({ description: 'As the one-stop systems exchange it.' }),
    at: instant,
    reason: Reason.exactOptional(),
    resultDueAt: instant.exactOptional(),
    amountDue: dong.exactOptional().meta({ description: 'With status 6: the duty that is asked for.' }),
  })
  .meta({ id: 'ReportedStatus', description: 'The status that an agency’s one-stop system has of a dossier.' });

/**
 * Takes in the status of an agency's one-stop system: followed by the step of the law that it stands for, or kept for a
 * person where it stands for none, or for one that the law does not allow here.
 */
export const reportStatus = {
  name: 'report-status',
  method: 'POST',
  path: '/v1/dossiers/{dossierId}/status',
  doors: ['officer'],
  summary: { en: 'Take in the status of a one-stop system', vi: 'Nhận trạng thái từ hệ thống một cửa' },
  request: z.strictObject({ path: z.strictObject({ dossierId }), body: ReportedStatus }),
  statuses: [200, 201, 202],
  answer: z
    .strictObject({
      outcome: z.enum(['same', 'followed', 'parked']),
      nationalStatus: NationalStatus,
      place: PlaceView,
      event: EventView.exactOptional(),
    })
    .meta({ id: 'StatusAnswer', description: 'What became of it, and the status as it is now.' }),
  refusals: reportRefusals,
} as const satisfies Operation;
