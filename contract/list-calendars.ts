import * as z from 'zod';
import { holidays, knownDays, makeUpDays } from '../domain/calendar/holidays.ts';
import {
  agencyCalendar,
  postCalendar,
  termCalendar,
  type WorkingCalendar,
} from '../domain/calendar/working-calendar.ts';
import { Day, isAskedFor, listing, Names, Source, sourceOf } from './catalogue.ts';
import { timeOfDay } from './opening.ts';

const FreeDay = z.strictObject({ day: Day, name: z.string(), ...Source });

const CalendarView = z
  .strictObject({
    calendar: z.enum(['agency', 'post', 'terms']),
    ...Names,
    version: z.string(),
    year: z.int(),
    weeklyRest: z.array(z.int().min(0).max(6)).readonly().meta({ description: '0 is Sunday.' }),
    free: z.array(FreeDay).readonly().meta({ description: 'Holidays, days swapped, and days free in lieu.' }),
    workedOff: z.array(FreeDay).readonly().meta({ description: 'Days of rest on which it works.' }),
    opensAt: z.string(),
    closesAt: z.string(),
    knownUntil: Day.meta({ description: 'Dates beyond are provisional.' }),
    ...Source,
  })
  .meta({ id: 'Calendar' });

/** The free days of a year: offices of the state, the post, and the days that statutory terms are counted in. */
export const listCalendars = listing(
  'list-calendars',
  '/v1/calendars',
  { en: 'Working days and holidays of the year of the day asked for', vi: 'Ngày làm việc, ngày nghỉ trong năm' },
  CalendarView,
  {},
);

const calendars = [
  { calendar: 'agency', vi: 'Cơ quan nhà nước', en: 'Offices of the state', of: agencyCalendar },
  { calendar: 'post', vi: 'Bưu điện', en: 'The post', of: postCalendar },
  {
    calendar: 'terms',
    vi: 'Ngày làm việc của thời hạn luật định',
    en: 'Working days of statutory terms',
    of: termCalendar,
  },
] as const;

/** The calendars of the year of a day. @param day `YYYY-MM-DD` */
export function calendarsOn(day: string, asked?: string): readonly z.output<typeof CalendarView>[] {
  const year = day.slice(0, 4);
  return calendars
    .filter(({ calendar, vi, en }) => isAskedFor(asked, [calendar, vi, en]))
    .map(({ calendar, vi, en, of }) => ({
      calendar,
      vi,
      en,
      version: of.version,
      year: Number(year),
      weeklyRest: of.weeklyRest,
      free: freeDays(of).filter((free) => free.day.startsWith(year)),
      workedOff: makeUpDays
        .filter((made) => of.makeUp.has(made.day) && made.day.startsWith(year))
        .map((made) => ({ day: made.day, name: `Làm bù ngày ${made.insteadOf}`, ...sourceOf(made) })),
      opensAt: timeOfDay(of.opensAt),
      closesAt: timeOfDay(of.closesAt),
      knownUntil: knownDays.last,
      ...sourceOf(of),
    }));
}

function freeDays({ closed, source, standing }: WorkingCalendar): readonly z.output<typeof FreeDay>[] {
  return [...closed].toSorted().map((day) => {
    const holiday = holidays.find((one) => one.day === day);
    return holiday === undefined
      ? { day, name: 'Nghỉ bù', source, standing }
      : { day, name: holiday.name, ...sourceOf(holiday) };
  });
}
