import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  dayOf,
  instantAt,
  isoDay,
  localDay,
  minutesOf,
  secondsOfDayLeft,
  showLocalDay,
  showLocalTime,
  weekdayOf,
} from '../../../domain/calendar/local-time.ts';

const instant = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) });
const inHoChiMinh = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Bangkok', // UTC+7 throughout; Ho Chi Minh City's zone still knows the clocks of before 1975
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

describe("Vietnam's clock", () => {
  it("Vietnam's clock is seven hours ahead of UTC", () => {
    expect(showLocalTime(Date.UTC(2026, 10, 23, 17, 0))).toBe('00:00 24/11/2026');
    expect(showLocalTime(Date.UTC(2026, 10, 23, 16, 59, 59, 999))).toBe('23:59 23/11/2026');
  });

  it("Vietnam's clock names the local day, not the day in London", () => {
    expect(localDay(Date.UTC(2026, 11, 31, 17))).toBe('2027-01-01');
    expect(showLocalDay(Date.UTC(2026, 11, 31, 17))).toBe('01/01/2027');
  });

  it("Vietnam's clock shows what a wall clock shows", () => {
    const modern = fc.integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2200, 0, 1) });
    fc.assert(
      fc.property(modern, (at) => {
        const [day, time] = inHoChiMinh.format(at).split(', ');
        expect(showLocalTime(at)).toBe(`${time} ${day}`);
      }),
    );
  });

  it("Vietnam's clock splits an instant into day and minutes without losing a millisecond, before 1970 too", () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(Math.round(instantAt(dayOf(at), minutesOf(at)))).toBe(at);
        expect(minutesOf(at)).toBeGreaterThanOrEqual(0);
        expect(minutesOf(at)).toBeLessThan(1440);
      }),
    );
  });

  it("Vietnam's clock says how many seconds are left of the day, never none", () => {
    expect(secondsOfDayLeft(Date.UTC(2026, 10, 23, 17))).toBe(86_400);
    expect(secondsOfDayLeft(Date.UTC(2026, 10, 23, 16, 59, 59, 1))).toBe(1);
  });

  it("Vietnam's clock knows the weekday", () => {
    expect(weekdayOf(dayOf(Date.UTC(2026, 10, 24)))).toBe(2);
    fc.assert(
      fc.property(instant, (at) => weekdayOf(dayOf(at)) === new Date(`${isoDay(dayOf(at))}T00:00:00Z`).getUTCDay()),
    );
  });
});
