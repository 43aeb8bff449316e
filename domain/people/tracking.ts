import { endOfMonths, termCalendar } from '../calendar/working-calendar.ts';
import { inLegalOrder } from '../journey/judge.ts';
import { asJudged, movesPaper } from '../journey/judged.ts';
import type { Dossier, JourneyEvent } from '../journey/dossier.ts';
import { isEnd } from '../journey/places.ts';
import type { TrackingReader } from '../ports/book.ts';
import { expectedOf, type Expected } from './expectations.ts';

/** What whoever holds the code on the slip sees of a dossier: no names, no procedure, no offices. */
export interface Tracked extends Pick<Dossier, 'trackingCode' | 'place' | 'dueAt'>, Expected {
  /** What moved the paper, in legal order. */
  readonly stages: readonly Pick<JourneyEvent, 'type' | 'occurredAt' | 'doubt'>[];
}

/** The public's narrow door. @returns undefined for a code that nobody was given, and for one that is over */
export type Track = (trackingCode: string) => Promise<Tracked | undefined>;

/** More than a journey has: one with thousands of reminders costs no more to track. */
const mostEvents = 100;

/** As long as one may complain (TT17 art. 8(1)a); then the code has done its service. Judged. */
const monthsAfterTheEnd = 6;

/** No dossier has this id, and reading it takes as long as reading one. */
const nobody = 'd-nobody';

/**
 * Lets the public follow the dossiers of this book, until some months after the end of the journey. A code that was
 * never given and one that is over are told apart neither by the answer nor by what is read for it.
 * @param now epoch milliseconds
 */
export function trackingIn(book: TrackingReader, now: () => number): Track {
  return async (code) => {
    const dossier = await book.head((await book.dossierIdOf(code)) ?? nobody);
    if (dossier === undefined || isOver(dossier, now())) return undefined;
    const { trackingCode, place, dueAt } = dossier;
    const expected = expectedOf(dossier, now());
    const stages = (await stagesOf(book, dossier)).map(({ type, occurredAt, doubt }) => ({
      type,
      occurredAt,
      ...(doubt === undefined ? {} : { doubt }),
    }));
    // What is late is asked for again and again: the next of these days is nobody's date.
    return { trackingCode, place, ...(dueAt === undefined || expected.overdue ? {} : { dueAt }), ...expected, stages };
  };
}

function isOver({ place, since }: Dossier, now: number): boolean {
  return isEnd(place) && now >= endOfMonths(since, monthsAfterTheEnd, termCalendar);
}

/** One short read, or each by its number where reminders lie between. */
async function stagesOf(book: TrackingReader, { dossierId, version, idle }: Dossier): Promise<readonly JourneyEvent[]> {
  if (version <= mostEvents) return asJudged(await book.newest(dossierId, mostEvents)).standing.filter(movesPaper);
  const others = new Set(idle);
  const numbers = Array.from({ length: version }, (_none, index) => index + 1).filter((number) => !others.has(number));
  const found = await book.numbered(dossierId, numbers.slice(-mostEvents));
  return found.filter(movesPaper).toSorted(inLegalOrder);
}
