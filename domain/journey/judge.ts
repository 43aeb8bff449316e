import { postCalendar } from '../calendar/working-calendar.ts';
import { findProcedure } from '../catalogue/procedures.ts';
import { differencesIn } from './checks.ts';
import { addedCharges, withAdded } from '../fees/added-charges.ts';
import { clockOf } from './clocks.ts';
import { deadlineMoved, deadlineOf, nextReminder } from './deadlines.ts';
import type { Dossier, JourneyEvent, Judgement } from './dossier.ts';
import { eventFacts, proofs, type Details } from './events.ts';
import { evolve } from './evolve.ts';
import { isPhysical } from './faults.ts';
import { isSaid } from './guards.ts';
import { judgementOf, withoutJudgement } from './judged.ts';
import { isFor, linesFrom, type Line } from './lines.ts';
import { waitsFor } from './reach.ts';
import { timingOf, type Report } from './report.ts';
import { lawEdition } from './rules.ts';
import { statusAfter } from './status.ts';
import { dateAfterSupplement, type SupplementTerm } from './supplement.ts';
import { termMoved, termsEnded, termsOpened, termsSince } from './terms.ts';

/** A report as an event that nobody has judged yet. @param registeredAt epoch milliseconds, as `receivedAt` */
export function draftOf(dossier: Dossier, report: Report, registeredAt: number, receivedAt: number): JourneyEvent {
  const { eventId, type, by, device, details, newTrackingCode } = report;
  return {
    eventId,
    number: dossier.version + 1,
    type,
    from: dossier.place,
    to: dossier.place,
    ...timingOf(report, registeredAt, receivedAt),
    receivedAt,
    by,
    ...(device === undefined ? {} : { device }),
    details,
    ...(newTrackingCode === undefined ? {} : { trackingCode: { from: dossier.trackingCode, to: newTrackingCode } }),
    milestone: false,
    effects: [],
    edition: { law: lawEdition, calendar: postCalendar.version },
  };
}

/** What a line makes of an event at a dossier, with all that has to be looked up for it. */
export function judgedOn(dossier: Dossier, event: JourneyEvent, line: Line): Judgement {
  const arrivedAt = Math.max(event.occurredAt, dossier.since);
  const effects = [...(line.effects ?? []), ...event.effects.filter((effect) => effect === 'set-aside')];
  const resultDueAt = effects.includes('set-result-date') ? resultDate(dossier, event.details, arrivedAt) : undefined;
  const disputes = isPhysical(event.type) ? differencesIn(line.checks ?? [], dossier, event, event.receivedAt) : [];
  const proofPending = line.requires.filter(
    (detail) => proofs.includes(detail) && event.details[detail] === undefined && isPhysical(event.type),
  );
  const undated: Judgement = {
    from: dossier.place,
    to: line.to,
    moves: line.milestone,
    ...(resultDueAt === undefined ? {} : { resultDueAt }),
    effects,
    ...(disputes.length === 0 ? {} : { disputes }),
    ...(proofPending.length === 0 ? {} : { proofPending }),
    ...besides(dossier, { ...event, to: line.to, effects }, arrivedAt),
  };
  const dueAt = dueDate(dossier, { ...withoutJudgement(event), ...undated }, arrivedAt);
  return dueAt === undefined ? undated : { ...undated, dueAt };
}

/** What a fact begins, ends, adds to what is to be paid, and tells the one-stop systems. */
function besides(
  dossier: Dossier,
  event: JourneyEvent,
  arrivedAt: number,
): Pick<Judgement, 'opens' | 'ends' | 'charged' | 'nationalStatus'> {
  if (event.edition.law < termsSince) return {};
  const charged = event.effects.includes('charge') ? addedCharges(dossier, event) : [];
  const priced = { ...dossier, charges: withAdded(dossier.charges, charged) };
  const moved = event.effects.includes('move-dates')
    ? (dossier.terms ?? []).map((term) => termMoved(term, shutBy(event)))
    : [];
  const opens = [...termsOpened(priced, event, arrivedAt), ...moved];
  const ends = termsEnded(event).filter((kind) => dossier.terms?.some((term) => term.kind === kind));
  const nationalStatus = statusAfter(event.type, event.to);
  return {
    ...(opens.length === 0 ? {} : { opens }),
    ...(ends.length === 0 ? {} : { ends }),
    ...(charged.length === 0 ? {} : { charged }),
    ...(nationalStatus === undefined ? {} : { nationalStatus }),
  };
}

/** The time in which the way was shut, says an event; undefined where it is the calendar that has changed. */
function shutBy({ occurredAt, details: { shutUntil } }: JourneyEvent): { from: number; until: number } | undefined {
  return shutUntil === undefined ? undefined : { from: occurredAt, until: shutUntil };
}

/** When the place's clock runs out from now on: a remark leaves it, a reminder asks again on the next working day. */
function dueDate(dossier: Dossier, event: JourneyEvent, arrivedAt: number): number | undefined {
  if (event.effects.includes('move-dates')) return deadlineMoved(dossier, event.edition.law, shutBy(event));
  if (event.moves === true)
    return deadlineOf(event.to, arrivedAt, evolve(dossier, event), event.details, event.edition.law);
  return event.effects.includes('remind') ? nextReminder(dossier.place, event.receivedAt) : dossier.dueAt;
}

/**
 * The agency's date: the one it names, or, when the papers are complete again, what their coming makes of the old one.
 */
function resultDate(dossier: Dossier, details: Details, arrivedAt: number): number | undefined {
  if (details.resultDueAt !== undefined || dossier.resultDueAt === undefined) return details.resultDueAt;
  if (dossier.place === 'DutyRequested')
    return dateAfterSupplement(standingStill, dossier.resultDueAt, dossier.since, arrivedAt);
  if (dossier.place !== 'SupplementRequested') return undefined;
  return dateAfterSupplement(supplementTerm(dossier), dossier.resultDueAt, dossier.since, arrivedAt);
}

/** While a duty is to be paid nothing begins anew (judged). */
const standingStill: SupplementTerm = { rule: 'pause', workingDays: undefined };

/** No procedure is known yet whose own law lets the term stand still. */
function supplementTerm({ procedureCode }: Dossier): SupplementTerm {
  const processing = findProcedure(procedureCode)?.processing.value;
  return { rule: 'restart', workingDays: processing?.kind === 'working-days' ? processing.days : undefined };
}

/** When the clock of a dossier's place runs out, on its own date: a stay has no end before it began. */
export function runsOutAt({ dueAt, since }: Dossier): number | undefined {
  return dueAt === undefined ? undefined : Math.max(dueAt, since);
}

/** The line on which an event stands where the dossier is, under the law it was received under; undefined for none. */
function lineUnder(dossier: Dossier, event: JourneyEvent): Line | undefined {
  const { type, by, details, edition, occurredAt } = event;
  if (isClock(event) && (clockOf(dossier, edition.law)?.then !== type || runsOutAt(dossier) !== occurredAt))
    return undefined;
  return linesFrom(dossier, edition.law)
    .filter((line) => line.on === type && isFor(line, dossier, by))
    .find((line) => isSaid(line.saying, details, by.role));
}

function isClock({ type }: Pick<JourneyEvent, 'type'>): boolean {
  return eventFacts[type].kind === 'clock';
}

/** What tells when something happened. */
type Placed = Pick<JourneyEvent, 'type' | 'occurredAt' | 'device' | 'eventId'>;

/**
 * The legal order: when it happened; at one instant, what happened goes before a clock that ran out, and what one
 * device counted in its order.
 */
export function inLegalOrder(one: Placed, other: Placed): number {
  const differences = [
    one.occurredAt - other.occurredAt,
    Number(isClock(one)) - Number(isClock(other)),
    compare(one.device?.id ?? '', other.device?.id ?? ''),
    (one.device?.sequence ?? 0) - (other.device?.sequence ?? 0),
    compare(one.eventId, other.eventId),
  ];
  return differences.find((difference) => difference !== 0) ?? 0;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Said twice within so long, by one unit, is one act (judged). */
const repeatMs = 15 * minute;

/**
 * People write times by hand, and clocks lag: so much earlier than what it follows an event may claim to be (judged).
 */
export const slackMs = day;

/** A dossier's facts put in their legal order. */
export interface Judged {
  readonly dossier: Dossier;
  /** What stands, each as it is judged now, in the order in which it made the dossier. */
  readonly standing: readonly JourneyEvent[];
  /** What does not. */
  readonly others: readonly JourneyEvent[];
}

/**
 * Judges facts anew, each under the edition it was received under: one after the other in their legal order, and what
 * finds no place yet as soon as it has one. A function of the set of facts, whatever the order of their arrival; what
 * lies before the first difference keeps the judgement it has.
 * @param facts as they are judged now, the registration first
 * @param newest the number of the one that nobody has judged; undefined where no judgement is to be trusted
 */
export function judge(facts: readonly JourneyEvent[], newest: number | undefined): Judged {
  const [registration, ...later] = facts;
  if (registration === undefined) throw new Error('a dossier begins with its registration');
  const setAside = new Set(
    later.flatMap(({ effects, details: { concerns = '' } }) => (effects.includes('set-aside') ? [concerns] : [])),
  );
  const standing = [registration];
  let dossier = evolve(undefined, registration);
  let lastMove = registration;
  let isAsBefore = newest !== undefined;

  const stand = (fact: JourneyEvent): boolean => {
    const line = lineUnder(dossier, fact);
    if (line === undefined) {
      if (fact.standing === undefined) isAsBefore = false;
      return false;
    }
    const isKept =
      isAsBefore &&
      fact.number !== newest &&
      fact.standing === undefined &&
      fact.from === dossier.place &&
      fact.to === line.to;
    if (!isKept) isAsBefore = false;
    const judged = isKept ? fact : { ...withoutJudgement(fact), ...judgedOn(dossier, fact, line) };
    dossier = evolve(dossier, judged);
    standing.push(judged);
    if (line.milestone) lastMove = judged;
    return true;
  };

  // A clock that rang says nothing of whose clock is to be believed.
  const lastStanding = (): JourneyEvent => standing.findLast((event) => !isClock(event)) ?? registration;
  let waiting: JourneyEvent[] = [];
  const others: JourneyEvent[] = [];
  for (const fact of later.toSorted(inLegalOrder)) {
    if (setAside.has(fact.eventId)) others.push(standingAs(fact, 'set-aside', dossier));
    else if (stand(fact)) waiting = released(waiting);
    else if (isClock(fact)) others.push(standingAs(fact, 'lifted', dossier));
    else if (isRepeat(fact, lastMove)) others.push(standingAs(fact, 'contradicts', dossier));
    else waiting.push(fact);
  }

  /** Each time one has found its place, the earlier ones are asked again. */
  function released(parked: JourneyEvent[]): JourneyEvent[] {
    const next = parked.find(
      (fact) => fact.occurredAt >= lastStanding().occurredAt - slackBetween(fact, lastStanding()) && stand(fact),
    );
    return next === undefined ? parked : released(parked.filter((fact) => fact !== next));
  }

  return { dossier, standing, others: [...others, ...waiting.map((fact) => unplaced(dossier, fact))] };
}

/** An event that no line takes from where the dossier is: it is early, or contradicts what is known. */
export function unplaced(dossier: Dossier, event: JourneyEvent): JourneyEvent {
  return standingAs(event, waitsFor(dossier, event).length > 0 ? 'parked' : 'contradicts', dossier);
}

/** Whoever tells both has one clock: what he says came first did. */
function slackBetween(one: JourneyEvent, other: JourneyEvent): number {
  const isOneClock =
    one.by.role === other.by.role && one.by.unit === other.by.unit && one.by.person === other.by.person;
  return isOneClock && one.device?.id === other.device?.id ? 0 : slackMs;
}

function standingAs(
  fact: JourneyEvent,
  standing: NonNullable<JourneyEvent['standing']>,
  { place }: Dossier,
): JourneyEvent {
  // Where it finds no place it leads nowhere; what was written so before stays as it is.
  if (fact.standing === standing) return fact;
  return { ...withoutJudgement(fact), standing, from: place, to: place, moves: false, effects: [] };
}

function isRepeat(fact: JourneyEvent, lastMove: JourneyEvent): boolean {
  return (
    fact.type === lastMove.type &&
    fact.by.unit === lastMove.by.unit &&
    Math.abs(fact.occurredAt - lastMove.occurredAt) <= repeatMs
  );
}

/** Whether two judgements on one event say the same. */
export function isJudgedAlike(one: JourneyEvent, other: JourneyEvent): boolean {
  return JSON.stringify(judgementOf(one)) === JSON.stringify(judgementOf(other));
}
