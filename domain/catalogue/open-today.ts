import { dayOf, isoDay, weekdayOf } from '../calendar/local-time.ts';
import { holidays } from '../calendar/holidays.ts';
import { isWorkingDay, type WorkingCalendar } from '../calendar/working-calendar.ts';
import type { OpeningHours } from './opening-hours.ts';
import type { Name } from './provenance.ts';

/** Whether a counter is open on a day, and when. */
export interface OpenOn {
  /** `YYYY-MM-DD`, local. */
  readonly day: string;
  /** Minutes after local midnight; none when it is closed. */
  readonly spans: OpeningHours['spans'];
  /** Why it is closed. */
  readonly closed?: Name;
  /** The next day on which it is open, `YYYY-MM-DD`. */
  readonly opensNext: string;
}

/**
 * When a counter is open on a local day.
 * @param day `YYYY-MM-DD`
 * @param calendar whose free days it keeps; on a Saturday worked off, the hours are those of any other day
 */
export function openOn(hours: OpeningHours, calendar: WorkingCalendar, day: string): OpenOn {
  const number = dayOf(Date.parse(day));
  let next = number + 1;
  while (!isWorkingDay(isoDay(next), calendar)) next += 1;
  const opensNext = isoDay(next);
  return isWorkingDay(day, calendar)
    ? { day, spans: hours.spans, opensNext }
    : { day, spans: [], closed: whyClosed(day, number, calendar), opensNext };
}

function whyClosed(day: string, number: number, { weeklyRest, closed }: WorkingCalendar): Name {
  const holiday = closed.has(day) ? holidays.find((one) => one.day === day) : undefined;
  if (holiday !== undefined) return { vi: `Nghỉ lễ: ${holiday.name}`, en: `Holiday: ${holiday.name}` };
  if (weeklyRest.includes(weekdayOf(number))) return { vi: 'Ngày nghỉ hằng tuần', en: 'Weekly day of rest' };
  return { vi: 'Nghỉ bù', en: 'Free in lieu of a holiday on a day of rest' };
}
