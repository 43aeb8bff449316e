import * as z from 'zod';
import type { ScansByContent } from '../domain/evidence.ts';
import { allowedActions } from '../domain/journey/allowed-actions.ts';
import {
  doubts,
  frontDoors,
  legKinds,
  placeAfter,
  standings,
  type Dossier,
  type JourneyEvent,
  type Note,
  type Party,
} from '../domain/journey/dossier.ts';
import {
  channels,
  complaints,
  detailNames,
  contactFields,
  documentStates,
  eventFacts,
  eventKinds,
  eventTypes,
  faultOf,
  faultSides,
  evidenceKinds,
  identityPapers,
  outcomes,
  payers,
  reasons,
  relationships,
  returnWays,
  solutions,
  tidings,
} from '../domain/journey/events.ts';
import { matterKinds, matterWords, type Matter } from '../domain/journey/matters.ts';
import { nationalStatusOf } from '../domain/journey/status.ts';
import { holders, isEnd, placeFacts, places, type Place } from '../domain/journey/places.ts';
import { actors } from '../domain/roles.ts';
import { shown } from './wire.ts';

const count = z.int().min(0);
const PlaceName = z.enum(places).meta({ id: 'PlaceName' });
export const EventName = z.enum(eventTypes).meta({ id: 'EventName' });
export const Reason = z.enum(reasons).meta({ id: 'Reason' });
export const Relationship = z.enum(relationships).meta({ id: 'Relationship' });
const DetailName = z.enum(detailNames).meta({ id: 'DetailName' });
export const Instant = z.iso
  .datetime()
  .meta({ description: 'An instant in UTC.', examples: ['2026-11-24T01:30:00.000Z'] });
const Dong = z.int().meta({ description: 'Whole đồng.', examples: [31000] });

/** A place as clients see it. */
export const PlaceView = z
  .strictObject({
    name: PlaceName,
    vi: z.string(),
    en: z.string(),
    holder: z.enum(holders).meta({ description: 'Who holds the paper.' }),
    end: z.boolean(),
  })
  .meta({ id: 'Place', description: 'Where the paper is.' });
export type PlaceView = z.infer<typeof PlaceView>;

export const PartyView = z
  .strictObject({ role: z.enum(actors), unit: z.string() })
  .meta({ id: 'Party', description: 'Who spoke: a role, and the post office, agency or portal it speaks for.' });

const Papers = z.strictObject({ originals: count, copies: count }).meta({ id: 'Papers' });

const DocumentLineView = z
  .strictObject({
    document: z.union([z.int().min(0), z.literal('result')]),
    form: z.enum(['original', 'copy']),
    count: z.int().min(1),
    toReturn: z.literal(true).exactOptional(),
    state: z.enum(documentStates).exactOptional(),
    reason: Reason.exactOptional(),
  })
  .meta({ id: 'DocumentLine', description: 'A line of the slip’s list of documents.' });

const DetailsView = z
  .strictObject({
    papers: Papers.exactOptional(),
    sealNumber: z.string().exactOptional(),
    sealIntact: z.boolean().exactOptional(),
    amountCollected: Dong.exactOptional(),
    feeHandedOver: Dong.exactOptional(),
    itemCode: z
      .string()
      .exactOptional()
      .meta({ examples: ['RA123456785VN'] }),
    appointment: z.strictObject({ from: Instant, until: Instant }).exactOptional(),
    resultDueAt: Instant.exactOptional(),
    officialCode: z.string().exactOptional(),
    reason: Reason.exactOptional(),
    solution: z.enum(solutions).exactOptional(),
    nextAttemptAt: Instant.exactOptional(),
    outcome: z.enum(outcomes).exactOptional(),
    receiver: z.strictObject({ relationship: Relationship }).exactOptional(),
    evidence: z
      .array(
        z.strictObject({
          kind: z.enum(evidenceKinds),
          sha256: z.string(),
          scanId: z.string().exactOptional().meta({
            description:
              'The scan that shows it, where a dossier or its timeline is read; absent when none was asked for.',
          }),
        }),
      )
      .readonly()
      .exactOptional(),
    contact: z.strictObject({ field: z.enum(contactFields) }).exactOptional(),
    postOfficeId: z.string().exactOptional(),
    concerns: z.string().exactOptional(),
    documents: z.array(DocumentLineView).readonly().exactOptional(),
    returnBy: z.enum(returnWays).exactOptional(),
    receiptShown: z.boolean().exactOptional(),
    channel: z.enum(channels).exactOptional(),
    told: z.enum(tidings).exactOptional(),
    feeReceipt: z.string().exactOptional(),
    amountDue: Dong.exactOptional(),
    identityPaper: z.enum(identityPapers).exactOptional(),
    authorityShown: z.boolean().exactOptional(),
    papersTakenBack: Papers.exactOptional(),
    payer: z.enum(payers).exactOptional(),
    complaint: z.enum(complaints).exactOptional(),
    reportedStatus: z.int().exactOptional(),
    succession: z.strictObject({ unit: z.string(), successor: z.string() }).exactOptional(),
    shutUntil: Instant.exactOptional(),
  })
  .meta({
    id: 'RecordedDetails',
    description: 'What an event says beyond that it happened; names of people are kept apart.',
  });

export const EventView = z
  .strictObject({
    eventId: z.string(),
    number: z.int().min(1).exactOptional().meta({ description: 'Its place in the order of arrival; none for a note.' }),
    type: EventName,
    vi: z.string(),
    en: z.string(),
    kind: z.enum(eventKinds),
    standing: z
      .enum(['stands', ...standings])
      .meta({ description: 'Whether it counts: parked waits for an earlier fact, contradicts for a person.' }),
    from: PlaceName.exactOptional(),
    to: PlaceName.exactOptional(),
    placeAfter: PlaceName.exactOptional().meta({ description: 'Where the dossier was once this had arrived.' }),
    occurredAt: Instant.meta({ description: 'When it happened, as far as that is plausible.' }),
    receivedAt: Instant,
    claimedAt: Instant.exactOptional().meta({ description: 'The device’s claim, where another time was taken.' }),
    doubt: z.enum(doubts).exactOptional().meta({ description: 'Why the claim says nothing about the day.' }),
    skewSeconds: z.int().exactOptional().meta({
      description:
        'How far the device’s clock was ahead when it sent this, by its own word or by what it said in the last seven days.',
    }),
    aheadSeconds: z.int().exactOptional().meta({ description: 'How far the device’s clock was ahead.' }),
    by: PartyView,
    details: DetailsView,
    dueAt: Instant.exactOptional().meta({ description: 'The deadline of the place it leads to.' }),
    fault: z
      .enum(faultSides)
      .exactOptional()
      .meta({ description: 'Of a trip in vain: whose fault it was, who bears what the next one costs.' }),
    disputes: z
      .array(z.strictObject({ field: DetailName, expected: z.string(), said: z.string() }))
      .readonly()
      .exactOptional(),
    proofPending: z.array(DetailName).readonly().exactOptional(),
    judgedAnew: z
      .array(z.strictObject({ number: z.int().min(1), standing: z.enum(['stands', ...standings]) }))
      .readonly()
      .exactOptional()
      .meta({ description: 'Earlier arrivals of which something else is true since this came.' }),
  })
  .meta({ id: 'JourneyEvent', description: 'One fact of the dossier’s journey.' });
export type EventView = z.infer<typeof EventView>;

export const MatterView = z
  .strictObject({
    kind: z.enum(matterKinds),
    vi: z.string(),
    en: z.string(),
    eventId: z.string().meta({ description: 'The event it is about; MatterSettled names it in details.concerns.' }),
    owner: z.string().meta({ description: 'The post office or agency that has to see to it.' }),
    openedAt: Instant,
    dueAt: Instant,
  })
  .meta({ id: 'Matter', description: 'What somebody has to settle about an event.' });

export const ActionView = z
  .strictObject({
    event: EventName,
    to: z.array(PlaceName).readonly(),
    requires: z.array(DetailName).readonly(),
    allows: z.array(DetailName).readonly(),
    vi: z.string(),
    en: z.string(),
  })
  .meta({ id: 'AllowedAction', description: 'What the caller may report next, and what the report must and may say.' });
export type ActionView = z.infer<typeof ActionView>;

const ChargesView = z
  .strictObject({
    tariff: z.string(),
    stateFee: Dong,
    stateFeeUnknown: z.literal(true).exactOptional(),
    dueAtCollection: Dong,
    dueOnDelivery: Dong,
    lines: z
      .array(z.strictObject({ kind: z.string(), amount: Dong, due: z.enum(['at-collection', 'on-delivery']) }))
      .readonly(),
  })
  .meta({ id: 'Charges', description: 'What the citizen pays: as agreed at registration, and what was added since.' });

export const NationalStatus = z
  .int()
  .min(1)
  .max(10)
  .meta({ id: 'NationalStatus', description: 'What the one-stop systems exchange, as facts have moved it.' });

export const DossierView = z
  .strictObject({
    dossierId: z.string().meta({ examples: ['d-3v7h2qk9m4e8x1c6t5w0b2n7rz'] }),
    trackingCode: z.string().meta({ examples: ['123456789012345671'] }),
    version: z.int().min(1).meta({ description: 'The number of the newest event.' }),
    frontDoor: z.enum(frontDoors),
    place: PlaceView,
    nationalStatus: NationalStatus,
    since: Instant,
    dueAt: Instant.exactOptional(),
    overdue: z.boolean(),
    procedureCode: z.string(),
    agencyId: z.string(),
    postOfficeId: z.string(),
    deliveryPostOfficeId: z.string(),
    communeId: z.string(),
    returnByPost: z.boolean(),
    charges: ChargesView,
    papers: Papers.exactOptional(),
    sealNumber: z.string().exactOptional(),
    officialCode: z.string().exactOptional(),
    resultDueAt: Instant.exactOptional(),
    legs: z
      .array(
        z
          .strictObject({
            kind: z.enum(legKinds),
            itemCode: z.string(),
            from: Instant,
            until: Instant.exactOptional().meta({ description: 'When a side leg arrived.' }),
          })
          .meta({ id: 'Leg' }),
      )
      .readonly(),
    attempts: z.strictObject({ pickup: count, delivery: count }),
    allowedActions: z.array(ActionView).readonly(),
  })
  .meta({ id: 'Dossier', description: 'A dossier without its people, as the caller sees it.' });
export type DossierView = z.infer<typeof DossierView>;

export function placeView(place: Place): PlaceView {
  const { vi, en, holder } = placeFacts[place];
  return { name: place, vi, en, holder, end: isEnd(place) };
}

/** One event as parties see it, as it is judged now. */
function eventView(event: JourneyEvent, shownBy: ScansByContent): EventView {
  const { number, standing, from, to, dueAt, disputes, proofPending, judgedAnew } = event;
  const fault = faultOf(event.type, to, event.details);
  return {
    ...noteView(event, shownBy),
    ...(fault === undefined ? {} : { fault }),
    number,
    standing: standing ?? 'stands',
    from,
    to,
    placeAfter: placeAfter(event),
    ...(dueAt === undefined ? {} : { dueAt: shown(dueAt) }),
    ...(disputes === undefined ? {} : { disputes }),
    ...(proofPending === undefined ? {} : { proofPending }),
    ...(judgedAnew === undefined
      ? {}
      : { judgedAnew: judgedAnew.map((one) => ({ number: one.number, standing: one.standing ?? 'stands' })) }),
  };
}

/** What was only noted, as parties see it. */
function noteView(note: Note, shownBy: ScansByContent): EventView {
  const { eventId, type, occurredAt, receivedAt, claimedAt, doubt, aheadSeconds, skewSeconds, by, details } = note;
  const { appointment, resultDueAt, nextAttemptAt, shutUntil, evidence, ...rest } = details;
  return {
    eventId,
    type,
    vi: eventFacts[type].vi,
    en: eventFacts[type].en,
    kind: eventFacts[type].kind,
    standing: 'stands',
    occurredAt: shown(occurredAt),
    receivedAt: shown(receivedAt),
    ...(claimedAt === undefined ? {} : { claimedAt: shown(claimedAt) }),
    ...(doubt === undefined ? {} : { doubt }),
    ...(aheadSeconds === undefined ? {} : { aheadSeconds }),
    ...(skewSeconds === undefined ? {} : { skewSeconds }),
    by: { role: by.role, unit: by.unit },
    details: {
      ...rest,
      ...(appointment === undefined
        ? {}
        : { appointment: { from: shown(appointment.from), until: shown(appointment.until) } }),
      ...(resultDueAt === undefined ? {} : { resultDueAt: shown(resultDueAt) }),
      ...(nextAttemptAt === undefined ? {} : { nextAttemptAt: shown(nextAttemptAt) }),
      ...(shutUntil === undefined ? {} : { shutUntil: shown(shutUntil) }),
      ...(evidence === undefined
        ? {}
        : { evidence: evidence.map((one) => ({ ...one, ...scanIdIn(shownBy, one.sha256) })) }),
    },
  };
}

function scanIdIn(shownBy: ScansByContent, sha256: string): { readonly scanId?: string } {
  const scan = shownBy.get(sha256);
  return scan === undefined ? {} : { scanId: scan.scanId };
}

/** Whatever was said of a dossier, as parties see it. @param shownBy the scans that are evidence of it */
export function tellingView(telling: JourneyEvent | Note, shownBy: ScansByContent = new Map()): EventView {
  return 'number' in telling ? eventView(telling, shownBy) : noteView(telling, shownBy);
}

/** What has to be settled, as parties see it. */
export function matterView({ kind, eventId, owner, openedAt, dueAt }: Matter): z.infer<typeof MatterView> {
  const { vi, en } = matterWords[kind];
  return { kind, vi, en, eventId, owner, openedAt: shown(openedAt), dueAt: shown(dueAt) };
}

/** What this party may report next, in words. */
export function actionsView(dossier: Dossier, party: Party): readonly ActionView[] {
  return allowedActions(dossier, party).map((action) => ({
    ...action,
    vi: eventFacts[action.event].vi,
    en: eventFacts[action.event].en,
  }));
}

/** The dossier without its people, as one party sees it. `now` (epoch ms) tells what is overdue. */
export function dossierView(dossier: Dossier, party: Party, now: number): DossierView {
  const { dueAt, papers, sealNumber, officialCode, resultDueAt } = dossier;
  return {
    dossierId: dossier.dossierId,
    trackingCode: dossier.trackingCode,
    version: dossier.version,
    frontDoor: dossier.frontDoor,
    place: placeView(dossier.place),
    nationalStatus: nationalStatusOf(dossier),
    since: shown(dossier.since),
    ...(dueAt === undefined ? {} : { dueAt: shown(dueAt) }),
    overdue: dossier.reminders > 0 || (dueAt !== undefined && dueAt < now),
    procedureCode: dossier.procedureCode,
    agencyId: dossier.agencyId,
    postOfficeId: dossier.postOfficeId,
    deliveryPostOfficeId: dossier.deliveryPostOfficeId,
    communeId: dossier.communeId,
    returnByPost: dossier.returnByPost,
    charges: dossier.charges,
    ...(papers === undefined ? {} : { papers }),
    ...(sealNumber === undefined ? {} : { sealNumber }),
    ...(officialCode === undefined ? {} : { officialCode }),
    ...(resultDueAt === undefined ? {} : { resultDueAt: shown(resultDueAt) }),
    legs: dossier.legs.map(({ from, until, ...leg }) => ({
      ...leg,
      from: shown(from),
      ...(until === undefined ? {} : { until: shown(until) }),
    })),
    attempts: dossier.attempts,
    allowedActions: actionsView(dossier, party),
  };
}
