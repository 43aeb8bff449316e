import { dayOf, instantAt, minutesOf } from '../calendar/local-time.ts';

/** Nobody is rung at night: messages wait from nine in the evening until seven in the morning (judged). */
const quietFrom = 21 * 60;
const quietUntil = 7 * 60;

/** The first instant from `at` on at which somebody may be told, in epoch milliseconds. */
export function outsideQuietHours(at: number): number {
  const minutes = minutesOf(at);
  if (minutes >= quietUntil && minutes < quietFrom) return at;
  return instantAt(dayOf(at) + (minutes < quietUntil ? 0 : 1), quietUntil);
}
