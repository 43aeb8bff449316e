import * as z from 'zod';
import { parseItemCode } from '../domain/codes/item-code.ts';
import { withoutSeparators, withoutSpaces } from '../domain/codes/parsed.ts';
import type { Said, Taken } from '../domain/intake/take-in.ts';
import type { JourneyEvent, Party } from '../domain/journey/dossier.ts';
import {
  channels,
  complaints,
  documentStates,
  evidenceKinds,
  identityPapers,
  outcomes,
  payers,
  returnWays,
  solutions,
  tidings,
  type Details as Facts,
} from '../domain/journey/events.ts';
import { waitsFor } from '../domain/journey/reach.ts';
import type { RefusalName } from '../domain/journey/refusals.ts';
import {
  ActionView,
  actionsView,
  EventName,
  EventView,
  tellingView,
  PlaceView,
  placeView,
  Reason,
  Relationship,
} from './dossier-view.ts';
import { OfficialCode } from './codes.ts';
import { fault, itemCodeWords } from './fault.ts';
import { Phone } from './phone.ts';
import { line } from './text.ts';
import { concernedId, dong, eventId, instant, sha256, unitId } from './wire.ts';

const count = z.int().min(0).max(999);

/** The code on the item's label, as printed or scanned; whether it is a true one is the law's to say. */
const itemCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseItemCode(text);
    if (parsed.ok) return parsed.value;
    return parsed.fault === 'not-s10' ? fault(context, text, itemCodeWords['not-s10']) : withoutSeparators(text);
  })
  .meta({ examples: ['RA123456785VN'] });

/** The number on the seal, in capitals. */
const sealNumber = z
  .string()
  .max(60)
  .transform(withoutSpaces)
  .pipe(z.string().regex(/^[A-Z0-9-]{3,20}$/))
  .meta({ description: 'The number on the seal: 3 to 20 letters, digits and hyphens.', examples: ['NP-000042'] });

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
    officialCode: OfficialCode.optional(),
    reason: Reason.optional(),
    solution: z.enum(solutions).optional(),
    nextAttemptAt: instant.optional(),
    outcome: z.enum(outcomes).optional(),
    /** The name is kept with the people's data, apart from the book. */
    receiver: z
      .strictObject({ name: line(120).meta({ examples: ['Trần Văn Mẫu'] }), relationship: Relationship })
      .optional(),
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
    concerns: concernedId.optional().meta({ description: 'The id of the earlier event that this report speaks of.' }),
    documents: z
      .array(
        z.strictObject({
          document: z.union([z.int().min(0).max(99), z.literal('result')]).meta({
            description: 'Which of the procedure’s published list, from 0; `result` for what the agency gives out.',
          }),
          form: z.enum(['original', 'copy']),
          count: z.int().min(1).max(999),
          toReturn: z.literal(true).exactOptional(),
          state: z.enum(documentStates).exactOptional(),
          reason: Reason.exactOptional(),
        }),
      )
      .min(1)
      .max(60)
      .optional()
      .meta({ description: 'Line by line, where citizen or agency signs.' }),
    returnBy: z.enum(returnWays).optional(),
    receiptShown: z.boolean().optional().meta({ description: 'The sender has shown that it was he who sent it.' }),
    channel: z.enum(channels).optional(),
    told: z.enum(tidings).optional(),
    feeReceipt: z
      .string()
      .max(60)
      .transform(withoutSpaces)
      .pipe(z.string().regex(/^[A-Z0-9/.-]{3,30}$/))
      .optional()
      .meta({ description: 'The number of the receipt for the State’s fee.', examples: ['BL/26-0000123'] }),
    amountDue: dong.optional(),
    identityPaper: z.enum(identityPapers).optional().meta({ description: 'What the receiver showed of who he is.' }),
    authorityShown: z.boolean().optional().meta({ description: 'Whoever receives for another showed the authority.' }),
    papersTakenBack: z.strictObject({ originals: count, copies: count }).optional(),
    payer: z.enum(payers).optional(),
    complaint: z.enum(complaints).optional(),
    reportedStatus: z.int().min(0).max(999).optional(),
    succession: z.strictObject({ unit: unitId, successor: unitId }).optional(),
    shutUntil: instant.optional(),
  })
  .meta({ id: 'Details', description: 'What the event says; allowedActions names what each step needs.' });

export const Device = z.strictObject({
  id: eventId.meta({ description: 'The device’s own, for as long as it lives.', examples: ['phone-0a1b2c3d'] }),
  sequence: z.int().min(0),
});

/** What may be said of many at once: nothing about people. */
export const BagDetails = Details.omit({ receiver: true, contact: true }).meta({ id: 'BagDetails' });

export const Report = z
  .strictObject({
    eventId: eventId.meta({
      description: 'Drawn by the device; the same id counts once.',
      examples: ['c0ffee-000017'],
    }),
    type: EventName,
    occurredAt: instant,
    device: Device.optional().meta({
      description: 'The phone and its own count of what it reports: its order is known whenever it arrives.',
    }),
    sentAt: instant.optional().meta({
      description: 'The phone’s own time as it sends this: how wrong its clock is, and when things really happened.',
    }),
    details: Details.default({}),
  })
  .meta({ id: 'Report', description: 'Something that happened.' });

/** What became of a report. */
const reportOutcomes = ['stored', 'disputed', 'parked', 'contradicts', 'lifted', 'set-aside', 'noted'] as const;
const ReportOutcome = z.enum(reportOutcomes).meta({
  id: 'ReportOutcome',
  description:
    'stored: it stands. disputed: it stands, and a difference has to be settled. parked: it is early and waits for what ' +
    'waitsFor names. contradicts: kept for a person to settle. set-aside: settled as not having happened. noted: kept ' +
    'beside the journey.',
});

export const Recorded = z
  .strictObject({
    outcome: ReportOutcome,
    firstOutcome: ReportOutcome.exactOptional().meta({ description: 'Of a duplicate: what the first was told.' }),
    waitsFor: z.array(PlaceView).readonly().exactOptional().meta({
      description: 'Of what is parked: the places at which it would stand.',
    }),
    event: EventView,
    place: PlaceView,
    version: z.int().min(1),
    allowedActions: z.array(ActionView).readonly(),
  })
  .meta({ id: 'Recorded', description: 'The event as it stands in the book, and where the dossier is now.' });

/** What a report can be refused for. */
export const reportRefusals = [
  'UnknownDossier',
  'NoSuchStep',
  'NotYourStep',
  'ProofMissing',
  'ProofMismatch',
  'UnneededDetails',
  'ItemCodeRefused',
  'DateRefused',
  'TooLate',
  'UnknownPostOffice',
  'UnknownMatter',
  'SamePerson',
  'TooManyNotes',
  'Overtaken',
  'EventIdReused',
] as const satisfies readonly RefusalName[];

/** Details in the words of the law, without what was left out. */
export function detailsIn(said: z.output<typeof BagDetails>): Facts {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

/**
 * A report in the words of the law, and, apart from it, what it says of people.
 * @param expectedVersion the one that the dossier must still have; undefined for any
 */
export function saidBy(
  dossierId: string,
  report: z.output<typeof Report>,
  by: Party,
  expectedVersion: number | undefined,
): Said {
  const { eventId: id, type, occurredAt, device, sentAt, details } = report;
  const { receiver, contact, ...rest } = details;
  const facts = detailsIn(rest);
  return {
    dossierId,
    report: {
      eventId: id,
      type,
      occurredAt,
      by,
      ...(device === undefined ? {} : { device }),
      ...(sentAt === undefined ? {} : { sentAt }),
      details: {
        ...facts,
        ...(receiver === undefined ? {} : { receiver: { relationship: receiver.relationship } }),
        ...(contact === undefined ? {} : { contact: { field: 'phone' } }),
      },
    },
    personal: {
      ...(receiver === undefined ? {} : { receiverName: receiver.name }),
      ...(contact === undefined ? {} : { phone: contact.phone }),
    },
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  };
}

/** What somebody is told whose report was taken in. */
export function recordedView(
  taken: Exclude<Taken, { readonly refusal: unknown }>,
  caller: Party,
): { readonly status: 200 | 201 | 202; readonly body: z.output<typeof Recorded> } {
  const { dossier, isNew } = taken;
  const outcome = 'note' in taken ? 'noted' : outcomeOf(taken.event);
  const first = 'note' in taken ? outcome : taken.first && outcomeOf(taken.first);
  const isKept = outcome !== 'stored' && outcome !== 'disputed' && outcome !== 'noted';
  const places = outcome === 'parked' && 'event' in taken ? waitsFor(dossier, taken.event) : [];
  return {
    status: isNew ? (isKept ? 202 : 201) : 200,
    body: {
      outcome,
      ...(isNew || first === undefined ? {} : { firstOutcome: first }),
      ...(places.length === 0 ? {} : { waitsFor: places.map(placeView) }),
      event: tellingView('note' in taken ? taken.note : taken.event),
      place: placeView(dossier.place),
      version: dossier.version,
      allowedActions: actionsView(dossier, caller),
    },
  };
}

function outcomeOf({
  standing,
  disputes,
}: Pick<JourneyEvent, 'standing' | 'disputes'>): z.output<typeof ReportOutcome> {
  return standing ?? (disputes === undefined ? 'stored' : 'disputed');
}
