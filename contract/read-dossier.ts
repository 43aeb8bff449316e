import * as z from 'zod';
import { DossierView, EventView, MatterView } from './dossier-view.ts';
import { personFields, type PersonField } from '../domain/people/rights.ts';
import type { Person } from './register-dossier.ts';
import type { Operation } from './operation.ts';
import { dossierId } from './wire.ts';

const OtherView = z.strictObject({ fullName: z.string(), phone: z.string() }).meta({ id: 'OtherPersonView' });

const ApplicantView = z
  .strictObject({
    fullName: z.string().exactOptional(),
    phone: z.string().exactOptional(),
    address: z.string().exactOptional(),
    identityNumber: z.string().exactOptional(),
    submitter: OtherView.exactOptional().meta({
      description: 'Who handed the papers in, authorised by the applicant.',
    }),
    receiver: OtherView.exactOptional().meta({ description: 'Who may receive, authorised by the applicant.' }),
  })
  .meta({
    id: 'ApplicantView',
    description:
      'The person, as far as the caller has to do with it: whoever goes to the door sees no identity number. Absent ' +
      'for operators, and once the data have been erased.',
  });

/** What somebody sees of a person. */
export function applicantView(person: Person, seen: ReadonlySet<PersonField>): z.output<typeof ApplicantView> {
  return Object.fromEntries(
    personFields
      .filter((field) => seen.has(field) && person[field] !== undefined)
      .map((field) => [field, person[field]]),
  );
}

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
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'],
  summary: { en: 'Read a dossier with its timeline', vi: 'Xem hồ sơ và diễn biến' },
  request: z.strictObject({ path: z.strictObject({ dossierId }) }),
  statuses: [200],
  answer: DossierWithTimeline,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;
