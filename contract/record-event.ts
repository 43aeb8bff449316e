import * as z from 'zod';
import { Recorded, Report, reportRefusals } from './recorded.ts';
import { IfMatch } from './headers.ts';
import type { Operation } from './operation.ts';
import { dossierId } from './wire.ts';

/**
 * Says what happened. The same `eventId` counts once, however often it is sent. 201: it stands, perhaps with a dispute.
 * 202: kept, but it waits for an earlier fact, or contradicts what is known. 200: it was there before.
 */
export const recordEvent = {
  name: 'record-event',
  method: 'POST',
  path: '/v1/dossiers/{dossierId}/events',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor'],
  summary: { en: 'Say what happened', vi: 'Ghi nhận sự kiện' },
  request: z.strictObject({ path: z.strictObject({ dossierId }), ifMatch: IfMatch.optional(), body: Report }),
  statuses: [200, 201, 202],
  answer: Recorded,
  refusals: [...reportRefusals, 'VersionMoved'],
} as const satisfies Operation;
