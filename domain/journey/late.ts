import { isParty, type Dossier, type JourneyEvent, type Party } from './dossier.ts';
import { eventFacts } from './events.ts';
import { arrivedAs, evolve } from './evolve.ts';
import { maySay } from './lines.ts';
import { faultAnywhere, faultOn, isPhysical, lineFor } from './faults.ts';
import { draftOf, isJudgedAlike, judge, slackMs, type Judged } from './judge.ts';
import { asJudged, judgementOf, withoutJudgement, type AsJudged } from './judged.ts';
import { changesOf, mattersOf } from './matters.ts';
import { granted, refused, type Outcome, type Refusal } from './refusals.ts';
import type { Report } from './report.ts';
import { ringingLater } from './ringing.ts';
import { rules, type Effect } from './rules.ts';
import type { Step } from './step.ts';

/**
 * The law, applied to what arrives late, early, or about an earlier event: it is put where it belongs, and what came
 * after it is judged again.
 * @param history every event of the dossier, in the order of arrival
 */
export function decideLate(
  head: Dossier,
  report: Report,
  receivedAt: number,
  history: readonly JourneyEvent[],
): Outcome<Step> {
  const [registration] = history;
  if (registration === undefined) throw new Error('a dossier begins with its registration');
  // What was written since the head was read is another's: whoever decides without it loses the race, and decides anew.
  const before = asJudged(history.filter(({ number }) => number <= head.version));
  const fault = concernFault(report, before, head);
  if (fault) return refused(fault);
  const claimed = { ...draftOf(head, report, registration.receivedAt, receivedAt), effects: settling(report, before) };
  const asSaid = judge([...before.all, claimed], claimed.number);
  if (isPhysical(report.type))
    return isStanding(asSaid, claimed)
      ? checked(head, report, before, asSaid, claimed)
      : withoutLine(head, report, before, asSaid, claimed);
  // A clock that ran out did, whatever was asked for since.
  const isClock = eventFacts[report.type].kind === 'clock';
  const isAccepted = (judged: Judged): boolean => isStanding(judged, claimed) && (isClock || !unseats(judged, before));
  if (isAccepted(asSaid)) return checked(head, report, before, asSaid, claimed);
  // What only the clock of whoever decided puts into the past is of now; what was truly earlier is not.
  const now = {
    ...claimed,
    occurredAt: receivedAt,
    ...(report.occurredAt === receivedAt ? {} : { claimedAt: report.occurredAt }),
  };
  const asOfNow = judge([...before.all, now], now.number);
  if (claimed.occurredAt > head.since - slackMs && isAccepted(asOfNow))
    return checked(head, report, before, asOfNow, now);
  const line = lineFor(head, report);
  if ('name' in line && line.name === 'NoSuchStep' && followsParked(report, before) && !isStanding(asSaid, claimed))
    return withoutLine(head, report, before, asSaid, claimed);
  return refused('name' in line ? line : { name: 'NoSuchStep', place: head.place, on: report.type });
}

function isStanding({ standing }: Judged, { number }: JourneyEvent): boolean {
  return standing.some((event) => event.number === number);
}

/** Something stood, and would not any more. A reminder that nobody needed is no loss. */
function unseats({ others }: Judged, { standing }: AsJudged): boolean {
  return others.some(
    ({ number, type }) => type !== 'DeadlinePassed' && standing.some((event) => event.number === number),
  );
}

/** What the agency decides about papers that are with it, says a fact that waits for the post to have brought them. */
function followsParked({ type }: Report, { pending }: AsJudged): boolean {
  if (eventFacts[type].kind !== 'decision') return false;
  const froms = rules.filter(({ on }) => on === type).map(({ from }) => from);
  return pending.some(
    (parked) => parked.standing === 'parked' && rules.some(({ on, to }) => on === parked.type && froms.includes(to)),
  );
}

/** What stands, as far as its own line finds no fault in it. */
function checked(head: Dossier, report: Report, before: AsJudged, judged: Judged, draft: JourneyEvent): Outcome<Step> {
  const index = judged.standing.findIndex(({ number }) => number === draft.number);
  const there = judged.standing.slice(0, index).reduce<Dossier | undefined>(evolve, undefined) ?? head;
  if (!maySay(there, report) && !isParty(head, report.by)) return refused({ name: 'UnknownDossier' });
  const line = lineFor(there, report);
  if ('name' in line) return refused(line);
  const bearing = judged.dossier.legs.filter(({ itemCode }) => itemCode === report.details.itemCode);
  const said = { ...report, occurredAt: Math.min(report.occurredAt, draft.occurredAt) };
  const fault =
    faultOn(line, asOf(there, draft), said, draft.receivedAt) ??
    (bearing.length > 1 ? ({ name: 'ItemCodeRefused', why: 'used-before' } as const) : undefined);
  return fault ? refused(fault) : granted(stepFrom(head, before, judged, draft));
}

/** What finds no line, if it was ever this party's to say. */
function withoutLine(
  head: Dossier,
  report: Report,
  before: AsJudged,
  judged: Judged,
  draft: JourneyEvent,
): Outcome<Step> {
  if (!wasParty(before, report.by)) return refused({ name: 'UnknownDossier' });
  const fault = faultAnywhere(asOf(head, draft), report, draft.receivedAt);
  return fault ? refused(fault) : granted(stepFrom(head, before, judged, draft));
}

/** A date that was agreed lay ahead when it was agreed, whatever is known to have happened since. */
function asOf(dossier: Dossier, { occurredAt }: JourneyEvent): Dossier {
  return { ...dossier, since: Math.min(dossier.since, occurredAt) };
}

/** Rights follow the route: whoever held the paper once may still tell what happened then. */
function wasParty({ standing }: AsJudged, party: Party): boolean {
  let dossier: Dossier | undefined;
  return standing.some((event) => {
    dossier = evolve(dossier, event);
    return isParty(dossier, party);
  });
}

/** The event with all that it changes of others, and the head as it is then. */
function stepFrom(head: Dossier, before: AsJudged, judged: Judged, draft: JourneyEvent): Step {
  const now = [...judged.standing, ...judged.others];
  const own = now.find(({ number }) => number === draft.number) ?? draft;
  const earlier = new Map(before.all.map((event) => [event.number, event]));
  const anew = now.flatMap((event) => {
    const was = earlier.get(event.number);
    return was === undefined || isJudgedAlike(event, was) ? [] : [{ number: event.number, ...judgementOf(event) }];
  });
  const { place, since, dueAt } = judged.dossier;
  const isMoved =
    place !== head.place || since !== head.since || (dueAt !== head.dueAt && !own.effects.includes('remind'));
  const stays = { place, ...(dueAt === undefined ? {} : { dueAt }) };
  const event: JourneyEvent = {
    ...withoutJudgement(draft),
    ...judgementOf(own),
    milestone: isMoved,
    after: isMoved ? ringingLater(stays, draft.receivedAt) : { ...stays, ...ringOf(head, own) },
    order: judged.standing.map(({ number }) => number),
    ...(anew.length === 0 ? {} : { judgedAnew: anew }),
  };
  const arrived = [...before.all, event];
  const after = asJudged(arrived);
  const dossier = arrivedAs(judged.dossier, arrived, after);
  return { event, dossier, matters: changesOf(mattersOf(before.all, head), mattersOf(after.all, dossier)) };
}

/** What did not move anything leaves the clock as it was; one that has rung is heard on its next date. */
function ringOf({ ringsAt }: Dossier, { effects }: JourneyEvent): Pick<Dossier, 'ringsAt'> {
  return ringsAt === undefined || effects.includes('remind') ? {} : { ringsAt };
}

/** What a report that speaks of an earlier event settles: what does not stand is set aside, and stays so. */
function settling({ type, details }: Report, { pending }: AsJudged): readonly Effect[] {
  return type === 'MatterSettled' && pending.some(({ eventId }) => eventId === details.concerns) ? ['set-aside'] : [];
}

/** Whether what a report speaks of is open, and whether it is this person's to close. */
function concernFault(
  { type, by, details: { concerns } }: Report,
  { all }: AsJudged,
  head: Dossier,
): Refusal | undefined {
  if (concerns === undefined) return undefined;
  const open = mattersOf(all, head).filter(({ eventId }) => eventId === concerns);
  const isOpen = type === 'ProofSupplied' ? open.some(({ kind }) => kind === 'proof-pending') : open.length > 0;
  if (!isOpen) return { name: 'UnknownMatter', eventId: concerns };
  const opener = all.find(({ eventId }) => eventId === concerns)?.by.person;
  return type === 'MatterSettled' && opener !== undefined && opener === by.person ? { name: 'SamePerson' } : undefined;
}
