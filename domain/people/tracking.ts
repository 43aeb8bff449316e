import { endOfMonths, termCalendar } from '../calendar/working-calendar.ts';
import { inLegalOrder } from '../journey/judge.ts';
import { asJudged, movesPaper } from '../journey/judged.ts';
import type { Dossier, JourneyEvent } from '../journey/dossier.ts';
import { isEnd } from '../journey/places.ts';
import type { Phones, TrackingReader } from '../ports/book.ts';
import { expectedOf, type Expected } from './expectations.ts';

/** What whoever holds the code on the slip sees of a dossier: no names, no procedure, no offices. */
export interface Tracked extends Pick<Dossier, 'trackingCode' | 'place' | 'dueAt'>, Expected {
  /** What moved the paper, in legal order. */
  readonly stages: readonly Pick<JourneyEvent, 'type' | 'occurredAt' | 'doubt'>[];
}

/**
 * The public's narrow door. @returns undefined for a code that nobody was given, and for one that is over or was
 * replaced
 */
export type Track = (trackingCode: string) => Promise<Tracked | undefined>;

/** What whoever knows the registered telephone, too, sees beside: still no name, no address and no procedure. */
export interface TrackedDetails extends Pick<
  Dossier,
  'legs' | 'agencyId' | 'postOfficeId' | 'deliveryPostOfficeId' | 'returnByPost' | 'resultDueAt'
> {
  /** Đồng that have been taken, and that are still to be paid; what the agency alone knows is not in it. */
  readonly paid: number;
  readonly owed: number;
  readonly stateFeeUnknown: boolean;
}

/** A dossier of which details are shown to whoever knows how the registered telephone number ends. */
export interface Guarded {
  readonly tracked: Tracked;
  readonly details: TrackedDetails;
  /** False for everything where no number is stored (any more). */
  endsTheNumber(lastDigits: string): boolean;
}

/** More than a journey has: one with thousands of reminders costs no more to track. */
const mostEvents = 100;

/** As long as one may complain (TT17 art. 8(1)a); then the code has done its service. Judged. */
const monthsAfterTheEnd = 6;

/** No dossier has this id, and reading it takes as long as reading one. */
const nobody = 'd-nobody';

/**
 * Lets the public follow the dossiers of this book, until some months after the end of the journey. A code that was
 * never given, one that was replaced and one that is over are told apart neither by the answer nor by what is read.
 * @param now epoch milliseconds
 */
export function trackingIn(book: TrackingReader, now: () => number): Track {
  return async (code) => {
    const dossier = await followed(book, code, now());
    return dossier && trackedOf(dossier, await eventsOf(book, dossier), now());
  };
}

/** The same with details, which `phones` guard: they are asked whether the code is somebody's or not. */
export function guardedTrackingIn(
  book: TrackingReader,
  phones: Phones,
  now: () => number,
): (trackingCode: string) => Promise<Guarded | undefined> {
  return async (code) => {
    const dossier = await followed(book, code, now());
    const phone = await phones.phoneOf(dossier?.personId ?? nobody);
    if (dossier === undefined) return undefined;
    const events = await eventsOf(book, dossier);
    return {
      tracked: trackedOf(dossier, events, now()),
      details: detailsOf(dossier, events),
      endsTheNumber: (lastDigits) => phone?.slice(-lastDigitsAsked) === lastDigits,
    };
  };
}

/** So many digits of the registered telephone number open the details. */
export const lastDigitsAsked = 4;

async function followed(book: TrackingReader, code: string, now: number): Promise<Dossier | undefined> {
  const dossier = await book.head((await book.dossierIdOf(code)) ?? nobody);
  // A code that was replaced still leads here, and no further.
  return dossier?.trackingCode !== code || isOver(dossier, now) ? undefined : dossier;
}

function isOver({ place, since }: Dossier, now: number): boolean {
  return isEnd(place) && now >= endOfMonths(since, monthsAfterTheEnd, termCalendar);
}

function trackedOf(dossier: Dossier, events: readonly JourneyEvent[], now: number): Tracked {
  const { trackingCode, place, dueAt } = dossier;
  const expected = expectedOf(dossier, now);
  const stages = events.filter(movesPaper).map(({ type, occurredAt, doubt }) => ({
    type,
    occurredAt,
    ...(doubt === undefined ? {} : { doubt }),
  }));
  // What is late is asked for again and again: the next of these days is nobody's date.
  return { trackingCode, place, ...(dueAt === undefined || expected.overdue ? {} : { dueAt }), ...expected, stages };
}

function detailsOf(dossier: Dossier, events: readonly JourneyEvent[]): TrackedDetails {
  const { charges, place, legs, agencyId, postOfficeId, deliveryPostOfficeId, returnByPost, resultDueAt } = dossier;
  // What the post pays is no payment of the citizen's.
  const paid = events
    .filter(({ type }) => type !== 'CompensationPaid')
    .reduce((sum, { details }) => sum + (details.amountCollected ?? 0), 0);
  const owed = isEnd(place) ? 0 : Math.max(0, charges.dueAtCollection + charges.dueOnDelivery - paid);
  return {
    legs,
    agencyId,
    postOfficeId,
    deliveryPostOfficeId,
    returnByPost,
    ...(resultDueAt === undefined ? {} : { resultDueAt }),
    paid,
    owed,
    stateFeeUnknown: charges.stateFeeUnknown === true,
  };
}

/** What stands, in legal order: one short read, or each by its number where reminders lie between. */
async function eventsOf(book: TrackingReader, { dossierId, version, idle }: Dossier): Promise<readonly JourneyEvent[]> {
  if (version <= mostEvents) return asJudged(await book.newest(dossierId, mostEvents)).standing;
  const others = new Set(idle);
  const numbers = Array.from({ length: version }, (_none, index) => index + 1).filter((number) => !others.has(number));
  return (await book.numbered(dossierId, numbers.slice(-mostEvents))).toSorted(inLegalOrder);
}
