import * as z from 'zod';
import { DossierView, EventView, MatterView } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { dossierId } from './wire.ts';

const ApplicantView = z
  .strictObject({
    fullName: z.string(),
    phone: z.string(),
    address: z.string(),
    identityNumber: z.string().exactOptional(),
  })
  .meta({ id: 'ApplicantView', description: 'The person; absent for operators, and once the data have been erased.' });

const DossierWithTimeline = DossierView.extend({
  applicant: ApplicantView.exactOptional(),
  timeline: z.array(EventView).readonly().meta({
    description: 'As it happened; `number` tells in which order it became known. The newest 100 notes among it.',
  }),
  matters: z.array(MatterView).readonly().meta({ description: 'What somebody has to settle.' }),
}).meta({ id: 'DossierWithTimeline' });

/** Where it is, how it came there, and what the caller may report next. */
export const readDossier = {
  name: 'read-dossier',
  method: 'GET',
  path: '/v1/dossiers/{dossierId}',
  doors: ['portal', 'clerk', 'courier', 'officer', 'ops'],
  summary: { en: 'Read a dossier with its timeline', vi: 'Xem hồ sơ và diễn biến' },
  request: z.strictObject({ path: z.strictObject({ dossierId }) }),
  statuses: [200],
  answer: DossierWithTimeline,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;
