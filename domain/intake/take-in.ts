import { secondsOfDayLeft } from '../calendar/local-time.ts';
import { decide, isNote, needsHistory, note } from '../journey/decide.ts';
import { isParty, type Dossier, type JourneyEvent, type Note, type Party } from '../journey/dossier.ts';
import { clockToKeep, withKnownClock } from '../journey/device-clock.ts';
import { asJudged } from '../journey/judged.ts';
import type { Refusal } from '../journey/refusals.ts';
import type { Report } from '../journey/report.ts';
import { sameReport } from '../journey/same-report.ts';
import type { DeskWriter, Personal } from '../ports/book.ts';

export interface Intake {
  readonly book: DeskWriter;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Waits before the next of so many tries, each time longer, and never as long as somebody else. */
  readonly pause: (tries: number) => Promise<void>;
}

/** What somebody says happened, and, apart from it, what he says of people. */
export interface Said {
  readonly dossierId: string;
  readonly report: Report;
  readonly personal: Personal;
  /** Refuse unless the dossier still has this version. */
  readonly expectedVersion?: number;
}

/** What became of it. */
export type Taken =
  | {
      /** As it is judged now. */
      readonly event: JourneyEvent;
      /** Of a duplicate: as it was judged when it arrived. */
      readonly first?: JourneyEvent;
      readonly isNew: boolean;
      readonly dossier: Dossier;
    }
  | { readonly note: Note; readonly isNew: boolean; readonly dossier: Dossier }
  /** With the dossier, where the caller may know of it. */
  | { readonly refusal: Refusal; readonly dossier?: Dossier };

/** `takeIn` with its book: whoever only reports is handed this, and reads no book. */
export type TakeIn = (said: Said) => Promise<Taken>;

/** Of fifty who write one dossier at once, one gets through each time. */
const mostTries = 60;

/**
 * Takes in what somebody reports, in one act: the event, the head, what has to be settled, and what is said of people.
 * A duplicate is answered with what became of the first. Whoever loses a race is let try again, unless he has said
 * which version he means.
 * @returns the event as it is judged now, or a refusal: those of `decide`, ItemCodeRefused, VersionMoved, Overtaken,
 * EventIdReused, TooManyNotes
 */
export async function takeIn(intake: Intake, said: Said): Promise<Taken> {
  const { book } = intake;
  for (let tries = 1; ; tries += 1) {
    const { by, device, eventId } = said.report;
    const [dossier, known, clock] = await Promise.all([
      book.head(said.dossierId),
      book.eventById(said.dossierId, eventId),
      device && book.deviceClock(by.unit, device.id),
    ]);
    if (dossier === undefined) return { refusal: { name: 'UnknownDossier' } };
    if (known !== undefined) return again(book, said, dossier, known);
    const seen = isParty(dossier, said.report.by) ? { dossier } : {};
    if (said.expectedVersion !== undefined && said.expectedVersion !== dossier.version)
      return { refusal: { name: 'VersionMoved' }, ...seen };
    const receivedAt = intake.now();
    const timed = { ...said, report: withKnownClock(said.report, clock, receivedAt) };
    const taken = await (isNote(said.report) ? takeNote : takeEvent)(book, timed, dossier, receivedAt);
    if (taken !== 'lost' && !('refusal' in taken)) {
      const toKeep = clockToKeep(said.report, clock, receivedAt);
      if (device && toKeep) await book.keepDeviceClock(by.unit, device.id, toKeep);
      return taken;
    }
    if (taken !== 'lost') {
      // The same report may have been taken in while this one was decided on: then it is that which stands in its way.
      const twin = await book.eventById(said.dossierId, eventId);
      return twin === undefined ? { ...taken, ...seen } : again(book, said, dossier, twin);
    }
    if (tries === mostTries) return { refusal: { name: 'Overtaken' }, ...seen };
    await intake.pause(tries);
  }
}

async function takeEvent(
  book: DeskWriter,
  { report, personal }: Said,
  dossier: Dossier,
  receivedAt: number,
): Promise<Taken | 'lost'> {
  const history = needsHistory(dossier, report, receivedAt) ? await book.timeline(dossier.dossierId) : undefined;
  const decision = decide(dossier, report, receivedAt, history);
  if (!decision.ok) return { refusal: decision.refusal };
  const written = await book.append(decision.value, personal);
  if (written === 'written') return { event: decision.value.event, isNew: true, dossier: decision.value.dossier };
  // What was drawn is drawn again, for whoever asks again.
  if (written === 'code-taken' && report.newTrackingCode !== undefined) return { refusal: { name: 'Overtaken' } };
  if (written === 'code-taken') return { refusal: { name: 'ItemCodeRefused', why: 'taken' } };
  return 'lost';
}

async function takeNote(
  book: DeskWriter,
  { report, personal }: Said,
  dossier: Dossier,
  receivedAt: number,
): Promise<Taken | 'lost'> {
  const decision = note(dossier, report, receivedAt);
  if (!decision.ok) return { refusal: decision.refusal };
  const written = await book.note(dossier, decision.value, personal);
  if (written === 'too-many') return { refusal: { name: 'TooManyNotes', retryAfter: secondsOfDayLeft(receivedAt) } };
  return written === 'written' ? { note: decision.value, isNew: true, dossier } : 'lost';
}

/** What became of what was said before; told to nobody else than to whoever said it, or may know of the dossier. */
async function again(
  book: DeskWriter,
  { report, personal }: Said,
  dossier: Dossier,
  known: JourneyEvent | Note,
): Promise<Taken> {
  const isKnown = isParty(dossier, report.by);
  if (!isKnown && !isOwn(known.by, report.by)) return { refusal: { name: 'UnknownDossier' } };
  const isSame = sameReport(known, report) && (await book.isSamePersonal(dossier, known.eventId, personal));
  if (!isSame) return { refusal: { name: 'EventIdReused' }, ...(isKnown ? { dossier } : {}) };
  if (!('number' in known)) return { note: known, isNew: false, dossier };
  // Nobody has judged it since.
  if ((dossier.judgedAnewAt ?? 0) < known.number) return { event: known, first: known, isNew: false, dossier };
  const event = asJudged(await book.timeline(dossier.dossierId)).all.find(({ number }) => number === known.number);
  return { event: event ?? known, first: known, isNew: false, dossier };
}

function isOwn(before: Party, now: Party): boolean {
  return before.role === now.role && before.unit === now.unit;
}
