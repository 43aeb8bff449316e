import * as z from 'zod';
import {
  doubts,
  frontDoors,
  legKinds,
  standings,
  type Dossier,
  type JourneyEvent,
  type Note,
} from '../../domain/journey/dossier.ts';
import {
  channels,
  complaints,
  contactFields,
  detailNames,
  documentStates,
  eventTypes,
  evidenceKinds,
  identityPapers,
  outcomes,
  payers,
  reasons,
  relationships,
  returnWays,
  solutions,
  tidings,
  type Details,
} from '../../domain/journey/events.ts';
import { languages, messageChannels } from '../../domain/telling/wish.ts';
import { bagTypes, type BagFact } from '../../domain/custody/bag.ts';
import type { DeviceClock } from '../../domain/journey/device-clock.ts';
import { matterKinds } from '../../domain/journey/matters.ts';
import { nationalStatuses, places } from '../../domain/journey/places.ts';
import { unsaidInReleaseOne } from '../../domain/journey/release-one.ts';
import { effectNames } from '../../domain/journey/rules.ts';
import { actors } from '../../domain/roles.ts';
import { termKinds, type Term } from '../../domain/journey/terms.ts';
import { personFields } from '../../domain/people/rights.ts';
import type { ExecutionLine } from '../../domain/ports/book.ts';
import { readItem } from './unreadable.ts';
import { scanFaults, scanFlags, scanKinds, scanStatuses, scanTypes, type Scan } from '../../domain/scans.ts';

/** Epoch milliseconds in the program, ISO 8601 UTC in the book, where people read it. */
export const instant = z.codec(z.iso.datetime(), z.int(), {
  decode: (text) => Date.parse(text),
  encode: (epoch) => new Date(epoch).toISOString(),
});

/** Numbers as their runs, `14-1990` or `3,5-9`: thousands of reminders take no more room than one. */
const runs = z.codec(z.string().regex(/^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/), z.array(z.int()).readonly(), {
  decode: (text) =>
    text.split(',').flatMap((run) => {
      const [first = 0, last = first] = run.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_none, index) => first + index);
    }),
  encode: (numbers) =>
    numbers
      .reduce<[number, number][]>((all, number) => {
        const run = all.at(-1);
        if (run !== undefined && number === run[1] + 1) run[1] = number;
        else all.push([number, number]);
        return all;
      }, [])
      .map(([first, last]) => (first === last ? first : `${first}-${last}`))
      .join(','),
});

const papers = z.object({ originals: z.int(), copies: z.int() });
/** Who spoke. */
export const partyItem = z.object({
  role: z.enum(actors),
  unit: z.string(),
  person: z.string().exactOptional(),
});

const details = z.object({
  papers: papers.exactOptional(),
  sealNumber: z.string().exactOptional(),
  sealIntact: z.boolean().exactOptional(),
  amountCollected: z.int().exactOptional(),
  feeHandedOver: z.int().exactOptional(),
  itemCode: z.string().exactOptional(),
  appointment: z.object({ from: instant, until: instant }).exactOptional(),
  resultDueAt: instant.exactOptional(),
  officialCode: z.string().exactOptional(),
  reason: z.enum(reasons).exactOptional(),
  solution: z.enum(solutions).exactOptional(),
  nextAttemptAt: instant.exactOptional(),
  outcome: z.enum(outcomes).exactOptional(),
  receiver: z.object({ relationship: z.enum(relationships) }).exactOptional(),
  evidence: z
    .array(z.object({ kind: z.enum(evidenceKinds), sha256: z.string() }))
    .readonly()
    .exactOptional(),
  contact: z.object({ field: z.enum(contactFields) }).exactOptional(),
  postOfficeId: z.string().exactOptional(),
  concerns: z.string().exactOptional(),
  documents: z
    .array(
      z.object({
        document: z.union([z.int(), z.literal('result')]),
        form: z.enum(['original', 'copy']),
        count: z.int(),
        toReturn: z.literal(true).exactOptional(),
        state: z.enum(documentStates).exactOptional(),
        reason: z.enum(reasons).exactOptional(),
      }),
    )
    .readonly()
    .exactOptional(),
  returnBy: z.enum(returnWays).exactOptional(),
  receiptShown: z.boolean().exactOptional(),
  channel: z.enum(channels).exactOptional(),
  told: z.enum(tidings).exactOptional(),
  feeReceipt: z.string().exactOptional(),
  amountDue: z.int().exactOptional(),
  identityPaper: z.enum(identityPapers).exactOptional(),
  authorityShown: z.boolean().exactOptional(),
  papersTakenBack: papers.exactOptional(),
  payer: z.enum(payers).exactOptional(),
  complaint: z.enum(complaints).exactOptional(),
  reportedStatus: z.int().exactOptional(),
  succession: z.object({ unit: z.string(), successor: z.string() }).exactOptional(),
  shutUntil: instant.exactOptional(),
}) satisfies z.ZodType<Details>;

const chargeLines = z
  .array(z.object({ kind: z.string(), amount: z.int(), due: z.enum(['at-collection', 'on-delivery']) }))
  .readonly();

/** A statutory term that runs. */
const term = z.object({
  kind: z.enum(termKinds),
  eventId: z.string(),
  owner: z.string(),
  openedAt: instant,
  dueAt: instant,
  days: z.int(),
}) satisfies z.ZodType<Term>;

/** The same in the head, where every byte is written with every event: one line of words a term. */
const shortTerm = z.codec(z.string(), term, {
  decode: (line) => {
    const [kind = '', eventId = '', owner = '', openedAt = '', dueAt = '', days = ''] = line.split(' ');
    const known = termKinds.find((one) => one === kind);
    // Of a kind that is none the date is none either: the item is unreadable, as with any other unknown word.
    return {
      kind: known ?? 'rest',
      eventId,
      owner,
      openedAt,
      dueAt: known === undefined ? '' : dueAt,
      days: Number(days),
    };
  },
  encode: ({ kind, eventId, owner, openedAt, dueAt, days }) => [kind, eventId, owner, openedAt, dueAt, days].join(' '),
});

const nationalStatus = z.literal(nationalStatuses);

const charges = z.object({
  tariff: z.string(),
  stateFee: z.int(),
  stateFeeUnknown: z.literal(true).exactOptional(),
  dueAtCollection: z.int(),
  dueOnDelivery: z.int(),
  lines: chargeLines,
});

const Keyed = z.object({ pk: z.string(), sk: z.string() });

/** What the registration fixed. */
const opening = {
  dossierId: z.string(),
  trackingCode: z.string(),
  personId: z.string(),
  frontDoor: z.enum(frontDoors),
  procedureCode: z.string(),
  agencyId: z.string(),
  postOfficeId: z.string(),
  deliveryPostOfficeId: z.string(),
  communeId: z.string(),
  remote: z.boolean(),
  returnByPost: z.boolean(),
  charges,
  messages: z
    .object({ channel: z.enum(messageChannels), language: z.enum(languages), toReceiver: z.boolean() })
    .exactOptional(),
};

/** The head of a dossier. */
export const headItem = z.object({
  ...opening,
  registeredBy: partyItem,
  place: z.enum(places),
  version: z.int(),
  milestone: z.int(),
  idle: runs.exactOptional(),
  since: instant,
  dueAt: instant.exactOptional(),
  reminders: z.int(),
  papers: papers.exactOptional(),
  sealNumber: z.string().exactOptional(),
  officialCode: z.string().exactOptional(),
  resultDueAt: instant.exactOptional(),
  legs: z
    .array(z.object({ kind: z.enum(legKinds), itemCode: z.string(), from: instant, until: instant.exactOptional() }))
    .readonly(),
  attempts: z.object({ pickup: z.int(), delivery: z.int() }),
  lostFrom: z.enum(places).exactOptional(),
  heardAt: instant.exactOptional(),
  invitedAt: z.array(instant).readonly().exactOptional(),
  acceptedAt: instant.exactOptional(),
  terms: z.array(shortTerm).readonly().exactOptional(),
  wayEndsAt: instant.exactOptional(),
  nationalStatus: nationalStatus.exactOptional(),
  ringsAt: instant.exactOptional(),
  isShifted: z.literal(true).exactOptional(),
  digest: z.string().exactOptional(),
  pending: z.int().exactOptional(),
  judgedAnewAt: z.int().exactOptional(),
}) satisfies z.ZodType<Dossier>;

const difference = z.object({ field: z.enum(detailNames), expected: z.string(), said: z.string() });

const judgement = {
  standing: z.enum(standings).exactOptional(),
  from: z.enum(places),
  to: z.enum(places),
  dueAt: instant.exactOptional(),
  resultDueAt: instant.exactOptional(),
  disputes: z.array(difference).readonly().exactOptional(),
  proofPending: z.array(z.enum(detailNames)).readonly().exactOptional(),
  opens: z.array(term).readonly().exactOptional(),
  ends: z.array(z.enum(termKinds)).readonly().exactOptional(),
  charged: chargeLines.exactOptional(),
  nationalStatus: nationalStatus.exactOptional(),
};
const effects = z.array(z.enum(effectNames)).readonly();

/** What was said, by whom and when. */
const said = {
  eventId: z.string(),
  type: z.enum(eventTypes),
  occurredAt: instant,
  receivedAt: instant,
  claimedAt: instant.exactOptional(),
  doubt: z.enum(doubts).exactOptional(),
  aheadSeconds: z.int().exactOptional(),
  skewSeconds: z.int().exactOptional(),
  by: partyItem,
  device: z.object({ id: z.string(), sequence: z.int() }).exactOptional(),
  details,
};
const decidedUnder = z.object({ law: z.int(), calendar: z.string() });

/** One event, written once. Those of the first release do not say what they change, nor under which law they came. */
export const eventItem = z.object({
  ...said,
  ...judgement,
  number: z.int(),
  milestone: z.boolean(),
  moves: z.boolean().exactOptional(),
  ringsAt: instant.exactOptional(),
  effects: effects.exactOptional(),
  edition: decidedUnder.exactOptional(),
  opened: z.object(opening).exactOptional(),
  trackingCode: z.object({ from: z.string(), to: z.string() }).exactOptional(),
  after: z
    .object({ place: z.enum(places), dueAt: instant.exactOptional(), ringsAt: instant.exactOptional() })
    .exactOptional(),
  previous: z.string().exactOptional(),
  digest: z.string().exactOptional(),
  order: z.array(z.int()).readonly().exactOptional(),
  judgedAnew: z
    .array(z.object({ ...judgement, number: z.int(), moves: z.boolean(), effects }))
    .readonly()
    .exactOptional(),
});

/** One note, written once. */
export const noteItem = z.object({ ...said, edition: decidedUnder }) satisfies z.ZodType<Note>;

/** What somebody has to settle about an event; settled, it lies on no desk. */
export const matterItem = z.object({
  kind: z.enum(matterKinds),
  eventId: z.string(),
  owner: z.string(),
  openedAt: instant,
});

/** @throws UnreadableItem for what is no event */
export function readEvent(item: unknown): JourneyEvent {
  const { pk = 'unknown', sk = '' } = Keyed.safeParse(item).data ?? {};
  const stored = readItem(eventItem, item, `${pk} ${sk}`);
  return { ...unsaidInReleaseOne(stored), ...stored };
}

/** The line on a dossier's execution: the state machine writes where it waits, the book's side everything else. */
export const executionItem = z
  .object({
    generation: z.int(),
    place: z.string().exactOptional(),
    taskToken: z.string().exactOptional(),
    followed: z.int(),
    // The first edition did not say so.
    edition: z.int().default(1),
    raisedAt: instant.exactOptional(),
    // Empty when the generation before waited nowhere.
    formerToken: z.string().exactOptional(),
    // Under this name the day of its renewal stands on the index of what is due.
    dueAt: instant.exactOptional(),
    waitingSince: instant.exactOptional(),
    nudgedAt: instant.exactOptional(),
    resumedAt: z.array(instant).readonly().default([]),
    pausedAt: instant.exactOptional(),
  })
  .transform(({ place, taskToken, followed, edition, formerToken, dueAt, ...rest }): ExecutionLine => {
    const line = {
      ...rest,
      ...(formerToken === undefined || formerToken === '' ? {} : { formerToken }),
      ...(dueAt === undefined ? {} : { renewAt: dueAt }),
    };
    const waits = place !== undefined && taskToken !== undefined;
    return waits ? { ...line, wait: { place, taskToken, followed, edition } } : line;
  });

/** One scan of a dossier. */
export const scanItem = z.object({
  scanId: z.string(),
  dossierId: z.string(),
  kind: z.enum(scanKinds),
  contentType: z.enum(scanTypes),
  size: z.int(),
  sha256: z.string(),
  status: z.enum(scanStatuses),
  rescanFor: z.string().exactOptional(),
  requestedAt: instant,
  decidedAt: instant.exactOptional(),
  fault: z.enum(scanFaults).exactOptional(),
  contents: z
    .object({
      pages: z.int(),
      widthPixels: z.int(),
      heightPixels: z.int(),
      orientation: z.int().exactOptional(),
      flags: z.array(z.enum(scanFlags)).readonly(),
      pictures: z.int().exactOptional(),
      preview: z.literal(true).exactOptional(),
      virusFree: z.literal(true).exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<Scan>;

/** One fact about a bag. */
export const bagFactItem = z.object({
  bagCode: z.string(),
  eventId: z.string(),
  type: z.enum(bagTypes),
  occurredAt: instant,
  keptAt: instant,
  by: partyItem,
  device: z.object({ id: z.string(), sequence: z.int() }).exactOptional(),
  details,
  lines: z
    .array(
      z.object({ dossierId: z.string(), type: z.enum(bagTypes).exactOptional(), details: details.exactOptional() }),
    )
    .readonly(),
}) satisfies z.ZodType<BagFact>;

/** What was put into a bag last. */
export const manifestItem = z.object({ dossierIds: z.array(z.string()).readonly() });

/** What is known of a device's clock. */
export const deviceItem = z.object({ skewSeconds: z.int(), measuredAt: instant }) satisfies z.ZodType<DeviceClock>;

/** Points from an event id to the event it became, and has an ordinary one with it. */
export const eventIdItem = z.object({ number: z.int(), event: z.unknown().optional() });
/** The same for a note. */
export const noteIdItem = z.object({ note: z.string() });
/** Points from a tracking code to its dossier. */
export const trackingItem = z.object({ dossierId: z.string() });
/** A tracking code that ended before its time, with the slip that it stands on. */
export const endedCodeItem = z.object({ trackingCode: z.string(), at: instant });
/** Points from a registration's idempotency key to the dossier it opened, with the fingerprint of what was asked. */
export const registrationItem = z.object({ dossierId: z.string(), request: z.string() });
/** The person a dossier belongs to. */
export const applicantItem = z.object({
  fullName: z.string(),
  phone: z.string(),
  address: z.string(),
  identityNumber: z.string().exactOptional(),
  submitter: z.object({ fullName: z.string(), phone: z.string() }).exactOptional(),
  receiver: z.object({ fullName: z.string(), phone: z.string() }).exactOptional(),
  email: z.string().exactOptional(),
});
/** Of it what guards the details that the public sees. */
export const phoneItem = applicantItem.pick({ phone: true });

/** A look at what names a person. */
export const lookItem = z.object({
  dossierId: z.string(),
  by: partyItem,
  at: instant,
  requestId: z.string(),
  saw: z.union([
    z.object({ fields: z.array(z.enum(personFields)).readonly() }),
    z.object({ scanId: z.string() }),
    z.object({ archive: z.string(), scanIds: z.array(z.string()).readonly() }),
  ]),
});
