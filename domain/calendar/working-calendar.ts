import type { Provenance } from '../catalogue/provenance.ts';
import { dayOf, instantAt, isoDay, minutesOf, weekdayOf } from './local-time.ts';
import { holidays, knownDays, makeUpDays } from './holidays.ts';

/** When an office works. Times of day are minutes after local midnight. */
export interface WorkingCalendar extends Provenance {
  /** Frozen onto a dossier together with the deadlines reckoned from it. */
  readonly version: string;
  /** Weekly days of rest, 0 is Sunday. */
  readonly weeklyRest: readonly number[];
  /** Closed although it is no weekly rest day, `YYYY-MM-DD`. */
  readonly closed: ReadonlySet<string>;
  /** Open although it is a weekly rest day, `YYYY-MM-DD`. */
  readonly makeUp: ReadonlySet<string>;
  readonly opensAt: number;
  /** What comes in later counts as received on the next working day. */
  readonly closesAt: number;
}

const version = 'VN-2025-2027.2';

function daysOf(kinds: readonly (typeof holidays)[number]['kind'][]): readonly string[] {
  return holidays.filter(({ kind }) => kinds.includes(kind)).map(({ day }) => day);
}

/**
 * The days on which nobody works who rests on these days of the week: where a holiday falls on one of them, the next
 * working day is free instead (Labour Code art. 111(3)). Who works on Saturdays has had his holiday on one.
 */
function closedDays(free: readonly string[], weeklyRest: readonly number[]): ReadonlySet<string> {
  const closed = new Set(free);
  for (const holiday of daysOf(['statutory'])) {
    const day = dayOf(Date.parse(holiday));
    if (!weeklyRest.includes(weekdayOf(day))) continue;
    let inLieu = day + 1;
    while (closed.has(isoDay(inLieu)) || weeklyRest.includes(weekdayOf(inLieu))) inLieu += 1;
    closed.add(isoDay(inLieu));
  }
  return closed;
}

const weekend = [0, 6];

/** Offices of the state: Monday to Friday, every kind of holiday, and make-up Saturdays. */
export const agencyCalendar: WorkingCalendar = {
  version,
  weeklyRest: weekend,
  closed: closedDays(daysOf(['statutory', 'swapped']), weekend),
  makeUp: new Set(makeUpDays.map(({ day }) => day)),
  opensAt: 7 * 60,
  closesAt: 17 * 60,
  source: 'Hours 07:00–11:30 and 13:30–17:00 and the 17:00 rule of a deployed one-stop system',
  standing: 'seen-in-code',
};

/**
 * The post: delivery rests on Sundays and statutory holidays only. A swapped Friday or Monday is the state's own
 * affair, and a Saturday is an ordinary day, so there is nothing to make up.
 */
export const postCalendar: WorkingCalendar = {
  version,
  weeklyRest: [0],
  closed: closedDays(daysOf(['statutory']), [0]),
  makeUp: new Set(),
  opensAt: 7 * 60,
  closesAt: 17 * 60,
  source:
    'Transit times "excluding Sundays and holidays" (Tuy Phước, Bình Định, 2016); hours as the agencies, to be confirmed',
  standing: 'judged',
};

/**
 * The working days of statutory terms (n of J + n): what the law calls so, whoever works on a Saturday. A day swapped
 * among offices of the state shortens no term of the post.
 */
export const termCalendar: WorkingCalendar = {
  version,
  weeklyRest: weekend,
  closed: closedDays(daysOf(['statutory']), weekend),
  makeUp: new Set(),
  opensAt: 0,
  closesAt: 24 * 60,
  source: 'TT17 art. 7(2) counts working days without saying whose; Monday to Friday is our reading',
  standing: 'judged',
};

function isWorkingDayNumber(day: number, calendar: WorkingCalendar): boolean {
  const name = isoDay(day);
  if (calendar.closed.has(name)) return false;
  return calendar.makeUp.has(name) || !calendar.weeklyRest.includes(weekdayOf(day));
}

/** Whether the office works on a local day. @param day `YYYY-MM-DD` */
export function isWorkingDay(day: string, calendar: WorkingCalendar): boolean {
  return isWorkingDayNumber(dayOf(Date.parse(day)), calendar);
}

function firstWorkingDayFrom(day: number, calendar: WorkingCalendar): number {
  let candidate = day;
  while (!isWorkingDayNumber(candidate, calendar)) candidate += 1;
  return candidate;
}

/**
 * The working day on which something counts as received: the day itself up to the close of business, otherwise the next
 * one.
 */
function dayOfReceipt(instant: number, calendar: WorkingCalendar): number {
  const day = dayOf(instant);
  const inTime = instant <= instantAt(day, calendar.closesAt);
  return firstWorkingDayFrom(inTime ? day : day + 1, calendar);
}

/**
 * How many working days lie between two days: the first is not counted, the last is, if the office works on it.
 * @param from epoch milliseconds
 * @param until epoch milliseconds, not before `from`
 */
export function workingDaysBetween(from: number, until: number, calendar: WorkingCalendar): number {
  let days = 0;
  for (let day = dayOf(from) + 1; day <= dayOf(until); day += 1) if (isWorkingDayNumber(day, calendar)) days += 1;
  return days;
}

/**
 * The deadline of so many working days: the close of business (17:00) of the last of them. The day of receipt is not
 * counted;
 * what is received after the close of business, or on a free day, counts as received on the next working day.
 * @param instant epoch milliseconds of receipt
 * @param days whole working days, 0 for the close of the day of receipt
 * @returns epoch milliseconds
 * @throws RangeError when `days` is not a whole number of at least 0
 */
export function addWorkingDays(instant: number, days: number, calendar: WorkingCalendar): number {
  if (!Number.isSafeInteger(days) || days < 0)
    throw new RangeError('Working days are counted in whole numbers from 0.');
  let day = dayOfReceipt(instant, calendar);
  for (let counted = 0; counted < days; counted += 1) day = firstWorkingDayFrom(day + 1, calendar);
  return instantAt(day, calendar.closesAt);
}

/**
 * When a term counted in days is over: the day on which it begins is not counted, it lasts until 24:00 of its last day,
 * and where that is a day of rest, of the next working day (Civil Code art. 147(2), 148(1), (5) and (6)).
 * @param instant epoch milliseconds at which it begins
 * @returns epoch milliseconds of the local midnight at which it ends
 */
export function endOfTerm(instant: number, days: number, calendar: WorkingCalendar): number {
  return instantAt(firstWorkingDayFrom(dayOf(instant) + days, calendar) + 1, 0);
}

/**
 * When a statutory term of so many working days is over: the day on which it begins is not counted, whatever day it is,
 * and it lasts until 24:00 of the last one (TT17 art. 7(2)a, Civil Code art. 147(2), 148(6)).
 * @param instant epoch milliseconds at which it begins
 * @returns epoch milliseconds of the local midnight at which it ends
 */
export function endOfWorkingTerm(instant: number, days: number, calendar: WorkingCalendar): number {
  let day = dayOf(instant);
  for (let counted = 0; counted < days; counted += 1) day = firstWorkingDayFrom(day + 1, calendar);
  return instantAt(day + 1, 0);
}

/** When a term of so many months is over, on the same rule as one of days (Civil Code art. 148(3), (5) and (6)). */
export function endOfMonths(instant: number, months: number, calendar: WorkingCalendar): number {
  const [year = 0, month = 1, date = 1] = isoDay(dayOf(instant)).split('-').map(Number);
  // The last month may have no such day: then its last one.
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const day = dayOf(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth)));
  return instantAt(firstWorkingDayFrom(day, calendar) + 1, 0);
}

/** When so many hours are over of those in which the office is open. @param instant epoch milliseconds, as returned */
export function addWorkingHours(instant: number, hours: number, calendar: WorkingCalendar): number {
  const { opensAt, closesAt } = calendar;
  let day = firstWorkingDayFrom(dayOf(instant), calendar);
  let from = day === dayOf(instant) ? Math.min(Math.max(minutesOf(instant), opensAt), closesAt) : opensAt;
  let left = hours * 60;
  while (left > closesAt - from) {
    left -= closesAt - from;
    day = firstWorkingDayFrom(day + 1, calendar);
    from = opensAt;
  }
  return instantAt(day, from + left);
}

/** The days of rest that a term passed over, as `YYYY-MM-DD`. @param until epoch milliseconds, its end */
export function restDaysBetween(from: number, until: number, calendar: WorkingCalendar): readonly string[] {
  const days: string[] = [];
  for (let day = dayOf(from) + 1; day <= dayOf(until - 1); day += 1)
    if (!isWorkingDayNumber(day, calendar)) days.push(isoDay(day));
  return days;
}

/** Whether an instant lies beyond the calendar that is known: holidays may still be decided before it. */
export function isProvisional(instant: number): boolean {
  return isoDay(dayOf(instant - 1)) > knownDays.last;
}

/** When the office opens on the first working day after the local day of `instant`, as epoch milliseconds. */
export function startOfNextWorkingDay(instant: number, calendar: WorkingCalendar): number {
  return instantAt(firstWorkingDayFrom(dayOf(instant) + 1, calendar), calendar.opensAt);
}
