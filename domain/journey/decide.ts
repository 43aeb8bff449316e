import { clockOf } from './clocks.ts';
import { isParty, type Dossier, type JourneyEvent, type Note } from './dossier.ts';
import { eventFacts } from './events.ts';
import { evolve } from './evolve.ts';
import { asKept, faultAnywhere, faultOn, isPhysical, lineFor } from './faults.ts';
import { draftOf, judgedOn, runsOutAt, unplaced } from './judge.ts';
import { decideLate } from './late.ts';
import { isFor, maySay, speakersOf } from './lines.ts';
import { changesOf, mattersAbout } from './matters.ts';
import { isEnd } from './places.ts';
import { granted, refused, type Outcome } from './refusals.ts';
import { timingOf, type Report } from './report.ts';
import { ringingLater, ringsOn } from './ringing.ts';
import { lawEdition, remarks, stands } from './rules.ts';
import type { Step } from './step.ts';

/**
 * Whether the head alone cannot tell what a report means: it happened before the newest move, or other facts wait to be
 * placed, or it speaks of an earlier event. Whoever is no party now may have been one then.
 * @param receivedAt epoch milliseconds of the server
 */
export function needsHistory(dossier: Dossier, report: Report, receivedAt: number): boolean {
  if ((dossier.pending ?? 0) > 0) return true;
  const { occurredAt } = timingOf(report, -Infinity, receivedAt);
  // A clock is late only where something was heard between its date and now.
  if (report.by.role === 'clock') return dossier.heardAt !== undefined && occurredAt <= dossier.heardAt;
  return (
    occurredAt <= (dossier.heardAt ?? dossier.since) ||
    dossier.reminders > 0 ||
    report.details.concerns !== undefined ||
    mayHaveBeenParty(dossier, report)
  );
}

/** Whoever held the paper once may tell what happened then; nobody else learns by it that there is such a dossier. */
function mayHaveBeenParty(dossier: Dossier, { type, by: party }: Report): boolean {
  return !isParty(dossier, party) && isPhysical(type) && (party.role === 'clerk' || party.role === 'courier');
}

/**
 * The law, applied: may this happen to this dossier? A physical fact that somebody with a right to it reports is never
 * refused for where the paper is, for an amount, or for a proof: it stands, perhaps with a dispute, is parked while it
 * is early, or kept as a contradiction. Requests and decisions that the law does not list are refused.
 * @param receivedAt epoch milliseconds of the server; a device's claim from the future is clamped to it
 * @param history every event of the dossier, where `needsHistory` says so
 * @returns the step, or the refusal: UnknownDossier, NoSuchStep, NotYourStep, ProofMissing, UnneededDetails,
 * ProofMismatch, ItemCodeRefused, DateRefused, UnknownPostOffice, UnknownMatter, SamePerson
 */
export function decide(
  dossier: Dossier,
  said: Report,
  receivedAt: number,
  history?: readonly JourneyEvent[],
): Outcome<Step> {
  const report = asKept(said);
  if (history !== undefined) return decideLate(dossier, report, receivedAt, history);
  if (!maySay(dossier, report)) return refused({ name: 'UnknownDossier' });
  const draft = draftOf(dossier, report, -Infinity, receivedAt);
  const line = lineFor(dossier, report);
  if ('name' in line) {
    const isElsewhere = line.name === 'NoSuchStep' || line.name === 'NotYourStep';
    if (!isElsewhere || !isPhysical(report.type)) return refused(line);
    const fault = faultAnywhere(dossier, report, receivedAt);
    // Who may say it here is told by the lines here.
    if (fault?.name === line.name) return refused(line);
    return fault ? refused(fault) : granted(stepOf(dossier, unplaced(dossier, draft)));
  }
  const fault = faultOn(line, dossier, report, receivedAt);
  if (fault) return refused(fault);
  const { moves, ...judgement } = judgedOn(dossier, draft, line);
  return granted(stepOf(dossier, ringingLater({ ...draft, ...judgement, milestone: moves }, receivedAt)));
}

function stepOf(before: Dossier, event: JourneyEvent): Step {
  const dossier = evolve(before, event);
  const { opened, closed } = changesOf(before.terms ?? [], dossier.terms ?? []);
  return { event, dossier, matters: { opened: [...mattersAbout([event], dossier), ...opened], closed } };
}

/**
 * What is noted without moving anything: kept apart from the events.
 * @returns the note, or the refusal: UnknownDossier, NoSuchStep, NotYourStep, ProofMissing, UnneededDetails,
 * UnknownPostOffice
 */
export function note(dossier: Dossier, report: Report, receivedAt: number): Outcome<Note> {
  if (!isParty(dossier, report.by)) return refused({ name: 'UnknownDossier' });
  const { number: _none, from, to, milestone, effects, ...noted } = draftOf(dossier, report, -Infinity, receivedAt);
  // What was seen on the way is worth knowing when the journey has ended meanwhile.
  const isOver = isEnd(dossier.place) && noted.occurredAt > dossier.since;
  const line = remarks.find((remark) => remark.on === report.type && stands(remark, lawEdition));
  if (line === undefined || isOver) return refused({ name: 'NoSuchStep', place: dossier.place, on: report.type });
  const fault = isFor(line, dossier, report.by)
    ? faultOn(line, dossier, report, receivedAt)
    : ({ name: 'NotYourStep', place: dossier.place, on: report.type, by: speakersOf(line, dossier) } as const);
  return fault ? refused(fault) : granted(noted);
}

/** Whether a report is only noted, apart from the events. */
export function isNote({ type }: Pick<Report, 'type'>): boolean {
  return eventFacts[type].kind === 'remark';
}

/**
 * The clock of the dossier's place ran out, says the state machine: what does that mean?
 * @returns the report to decide on; undefined when the deadline has moved or the journey has ended meanwhile
 */
export function runOut(dossier: Dossier, now: number): Report | undefined {
  const clock = clockOf(dossier);
  const [onItsDate, heard] = [runsOutAt(dossier), ringsOn(dossier)];
  if (!clock || onItsDate === undefined || heard === undefined || heard > now) return undefined;
  return {
    // The same deadline can be missed once only: its number makes a repeated report a duplicate. The dots keep it apart
    // from every id that may come over the wire: nobody can take the clock's name and so silence it.
    eventId: `clock.${dossier.version}.${dossier.dueAt}`,
    type: clock.then,
    // On its own date, however late somebody rings.
    occurredAt: onItsDate,
    by: { role: 'clock', unit: 'journey' },
    details: {},
  };
}
