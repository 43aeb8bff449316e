import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { holidays, knownDays, makeUpDays } from '../../../domain/calendar/holidays.ts';
import { dayOf, isoDay, localDay, showLocalTime, weekdayOf } from '../../../domain/calendar/local-time.ts';
import {
  addWorkingDays,
  addWorkingHours,
  agencyCalendar,
  endOfMonths,
  endOfWorkingTerm,
  isProvisional,
  isWorkingDay,
  postCalendar,
  restDaysBetween,
  startOfNextWorkingDay,
  termCalendar,
  workingDaysBetween,
  type WorkingCalendar,
} from '../../../domain/calendar/working-calendar.ts';

/** A local wall time such as `2026-02-13 16:59` as an instant. */
function at(wallTime: string): number {
  return Date.parse(`${wallTime.replace(' ', 'T')}:00+07:00`);
}

/** Whether the office works on the local day of `instant`: then one working day lies between the day before and it. */
function isWorkedOn(instant: number, of: WorkingCalendar): boolean {
  return workingDaysBetween(instant - 86_400_000, instant, of) === 1;
}

const anInstant = fc.integer({ min: at('2026-01-01 00:00'), max: at('2027-12-01 00:00') });
const someDays = fc.integer({ min: 0, max: 30 });
const calendar = fc.constantFrom(agencyCalendar, postCalendar);

describe('a deadline in working days', () => {
  it('a deadline in working days counts from the next day: received on Monday, two working days end on Wednesday at 17:00', () => {
    expect(showLocalTime(addWorkingDays(at('2026-11-09 08:00'), 2, agencyCalendar))).toBe('17:00 11/11/2026');
  });

  it('a deadline in working days is the close of the same day for zero working days', () => {
    expect(showLocalTime(addWorkingDays(at('2026-11-09 08:00'), 0, agencyCalendar))).toBe('17:00 09/11/2026');
  });

  it('a deadline in working days counts a paper received at 16:59 as received that day', () => {
    expect(showLocalTime(addWorkingDays(at('2026-11-09 16:59'), 1, agencyCalendar))).toBe('17:00 10/11/2026');
  });

  it('a deadline in working days counts a paper received on the stroke of 17:00 as received that day', () => {
    expect(showLocalTime(addWorkingDays(at('2026-11-09 17:00'), 1, agencyCalendar))).toBe('17:00 10/11/2026');
  });

  it('a deadline in working days counts a paper received at 17:01 as received the next day', () => {
    expect(showLocalTime(addWorkingDays(at('2026-11-09 17:01'), 1, agencyCalendar))).toBe('17:00 11/11/2026');
  });

  it('a deadline in working days counts a paper received on Friday at 17:01 as received on Monday', () => {
    expect(showLocalTime(addWorkingDays(at('2026-11-13 17:01'), 1, agencyCalendar))).toBe('17:00 17/11/2026');
  });

  it('a deadline in working days passes over the nine days of Tết 2026', () => {
    expect(showLocalTime(addWorkingDays(at('2026-02-13 08:00'), 1, agencyCalendar))).toBe('17:00 23/02/2026');
  });

  it('a deadline in working days passes over Tết 2027 with its days in lieu', () => {
    expect(showLocalTime(addWorkingDays(at('2027-02-04 08:00'), 1, agencyCalendar))).toBe('17:00 12/02/2027');
  });

  it('a deadline in working days moves past a holiday that it would fall on: Vietnam Culture Day, new in 2026', () => {
    expect(showLocalTime(addWorkingDays(at('2026-11-23 08:00'), 1, agencyCalendar))).toBe('17:00 25/11/2026');
  });

  it('a deadline in working days counts a make-up Saturday as a working day, and the swapped Friday not', () => {
    expect(showLocalTime(addWorkingDays(at('2026-01-09 08:00'), 1, agencyCalendar))).toBe('17:00 10/01/2026');
    expect(showLocalTime(addWorkingDays(at('2025-12-31 08:00'), 1, agencyCalendar))).toBe('17:00 05/01/2026');
  });

  it('a deadline in working days is not counted in parts of days or backwards', () => {
    expect(() => addWorkingDays(at('2026-11-09 08:00'), 0.5, agencyCalendar)).toThrow(RangeError);
    expect(() => addWorkingDays(at('2026-11-09 08:00'), -1, agencyCalendar)).toThrow(RangeError);
  });

  it('a deadline in working days never lies before the receipt, and always at 17:00 of a working day', () => {
    fc.assert(
      fc.property(anInstant, someDays, calendar, (received, days, which) => {
        const due = addWorkingDays(received, days, which);
        expect(due).toBeGreaterThanOrEqual(received);
        expect(isWorkedOn(due, which)).toBe(true);
        expect(showLocalTime(due)).toMatch(/^17:00 /);
      }),
    );
  });

  it('a deadline in working days never comes earlier for a later receipt, nor for more days', () => {
    fc.assert(
      fc.property(anInstant, anInstant, someDays, calendar, (one, other, days, which) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        expect(addWorkingDays(earlier, days, which)).toBeLessThanOrEqual(addWorkingDays(later, days, which));
        expect(addWorkingDays(one, days, which)).toBeLessThan(addWorkingDays(one, days + 1, which));
      }),
    );
  });

  it('a deadline in working days is the same whether counted at once or in two stages', () => {
    fc.assert(
      fc.property(anInstant, someDays, someDays, calendar, (received, first, second, which) => {
        expect(addWorkingDays(addWorkingDays(received, first, which), second, which)).toBe(
          addWorkingDays(received, first + second, which),
        );
      }),
    );
  });
});

describe('the start of the next working day', () => {
  it('the start of the next working day is 07:00 of tomorrow, however early it is today', () => {
    expect(showLocalTime(startOfNextWorkingDay(at('2026-11-09 00:30'), agencyCalendar))).toBe('07:00 10/11/2026');
  });

  it('the start of the next working day passes over the weekend for an agency, and only over Sunday for the post', () => {
    expect(showLocalTime(startOfNextWorkingDay(at('2026-11-13 10:00'), agencyCalendar))).toBe('07:00 16/11/2026');
    expect(showLocalTime(startOfNextWorkingDay(at('2026-11-13 10:00'), postCalendar))).toBe('07:00 14/11/2026');
    expect(showLocalTime(startOfNextWorkingDay(at('2026-11-14 10:00'), postCalendar))).toBe('07:00 16/11/2026');
  });

  it('the start of the next working day lies after the instant, on another local day that is worked', () => {
    fc.assert(
      fc.property(anInstant, calendar, (instant, which) => {
        const start = startOfNextWorkingDay(instant, which);
        expect(localDay(start) > localDay(instant)).toBe(true);
        expect(isWorkedOn(start, which)).toBe(true);
      }),
    );
  });
});

describe("the post's calendar", () => {
  it("the post's calendar keeps the swapped days of the state as ordinary days", () => {
    expect(isWorkedOn(at('2026-01-02 10:00'), postCalendar)).toBe(true);
    expect(isWorkedOn(at('2026-01-02 10:00'), agencyCalendar)).toBe(false);
  });

  it("the post's calendar has a day in lieu for a holiday on a Sunday, and none for one on a Saturday, on which it would have worked", () => {
    // The Hung Kings' day of 2026 is a Sunday; of Tết 2027 one day is a Saturday and one a Sunday.
    const works = (day: string) => [postCalendar, agencyCalendar].map((of) => isWorkedOn(at(`${day} 10:00`), of));
    expect(works('2026-04-27')).toEqual([false, false]);
    expect(works('2027-02-10')).toEqual([false, false]);
    expect(works('2027-02-11')).toEqual([true, false]);
    expect(works('2027-05-03')).toEqual([true, false]);
  });

  it("the post's calendar rests on the statutory holidays", () => {
    expect(isWorkedOn(at('2026-09-02 10:00'), postCalendar)).toBe(false);
  });
});

describe('the list of holidays', () => {
  it('the list of holidays names every day once, in order, within the years it claims to know', () => {
    const days = holidays.map(({ day }) => day);
    expect(days).toEqual([...new Set(days)].toSorted());
    expect(days.every((day) => day >= knownDays.first && day <= knownDays.last)).toBe(true);
  });

  it('the list of holidays has the eleven statutory days of 2025, and twelve of each later year', () => {
    for (const [year, days] of [
      ['2025', 11],
      ['2026', 12],
      ['2027', 12],
    ] as const) {
      expect(holidays.filter(({ day, kind }) => day.startsWith(year) && kind === 'statutory')).toHaveLength(days);
    }
  });

  it('the list of holidays makes up for every swapped weekday on a Saturday', () => {
    expect(makeUpDays.map(({ insteadOf }) => insteadOf)).toEqual(
      holidays.filter(({ kind }) => kind === 'swapped').map(({ day }) => day),
    );
    expect(makeUpDays.every(({ day }) => weekdayOf(dayOf(at(`${day} 12:00`))) === 6)).toBe(true);
  });
});

describe('the years on the wall', () => {
  /** Every weekday in a year on which nobody works, as the calendar on the wall has them in red. */
  function free(of: WorkingCalendar, year: number): string {
    const first = dayOf(at(`${year}-01-01 12:00`));
    const days = Array.from({ length: 365 }, (_none, n) => first + n);
    const resting = days.filter((day) => !of.weeklyRest.includes(weekdayOf(day)) && !isWorkingDay(isoDay(day), of));
    return resting.map((day) => isoDay(day).slice(5)).join(' ');
  }

  it.each([
    [
      2025,
      '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02',
      '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 09-01 09-02',
      '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 09-01 09-02',
    ],
    [
      2026,
      '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24',
      '01-01 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 09-01 09-02 11-24',
      '01-01 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 09-01 09-02 11-24',
    ],
    [
      2027,
      '01-01 02-05 02-08 02-09 02-10 02-11 04-16 04-30 05-03 09-02 09-03 11-24',
      '01-01 02-05 02-06 02-08 02-09 02-10 04-16 04-30 05-01 09-02 09-03 11-24',
      '01-01 02-05 02-08 02-09 02-10 02-11 04-16 04-30 05-03 09-02 09-03 11-24',
    ],
  ] as const)(
    'in %i the agencies, the post and the terms of the law rest on these days beside their weekly rest',
    (year, ...days) => {
      expect([agencyCalendar, postCalendar, termCalendar].map((of) => free(of, year))).toEqual(days);
    },
  );

  it('the years on the wall have three Saturdays on which agencies work for a day that was swapped, and nobody else', () => {
    for (const day of ['2025-04-26', '2026-01-10', '2026-08-22'])
      expect([agencyCalendar, termCalendar].map((of) => isWorkingDay(day, of))).toEqual([true, false]);
    expect(makeUpDays).toHaveLength(3);
  });

  it('the years on the wall have days from seven to five at agencies and at the post, and whole ones for the terms of the law', () => {
    const hours = [agencyCalendar, postCalendar, termCalendar].map(({ opensAt, closesAt }) => [
      opensAt / 60,
      closesAt / 60,
    ]);
    expect(hours).toEqual([
      [7, 17],
      [7, 17],
      [0, 24],
    ]);
  });

  it('the years on the wall have their holidays by name', () => {
    const byName = Map.groupBy(holidays, ({ name }) => name);
    expect(
      [...byName].map(([name, days]) => [
        name,
        days.map(({ day, kind }) => (kind === 'swapped' ? `${day} swapped` : day)).join(' '),
      ]),
    ).toEqual([
      ['Tết Dương lịch', '2025-01-01 2026-01-01 2027-01-01'],
      ['Tết Nguyên đán (28 tháng Chạp)', '2025-01-27'],
      ['Tết Nguyên đán (29 tháng Chạp)', '2025-01-28 2026-02-16 2027-02-05'],
      ['Tết Nguyên đán (mùng 1)', '2025-01-29 2026-02-17 2027-02-06'],
      ['Tết Nguyên đán (mùng 2)', '2025-01-30 2026-02-18 2027-02-07'],
      ['Tết Nguyên đán (mùng 3)', '2025-01-31 2026-02-19 2027-02-08'],
      ['Giỗ Tổ Hùng Vương', '2025-04-07 2026-04-26 2027-04-16'],
      ['Ngày Chiến thắng', '2025-04-30 2026-04-30 2027-04-30'],
      ['Ngày Quốc tế Lao động', '2025-05-01 2026-05-01 2027-05-01'],
      ['Nghỉ hoán đổi dịp 30/4', '2025-05-02 swapped'],
      ['Quốc khánh (ngày liền kề)', '2025-09-01 2026-09-01 2027-09-03'],
      ['Quốc khánh', '2025-09-02 2026-09-02 2027-09-02'],
      ['Nghỉ hoán đổi dịp Tết Dương lịch', '2026-01-02 swapped'],
      ['Tết Nguyên đán (mùng 4)', '2026-02-20 2027-02-09'],
      ['Nghỉ hoán đổi dịp Quốc khánh', '2026-08-31 swapped'],
      ['Ngày Văn hóa Việt Nam', '2026-11-24 2027-11-24'],
    ]);
    expect(knownDays).toEqual({ first: '2025-01-01', last: '2027-12-31' });
  });
});

describe('a statutory term', () => {
  it.each([
    ['Friday to Tuesday over a weekend', '2026-11-27 15:00', 2, '00:00 02/12/2026'],
    ['begun on a Saturday, which is J whatever day it is', '2026-11-28 09:00', 1, '00:00 01/12/2026'],
    ['over the 1st and 2nd of September', '2025-08-29 10:00', 3, '00:00 06/09/2025'],
    ['over Tết', '2026-02-13 08:00', 1, '00:00 24/02/2026'],
    [
      'over a day swapped among offices of the state, which shortens no term',
      '2025-04-30 08:00',
      1,
      '00:00 03/05/2025',
    ],
  ])('a statutory term of working days lasts until 24:00 of its last: %s', (_what, from, days, until) => {
    expect(showLocalTime(endOfWorkingTerm(at(from), days, termCalendar))).toBe(until);
  });

  it.each([
    ['a term of months ends on the day of the same number', '2026-03-10 08:00', 6, '00:00 11/09/2026'],
    ['on the last day of a month that has no such day', '2026-08-31 08:00', 6, '00:00 02/03/2027'],
    ['on the next working day after a day of rest', '2026-05-15 08:00', 1, '00:00 16/06/2026'],
  ])('a statutory term of months: %s', (_what, from, months, until) => {
    expect(showLocalTime(endOfMonths(at(from), months, termCalendar))).toBe(until);
  });

  it.each([
    ['eight hours from Friday 16:55 are over on Monday afternoon', '2026-11-27 16:55', 8, '14:55 30/11/2026'],
    ['begun at night it counts from the morning', '2026-11-25 22:00', 2, '09:00 26/11/2026'],
    ['a whole day’s hours end at its close', '2026-11-25 07:00', 10, '17:00 25/11/2026'],
  ])('working hours are those in which the office is open: %s', (_what, from, hours, until) => {
    expect(showLocalTime(addWorkingHours(at(from), hours, agencyCalendar))).toBe(until);
  });

  it('a statutory term names the days of rest that it passed over', () => {
    expect(restDaysBetween(at('2026-11-27 15:00'), at('2026-12-02 00:00'), termCalendar)).toEqual([
      '2026-11-28',
      '2026-11-29',
    ]);
  });

  it('a statutory term that ends beyond the known calendar is provisional: three working days from 24 January 2028', () => {
    expect(isProvisional(endOfWorkingTerm(at('2028-01-24 08:00'), 3, termCalendar))).toBe(true);
    expect(isProvisional(at('2028-01-01 00:00'))).toBe(false);
    expect(isProvisional(at('2028-01-01 00:01'))).toBe(true);
  });
});
