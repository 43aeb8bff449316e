import { parseItemCode } from '../codes/item-code.ts';
import { findPostOffice } from '../catalogue/post-offices.ts';
import { deadlineOf, nextReminder } from './deadlines.ts';
import { isParty, type Dossier, type JourneyEvent, type Leg, type Party } from './dossier.ts';
import type { Detail, Details, EventType } from './events.ts';
import { holdsFor, isSaid } from './guards.ts';
import { factsOf, isEnd, type Place } from './places.ts';
import { granted, refused, type Outcome, type Refusal } from './refusals.ts';
import { remarks, rules, type Rule } from './rules.ts';

/** Something that somebody says happened. */
export interface Report {
  readonly eventId: string;
  readonly type: EventType;
  /** Epoch milliseconds, as the device claims. */
  readonly occurredAt: number;
  readonly by: Party;
  readonly details: Details;
}

/**
 * What a granted report changes: one event to append, and the head as it is then. Both are written together or not at
 * all.
 */
export interface Step {
  readonly event: JourneyEvent;
  readonly dossier: Dossier;
}

/**
 * The law, applied: may this happen to this dossier now?
 * @param receivedAt epoch milliseconds of the server; a device's claim from the future is clamped to it
 * @returns the step, or the refusal: UnknownDossier, NoSuchStep, NotYourStep, ProofMissing, UnneededDetails,
 * ProofMismatch, ItemCodeRefused, DateRefused, UnknownPostOffice
 */
export function decide(dossier: Dossier, said: Report, receivedAt: number): Outcome<Step> {
  const report = asKept(said);
  if (!isParty(dossier, report.by)) return refused({ name: 'UnknownDossier' });
  const line = lineFor(dossier, report);
  if ('name' in line) return refused(line);
  const fault = faultIn(dossier, report, line, receivedAt);
  return fault ? refused(fault) : granted(take(dossier, report, line, receivedAt));
}

/** A report as it goes into the book: what was parsed, not what was typed. What cannot be parsed is refused later. */
function asKept(report: Report): Report {
  const { itemCode } = report.details;
  const parsed = itemCode === undefined ? undefined : parseItemCode(itemCode);
  return parsed?.ok === true ? { ...report, details: { ...report.details, itemCode: parsed.value } } : report;
}

/** What a rule or a remark asks of a report; a remark stays where the paper is. */
type Line = Pick<Rule, 'on' | 'by' | 'requires' | 'allows'> & { readonly to: Place; readonly milestone: boolean };

function lineFor(dossier: Dossier, report: Report): Line | Refusal {
  const noSuchStep: Refusal = { name: 'NoSuchStep', place: dossier.place, on: report.type };
  const lines = linesFrom(dossier).filter((line) => line.on === report.type);
  if (lines.length === 0) return noSuchStep;
  const mine = lines.filter((line) => line.by.some((actor) => actor === report.by.role));
  if (mine.length === 0)
    return {
      name: 'NotYourStep',
      place: dossier.place,
      on: report.type,
      by: [...new Set(lines.flatMap((line) => line.by))],
    };
  // Only when what decides between two ways was not said does none match: then it is that which is missing.
  return mine.find((line) => isSaid(line.saying, report.details)) ?? missingProof(report, mine);
}

function missingProof(report: Report, lines: readonly Line[]): Refusal {
  return {
    name: 'ProofMissing',
    on: report.type,
    missing: [...new Set(lines.flatMap((line) => line.requires))].filter(
      (detail) => report.details[detail] === undefined,
    ),
  };
}

/** Every line that holds for this dossier where it is. */
function linesFrom(dossier: Dossier): readonly (Line & Pick<Rule, 'saying'>)[] {
  return [
    ...rules
      .filter((rule) => rule.from === dossier.place && holdsFor(rule.when, dossier))
      .map((rule) => ({ ...rule, milestone: true })),
    ...(isEnd(dossier.place) ? [] : remarks.map((remark) => ({ ...remark, to: dossier.place, milestone: false }))),
  ];
}

function faultIn(dossier: Dossier, report: Report, line: Line, receivedAt: number): Refusal | undefined {
  const missing = line.requires.filter((detail) => report.details[detail] === undefined);
  if (missing.length > 0) return { name: 'ProofMissing', on: report.type, missing };
  const unneeded = saidDetails(report.details).filter(
    (detail) => !line.requires.includes(detail) && !line.allows?.includes(detail),
  );
  if (unneeded.length > 0) return { name: 'UnneededDetails', on: report.type, unneeded };
  return (
    mismatchIn(dossier, report) ??
    itemCodeFault(dossier, report.details.itemCode) ??
    dateFault(dossier, report, receivedAt) ??
    unknownPlaceIn(report)
  );
}

function isDetail(name: string, details: Details): name is Detail {
  return Object.hasOwn(details, name);
}
function saidDetails(details: Details): readonly Detail[] {
  return Object.keys(details)
    .filter((name): name is Detail => isDetail(name, details))
    .filter((detail) => details[detail] !== undefined);
}

/** What was counted must be what the book knows: at the agency the counts and the fee, at the doors the money. */
function mismatchIn(dossier: Dossier, { type, details }: Report): Refusal | undefined {
  if (type === 'Collected')
    return (
      nothingCounted(details.papers) ??
      differs('amountCollected', dossier.charges.dueAtCollection, details.amountCollected)
    );
  if (type === 'Delivered') return differs('amountCollected', dossier.charges.dueOnDelivery, details.amountCollected);
  if (type === 'HandedToAgency') {
    return (
      differs('papers', countsOf(dossier.papers), countsOf(details.papers)) ??
      differs('sealIntact', true, details.sealIntact) ??
      differs('feeHandedOver', dossier.charges.stateFee, details.feeHandedOver)
    );
  }
  return undefined;
}

/** Originals and copies, in figures that need no translation. */
function countsOf(papers: Details['papers']): string {
  return papers ? `${papers.originals} + ${papers.copies}` : '0 + 0';
}

/** An empty envelope is nobody's dossier. */
function nothingCounted(papers: Details['papers']): Refusal | undefined {
  return papers && papers.originals + papers.copies === 0
    ? { name: 'ProofMismatch', field: 'papers', expected: '≥ 1', said: countsOf(papers) }
    : undefined;
}

function differs(
  field: Detail,
  expected: string | number | boolean,
  said: string | number | boolean | undefined,
): Refusal | undefined {
  return expected === said
    ? undefined
    : { name: 'ProofMismatch', field, expected: String(expected), said: String(said) };
}

function itemCodeFault(dossier: Dossier, itemCode: string | undefined): Refusal | undefined {
  if (itemCode === undefined) return undefined;
  const parsed = parseItemCode(itemCode);
  if (!parsed.ok) return { name: 'ItemCodeRefused', why: parsed.fault };
  return dossier.legs.some((leg) => leg.itemCode === parsed.value)
    ? { name: 'ItemCodeRefused', why: 'used-before' }
    : undefined;
}

/** A Standard execution lives a year; a date further away than this would outlive it. */
const farthestDate = 300 * 24 * 3_600_000;

function dateFault(dossier: Dossier, report: Report, receivedAt: number): Refusal | undefined {
  const { details } = report;
  const { appointment } = details;
  const dates: [Detail, number | undefined][] = [
    ['appointment', appointment?.until],
    ['resultDueAt', details.resultDueAt],
    ['nextAttemptAt', details.nextAttemptAt],
  ];
  for (const [field, date] of dates) {
    if (date === undefined) continue;
    if (date > receivedAt + farthestDate) return { name: 'DateRefused', field, why: 'too-far' };
    // Agreed for a day before it was agreed: a deadline that has passed before it begins.
    if (date < arrivalOf(dossier, report, receivedAt)) return { name: 'DateRefused', field, why: 'in-the-past' };
  }
  return appointment && appointment.until <= appointment.from
    ? { name: 'DateRefused', field: 'appointment', why: 'ends-before-it-begins' }
    : undefined;
}

function unknownPlaceIn({ details: { postOfficeId } }: Report): Refusal | undefined {
  return postOfficeId !== undefined && !findPostOffice(postOfficeId)
    ? { name: 'UnknownPostOffice', postOfficeId, field: 'postOfficeId' }
    : undefined;
}

/**
 * Paper arrives no earlier than where it came from: a phone whose clock lags must not let a deadline pass that has just
 * begun.
 */
function arrivalOf(dossier: Dossier, report: Report, receivedAt: number): number {
  return Math.max(Math.min(report.occurredAt, receivedAt), dossier.since);
}

function take(dossier: Dossier, report: Report, line: Line, receivedAt: number): Step {
  const occurredAt = Math.min(report.occurredAt, receivedAt);
  const ahead = Math.round((report.occurredAt - receivedAt) / 1000);
  const number = dossier.version + 1;
  const arrivedAt = arrivalOf(dossier, report, receivedAt);
  const arrived = line.milestone
    ? arrive(dossier, report, line.to, arrivedAt, number)
    : noted(dossier, report.type, receivedAt);
  return {
    dossier: { ...arrived, version: number },
    event: {
      eventId: report.eventId,
      number,
      type: report.type,
      from: dossier.place,
      to: line.to,
      occurredAt,
      receivedAt,
      ...(ahead > 0 ? { aheadSeconds: ahead } : {}),
      by: report.by,
      details: report.details,
      milestone: line.milestone,
      ...(arrived.dueAt === undefined ? {} : { dueAt: arrived.dueAt }),
    },
  };
}

/** A remark changes nothing but, for the clock's own, when to speak up again. */
function noted(dossier: Dossier, type: EventType, receivedAt: number): Dossier {
  return type === 'DeadlinePassed'
    ? { ...dossier, reminders: dossier.reminders + 1, dueAt: nextReminder(dossier.place, receivedAt) }
    : dossier;
}

function arrive(dossier: Dossier, { type, details }: Report, to: Place, arrivedAt: number, number: number): Dossier {
  const there: Dossier = {
    ...dossier,
    place: to,
    milestone: number,
    since: arrivedAt,
    reminders: 0,
    ...(details.papers === undefined || type !== 'Collected' ? {} : { papers: details.papers }),
    ...(details.sealNumber === undefined ? {} : { sealNumber: details.sealNumber }),
    ...(details.officialCode === undefined ? {} : { officialCode: details.officialCode }),
    ...resultDue(dossier, type, details, arrivedAt),
    ...(details.postOfficeId !== undefined && type === 'Redirected'
      ? { deliveryPostOfficeId: details.postOfficeId }
      : {}),
    legs: legsAfter(dossier.legs, to, details.itemCode, arrivedAt),
    attempts: attemptsAfter(dossier.attempts, type),
    ...(to === 'Missing' ? { lostFrom: dossier.place } : {}),
  };
  const dueAt = deadlineOf(to, arrivedAt, there, details);
  const { dueAt: _past, ...timeless } = there;
  return dueAt === undefined ? timeless : { ...timeless, dueAt };
}

/**
 * While a supplement is awaited the agency's clock stands still: its date moves by the time waited, unless the agency
 * names a new one.
 */
function resultDue(
  dossier: Dossier,
  type: EventType,
  details: Details,
  arrivedAt: number,
): Pick<Dossier, 'resultDueAt'> {
  if (details.resultDueAt !== undefined) return { resultDueAt: details.resultDueAt };
  if (type !== 'SupplementReceived' || dossier.resultDueAt === undefined) return {};
  return { resultDueAt: dossier.resultDueAt + (arrivedAt - dossier.since) };
}

function legsAfter(legs: readonly Leg[], to: Place, itemCode: string | undefined, from: number): readonly Leg[] {
  return itemCode === undefined
    ? legs
    : [...legs, { kind: to === 'InTransitToAgency' ? 'inbound' : 'result', itemCode, from }];
}

function attemptsAfter(attempts: Dossier['attempts'], type: EventType): Dossier['attempts'] {
  if (type === 'PickupFailed') return { ...attempts, pickup: attempts.pickup + 1 };
  if (type === 'DeliveryFailed') return { ...attempts, delivery: attempts.delivery + 1 };
  return attempts;
}

/** What one role may report next, with what each report must carry. */
export interface AllowedAction {
  readonly event: EventType;
  readonly to: readonly Place[];
  readonly requires: readonly Detail[];
  readonly allows: readonly Detail[];
}

/** The steps open to this party now, in the order of the table; none to a stranger. */
export function allowedActions(dossier: Dossier, party: Party): readonly AllowedAction[] {
  if (!isParty(dossier, party)) return [];
  const mine = linesFrom(dossier).filter((line) => line.by.some((actor) => actor === party.role));
  return [...new Set(mine.map((line) => line.on))].map((event) => {
    const lines = mine.filter((line) => line.on === event);
    const inEvery = (detail: Detail): boolean => lines.every((line) => line.requires.includes(detail));
    const named = [...new Set(lines.flatMap((line) => [...line.requires, ...(line.allows ?? [])]))];
    return {
      event,
      to: [...new Set(lines.map((line) => line.to))],
      requires: named.filter(inEvery),
      allows: named.filter((detail) => !inEvery(detail)),
    };
  });
}

/**
 * The clock of the dossier's place ran out, says the state machine: what does that mean?
 * @returns the report to decide on; undefined when the deadline has moved or the journey has ended meanwhile
 */
export function runOut(dossier: Dossier, now: number): Report | undefined {
  const clock = factsOf(dossier.place).clock;
  if (!clock || dossier.dueAt === undefined || dossier.dueAt > now) return undefined;
  return {
    // The same deadline can be missed once only: its number makes a repeated report a duplicate. The dots keep it apart
    // from every
    // id that may come over the wire: nobody can take the clock's name and so silence it.
    eventId: `clock.${dossier.version}.${dossier.dueAt}`,
    type: clock.then,
    occurredAt: now,
    by: { role: 'clock', unit: 'journey' },
    details: {},
  };
}
