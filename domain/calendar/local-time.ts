/**
 * Vietnam's clock by plain arithmetic: UTC+7 all year, no summer time. Instants are epoch milliseconds; a local day is
 * a
 * whole number counted from 1970-01-01; times of day are minutes after local midnight.
 */
const offset = 7 * 3_600_000;
const dayLength = 86_400_000;
const minute = 60_000;

/** The local day on which `instant` falls. */
export function dayOf(instant: number): number {
  return Math.floor((instant + offset) / dayLength);
}

/** Minutes since local midnight, seconds included as a fraction. */
export function minutesOf(instant: number): number {
  return (instant + offset - dayOf(instant) * dayLength) / minute;
}

/** The instant at `minutes` after midnight of the local `day`. */
export function instantAt(day: number, minutes: number): number {
  return day * dayLength - offset + minutes * minute;
}

/** Whole seconds until the local day of `instant` is over. */
export function secondsOfDayLeft(instant: number): number {
  return Math.ceil((instantAt(dayOf(instant) + 1, 0) - instant) / 1000);
}

/** 0 is Sunday, 6 is Saturday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** A local day as `YYYY-MM-DD`. */
export function isoDay(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10);
}

/** The local day in which `instant` falls, as `YYYY-MM-DD`. */
export function localDay(instant: number): string {
  return isoDay(dayOf(instant));
}

/** The same with hours and minutes, as every spreadsheet knows it: `2026-11-24 17:00`. Seconds are cut off. */
export function localMinute(instant: number): string {
  return `${localDay(instant)} ${timeOfDay(instant)}`;
}

/** How Vietnamese read a day: `24/11/2026`. */
export function showLocalDay(instant: number): string {
  return localDay(instant).split('-').toReversed().join('/');
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

/** How a slip or a message shows an instant: `17:00 24/11/2026`. Seconds are cut off, not rounded. */
export function showLocalTime(instant: number): string {
  return `${timeOfDay(instant)} ${showLocalDay(instant)}`;
}

function timeOfDay(instant: number): string {
  const minutes = Math.floor(minutesOf(instant));
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}
