import * as z from 'zod';
import { parseDossierCode } from '../domain/codes/dossier-code.ts';
import { evidenceKinds, outcomes, solutions } from '../domain/journey/events.ts';
import { parseItemCode } from '../domain/codes/item-code.ts';
import { withoutSeparators, withoutSpaces } from '../domain/codes/parsed.ts';
import { ActionView, EventName, EventView, PlaceView, Reason, Relationship } from './dossier-view.ts';
import { fault, itemCodeWords } from './fault.ts';
import type { Operation } from './operation.ts';
import { Phone } from './phone.ts';
import { line } from './text.ts';
import { dong, dossierId, eventId, instant, sha256, unitId } from './wire.ts';

const count = z.int().min(0).max(999);

/** The agency's own code of the dossier, in one of the forms in use; kept as it reads, in capitals. */
const officialCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseDossierCode(text);
    return parsed.ok
      ? parsed.value
      : fault(context, text, {
          en: 'is no dossier code; write it as the agency does, like H15.50.05.13-261008-0975',
          vi: 'không phải mã hồ sơ; hãy ghi như cơ quan cấp, ví dụ H15.50.05.13-261008-0975',
        });
  });

/** The code on the item's label, as printed or scanned; whether it is a true one is the law's to say. */
const itemCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseItemCode(text);
    if (parsed.ok) return parsed.value;
    return parsed.fault === 'not-s10' ? fault(context, text, itemCodeWords['not-s10']) : withoutSeparators(text);
  });

/** The number on the seal, in capitals. */
const sealNumber = z
  .string()
  .max(60)
  .transform(withoutSpaces)
  .pipe(z.string().regex(/^[A-Z0-9-]{3,20}$/));

/** What an event may say beyond that it happened; which of it a step needs is the law's to say (`allowedActions`). */
const Details = z
  .strictObject({
    papers: z.strictObject({ originals: count, copies: count }).optional(),
    sealNumber: sealNumber.optional(),
    sealIntact: z.boolean().optional(),
    amountCollected: dong.optional(),
    feeHandedOver: dong.optional(),
    itemCode: itemCode.optional(),
    appointment: z.strictObject({ from: instant, until: instant }).optional(),
    resultDueAt: instant.optional(),
    officialCode: officialCode.optional(),
    reason: Reason.optional(),
    solution: z.enum(solutions).optional(),
    nextAttemptAt: instant.optional(),
    outcome: z.enum(outcomes).optional(),
    /** The name is kept with the people's data, apart from the book. */
    receiver: z.strictObject({ name: line(120), relationship: Relationship }).optional(),
    /** Fingerprints of the signature or photo: the event may come from the road, its pictures when there is signal. */
    evidence: z
      .array(z.strictObject({ kind: z.enum(evidenceKinds), sha256 }))
      .min(1)
      .max(5)
      .optional(),
    /** The number is kept with the people's data; the book says that it was corrected. */
    contact: z
      .strictObject({ phone: Phone })
      .optional()
      .meta({ description: 'The right telephone number of the applicant.' }),
    postOfficeId: unitId.optional(),
  })
  .meta({ id: 'Details', description: 'What the event says; allowedActions names what each step needs.' });

const Report = z
  .strictObject({
    eventId: eventId.meta({
      description: 'Drawn by the device; the same id counts once.',
      examples: ['c0ffee-000017'],
    }),
    type: EventName,
    occurredAt: instant,
    expectedVersion: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Refuse with Overtaken unless the dossier still has this version.' }),
    device: z
      .strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/), sequence: z.int().min(0) })
      .optional()
      .meta({ description: 'The phone and its own count of what it reports: its order is known whenever it arrives.' }),
    details: Details.default({}),
  })
  .meta({ id: 'Report', description: 'Something that happened.' });

const Recorded = z
  .strictObject({
    event: EventView,
    place: PlaceView,
    version: z.int().min(1),
    allowedActions: z.array(ActionView).readonly(),
  })
  .meta({ id: 'Recorded', description: 'The event as it stands in the book, and where the dossier is now.' });

/** Says what happened. The same `eventId` counts once, however often it is sent. */
export const recordEvent = {
  name: 'record-event',
  method: 'POST',
  path: '/v1/dossiers/{dossierId}/events',
  doors: ['portal', 'clerk', 'courier', 'officer'],
  summary: { en: 'Say what happened', vi: 'Ghi nhận sự kiện' },
  request: z.strictObject({ path: z.strictObject({ dossierId }), body: Report }),
  statuses: [200, 201],
  answer: Recorded,
  refusals: [
    'UnknownDossier',
    'NoSuchStep',
    'NotYourStep',
    'ProofMissing',
    'ProofMismatch',
    'UnneededDetails',
    'ItemCodeRefused',
    'DateRefused',
    'UnknownPostOffice',
    'Overtaken',
    'EventIdReused',
  ],
} as const satisfies Operation;
