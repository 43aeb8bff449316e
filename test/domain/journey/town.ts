import { itemCode } from '../../../domain/codes/item-code.ts';
import { decide } from '../../../domain/journey/decide.ts';
import type { Step } from '../../../domain/journey/step.ts';
import type { Report } from '../../../domain/journey/report.ts';
import type { Dossier, FrontDoor, Party } from '../../../domain/journey/dossier.ts';
import type { Detail, Details, EventType } from '../../../domain/journey/events.ts';
import { evolve } from '../../../domain/journey/evolve.ts';
import { noMatters } from '../../../domain/journey/matters.ts';
import { isEnd, type Place } from '../../../domain/journey/places.ts';
import { register, type Registration } from '../../../domain/journey/register.ts';
import type { Rule } from '../../../domain/journey/rules.ts';

/** The people of one post office and one agency. */
export const clerk: Party = { role: 'clerk', unit: 'PO-BACKAN' };
export const courier: Party = { role: 'courier', unit: 'PO-BACKAN' };
export const officer: Party = { role: 'officer', unit: 'AG-PASC-BACKAN' };
export const portal: Party = { role: 'portal', unit: 'one-stop-portal' };
export const clock: Party = { role: 'clock', unit: 'journey' };
export const ops: Party = { role: 'ops', unit: 'dossier-post' };
export const everybody: readonly Party[] = [clerk, courier, officer, portal, clock];

export const hour = 3_600_000;
export const day = 24 * hour;
/** A local time in Vietnam. */
export function at(localTime: string): number {
  return Date.parse(`${localTime}:00+07:00`);
}
/** A Monday without holidays near it. */
export const monday = at('2026-03-02T08:00');

const openers: Record<FrontDoor, Party> = { 'counter': clerk, 'pickup': portal, 'result-only': officer };

export function registration(frontDoor: FrontDoor, change: Partial<Registration> = {}): Registration {
  return {
    frontDoor,
    procedureCode: '2.000488',
    agencyId: 'AG-PASC-BACKAN',
    communeId: 'CM-01843',
    returnByPost: true,
    ...change,
  };
}

/**
 * A dossier's registration. Everybody has a say in the tests' dossiers, so the portal has registered them all: it
 * speaks
 * about no others.
 */
export function opening(frontDoor: FrontDoor, change: Partial<Registration> = {}, now = monday): Step {
  const ids = {
    dossierId: `d-${frontDoor}-1`,
    trackingCode: '123456789012345671',
    personId: 'p-somebody',
    eventId: 'e-registered',
  };
  const opened = register(registration(frontDoor, change), openers[frontDoor], ids, now);
  if (!opened.ok) throw new Error(`the registration was refused: ${opened.refusal.name}`);
  const event = { ...opened.value.event, by: portal };
  return { event, dossier: evolve(undefined, event), matters: noMatters };
}

/** A dossier as it stands right after its registration. */
export function registered(frontDoor: FrontDoor, change: Partial<Registration> = {}, now = monday): Dossier {
  return opening(frontDoor, change, now).dossier;
}

/** A dossier that is at a place, however it came there. */
export function dossierAt(place: Place, change: Partial<Dossier> = {}): Dossier {
  const { dueAt, ...dossier } = {
    ...registered(change.frontDoor ?? 'counter'),
    place,
    version: 5,
    milestone: 5,
    papers: { originals: 2, copies: 1 },
    ...change,
  };
  return isEnd(place) || dueAt === undefined ? dossier : { ...dossier, dueAt };
}

let labels = 10_000_000;
/** A fresh label from the roll. */
export function label(): string {
  return itemCode('RA', String((labels += 1)), 'VN');
}

/** Everything that a report of this type could say about this dossier, and all of it true. */
export function truth(dossier: Dossier, type: EventType, now: number): Required<Details> {
  const papers = dossier.papers ?? { originals: 2, copies: 1 };
  return {
    papers,
    sealNumber: 'BK-0001',
    sealIntact: true,
    amountCollected: type === 'Collected' ? dossier.charges.dueAtCollection : dossier.charges.dueOnDelivery,
    feeHandedOver: dossier.charges.stateFee,
    itemCode: label(),
    appointment: { from: now + hour, until: now + 3 * hour },
    resultDueAt: now + 5 * day,
    officialCode: 'H15.50.05.13-261008-0975',
    reason: 'citizen-asked',
    solution: 'redeliver',
    nextAttemptAt: now + day,
    outcome: 'accepted',
    receiver: { relationship: 'self' },
    evidence: [{ kind: 'signature', sha256: 'a'.repeat(64) }],
    contact: { field: 'phone' },
    postOfficeId: 'PO-NARI',
    concerns: 'event-0',
    documents: (
      [
        { document: 0, form: 'original', count: papers.originals },
        { document: 0, form: 'copy', count: papers.copies },
      ] as const
    ).filter(({ count }) => count > 0),
    returnBy: 'post',
    receiptShown: true,
    channel: 'phone',
    told: 'due-date',
    feeReceipt: 'BL-0001234',
    amountDue: 50_000,
    identityPaper: 'citizen-card',
    authorityShown: true,
    papersTakenBack: { originals: 1, copies: 0 },
    payer: 'citizen',
    complaint: 'delay',
    reportedStatus: 42,
    succession: { unit: 'PO-BACKAN', successor: 'PO-NARI' },
    shutUntil: now + day,
  };
}

export function only(details: Details, names: readonly Detail[]): Details {
  return Object.fromEntries(Object.entries(details).filter(([name]) => names.some((wanted) => wanted === name)));
}

const said: Record<NonNullable<Rule['saying']>, Details> = {
  'accepted': { outcome: 'accepted' },
  'returned': { outcome: 'returned' },
  'redeliver': { solution: 'redeliver' },
  'hold': { solution: 'hold' },
  'return': { solution: 'return', reason: 'receiver-refused' },
  'undeliverable': { solution: 'return', reason: 'receiver-refused' },
  'absent': { solution: 'return', reason: 'receiver-absent' },
  'not-reached': { reason: 'receiver-absent' },
  'unreturnable': { reason: 'citizen-moved' },
  'by-post': { returnBy: 'post' },
  'at-agency': { returnBy: 'agency' },
  'agency-signs': {},
  'record-brought': {},
};

/** Exactly the proofs that a line of the law demands. */
export function proofsOf(
  { on, requires, saying }: Pick<Rule, 'on' | 'requires' | 'saying'>,
  dossier: Dossier,
  now: number,
): Details {
  return {
    ...only(truth(dossier, on, now), requires),
    ...(saying === undefined ? {} : only(said[saying], requires)),
  };
}

let reports = 0;
export function report(by: Party, type: EventType, details: Details = {}, occurredAt = monday + hour): Report {
  return {
    eventId: `event-${(reports += 1)}`,
    type,
    occurredAt,
    by,
    details,
  };
}

/** One leg of a story: who says what. */
export interface Told {
  readonly by: Party;
  readonly type: EventType;
  readonly details?: Details;
  readonly occurredAt?: number;
  readonly receivedAt?: number;
}

/** Tells a story to the law, report by report; each must be granted. */
export function tell(dossier: Dossier, story: readonly Told[]): Dossier {
  return story.reduce(
    (current, { by, type, details = {}, occurredAt = current.since + hour, receivedAt = occurredAt }) => {
      const decision = decide(current, report(by, type, details, occurredAt), receivedAt);
      if (!decision.ok) throw new Error(`${type} was refused: ${JSON.stringify(decision.refusal)}`);
      return decision.value.dossier;
    },
    dossier,
  );
}
