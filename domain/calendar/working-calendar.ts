import type { Provenance } from '../catalogue/provenance.ts';
import { dayOf, instantAt, isoDay, weekdayOf } from './local-time.ts';
import { holidays, makeUpDays } from './holidays.ts';

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

const version = 'VN-2026-2027.1';
const allHolidays = new Set(holidays.map(({ day }) => day));
const everybodysHolidays = new Set(holidays.filter(({ kind }) => kind === 'statutory').map(({ day }) => day));

/** Offices of the state: Monday to Friday, every kind of holiday, and make-up Saturdays. */
export const agencyCalendar: WorkingCalendar = {
  version,
  weeklyRest: [0, 6],
  closed: allHolidays,
  makeUp: new Set(makeUpDays.map(({ day }) => day)),
  opensAt: 7 * 60,
  closesAt: 17 * 60,
  source: 'Hours 07:00–11:30 and 13:30–17:00 and the 17:00 rule of a deployed one-stop system',
  standing: 'seen-in-code',
};

/**
 * The post: delivery rests on Sundays and statutory holidays only. A swapped Friday or Monday is the state's own
 * affair, and
 * a Saturday is an ordinary day, so there is nothing to make up.
 */
export const postCalendar: WorkingCalendar = {
  version,
  weeklyRest: [0],
  closed: everybodysHolidays,
  makeUp: new Set(),
  opensAt: 7 * 60,
  closesAt: 17 * 60,
  source:
    'Transit times "excluding Sundays and holidays" (Tuy Phước, Bình Định, 2016); hours as the agencies, to be confirmed',
  standing: 'judged',
};

function isWorkingDayNumber(day: number, calendar: WorkingCalendar): boolean {
  const name = isoDay(day);
  if (calendar.closed.has(name)) return false;
  return calendar.makeUp.has(name) || !calendar.weeklyRest.includes(weekdayOf(day));
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

/** When the office opens on the first working day after the local day of `instant`, as epoch milliseconds. */
export function startOfNextWorkingDay(instant: number, calendar: WorkingCalendar): number {
  return instantAt(firstWorkingDayFrom(dayOf(instant) + 1, calendar), calendar.opensAt);
}
