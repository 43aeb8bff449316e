import {
  addWorkingDays,
  addWorkingHours,
  agencyCalendar,
  endOfMonths,
  endOfTerm,
  endOfWorkingTerm,
  postCalendar,
  startOfNextWorkingDay,
  workingDaysBetween,
  type WorkingCalendar,
} from '../calendar/working-calendar.ts';
import type { Dossier } from './dossier.ts';
import type { Details } from './events.ts';
import { clockOf, type Clock } from './clocks.ts';
import { invitationDue } from './invitations.ts';
import { factsOf, type Place } from './places.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Terms in days end as the Civil Code has it since this edition of the law; before, after so many times 24 hours. */
const civilTermsSince = 4;

/**
 * When the clock of a place runs out for one dossier.
 * @param entered epoch milliseconds at which the paper arrived there (or was reminded of)
 * @param dossier the dossier as it is once there
 * @param details what the event that led there agreed on
 * @param edition of the law that the event was received under
 * @returns epoch milliseconds; undefined at an end, where nothing is awaited
 */
export function deadlineOf(
  place: Place,
  entered: number,
  dossier: Dossier,
  details: Details,
  edition: number,
): number | undefined {
  const clock = clockOf(dossier, edition, place);
  return clock && runsOut(clock, calendarOf(place), entered, dossier, details, edition);
}

/** Of whoever has the paper, or, in a dispute, has to settle it. */
function calendarOf(place: Place): WorkingCalendar {
  const { holder, acts } = factsOf(place);
  return holder === 'agency' || acts === 'agency' ? agencyCalendar : postCalendar;
}

function runsOut(
  { length }: Clock,
  calendar: WorkingCalendar,
  entered: number,
  dossier: Dossier,
  details: Details,
  edition: number,
): number {
  const inDays = (days: number): number =>
    edition < civilTermsSince ? entered + days * day : endOfTerm(entered, days, calendar);
  if ('workingDays' in length) return addWorkingDays(entered, length.workingDays, calendar);
  if ('days' in length) return inDays(length.days);
  if ('hours' in length) return entered + length.hours * hour;
  if ('workingHours' in length) return addWorkingHours(entered, length.workingHours, calendar);
  if ('monthsFromAcceptance' in length)
    return Math.max(entered, endOfMonths(dossier.acceptedAt ?? entered, length.monthsFromAcceptance, calendar));
  if ('invitations' in length) return invitationDue(dossier, entered);
  if ('hold' in length) return inDays(dossier.remote ? length.hold.remote : length.hold.town);
  return agreedDate(length.agreed, dossier, details) ?? addWorkingDays(entered, length.orWorkingDays, calendar);
}

/** Whether it lasts until 24:00 of a day, and not until the close of business, or so many hours. */
function isCivil({ length }: Clock): boolean {
  return 'days' in length || 'monthsFromAcceptance' in length || 'invitations' in length || 'hold' in length;
}

function agreedDate(
  what: 'appointment' | 'resultDueAt' | 'nextAttemptAt',
  dossier: Dossier,
  details: Details,
): number | undefined {
  switch (what) {
    case 'appointment':
      return details.appointment?.until;
    case 'nextAttemptAt':
      return details.nextAttemptAt;
    case 'resultDueAt':
      return dossier.resultDueAt;
    default:
      return what satisfies never;
  }
}

/**
 * The date of a dossier's place once the way was shut, or the calendar changed: a date that somebody agreed stays.
 * @param shut from when until when nothing could travel; undefined where it is counted anew by today's calendar
 * @returns epoch milliseconds; undefined at an end
 */
export function deadlineMoved(
  dossier: Dossier,
  edition: number,
  shut?: { readonly from: number; readonly until: number },
): number | undefined {
  const { place, since, dueAt } = dossier;
  const clock = clockOf(dossier, edition);
  if (clock === undefined || dueAt === undefined) return undefined;
  const calendar = calendarOf(place);
  // What lies at the agency waits for no road.
  if (shut !== undefined && factsOf(place).holder === 'agency') return dueAt;
  if (shut !== undefined) {
    const lost = workingDaysBetween(shut.from, shut.until, calendar);
    if (lost === 0) return dueAt;
    // A midnight is the end of the day before it.
    return isCivil(clock) ? endOfWorkingTerm(dueAt - 1, lost, calendar) : addWorkingDays(dueAt, lost, calendar);
  }
  const isAgreed = 'agreed' in clock.length || dossier.reminders > 0 || dossier.isShifted === true;
  return isAgreed ? dueAt : runsOut(clock, calendar, since, dossier, {}, edition);
}

/**
 * When to speak up again about paper that stayed too long: at the close of the next working day of whoever holds it.
 * @param now epoch milliseconds of the reminder
 */
export function nextReminder(place: Place, now: number): number {
  return closeOfNextWorkingDay(now, calendarOf(place));
}

/** A clock that rings at the close of business is heard just after it: from there, one working day would be two. */
function closeOfNextWorkingDay(now: number, calendar: WorkingCalendar): number {
  return addWorkingDays(startOfNextWorkingDay(now, calendar), 0, calendar);
}

/**
 * The clock's plain length in seconds, counted as if every day were a working day: what the state machine falls back on
 * when it is started without a date.
 */
export function nominalSeconds({ length }: Clock): number {
  if ('workingDays' in length) return (length.workingDays * day) / 1000;
  if ('days' in length) return (length.days * day) / 1000;
  if ('hours' in length) return (length.hours * hour) / 1000;
  if ('workingHours' in length) return (length.workingHours * hour) / 1000;
  if ('monthsFromAcceptance' in length) return (length.monthsFromAcceptance * 30 * day) / 1000;
  if ('invitations' in length) return day / 1000;
  if ('hold' in length) return (length.hold.town * day) / 1000;
  return (length.orWorkingDays * day) / 1000;
}
