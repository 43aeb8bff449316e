import { dayOf, instantAt, isoDay, localDay } from './calendar/local-time.ts';

/** An event that has arrived: whose it is, which in the order of arrival, and its link in the chain. */
export interface Arrival {
  readonly dossierId: string;
  readonly number: number;
  /** Absent in what was written before events were chained. */
  readonly digest?: string | undefined;
}

/**
 * What a seal says of one dossier: by that night so many events of it had arrived, and the last of them bears this
 * digest, on which all before it hang.
 */
export interface Leaf extends Arrival {
  readonly digest: string;
}

/** The digest over a day's arrivals, chained to the day before. */
export interface Seal {
  /** `YYYY-MM-DD` in Vietnam. */
  readonly day: string;
  /** So many dossiers of which something arrived. */
  readonly dossiers: number;
  /** Over their leaves, as a tree: a leaf is proved by a few digests, which show nothing of the others. */
  readonly root: string;
  /** The digest of the seal of the day before; absent in the first. */
  readonly previous?: string | undefined;
  readonly digest: string;
}

/** That a leaf is in a day's seal: where it stands, and the digests beside its way to the root. */
export interface Proof {
  readonly day: string;
  readonly leaf: Leaf;
  readonly index: number;
  readonly path: readonly string[];
}

/**
 * So long after midnight a day is sealed: functions that noted when something arrived have written it or are over (60
 * seconds at most), their clocks differ by milliseconds, and an index follows its table within seconds. What is later
 * still is sealed with the next day.
 */
export const sealMinutes = 10;

/** The last day that may be sealed. @param now epoch milliseconds */
export function lastToSeal(now: number): string {
  return isoDay(dayOf(now - sealMinutes * 60_000) - 1);
}

/** The day after, or so many. @param day `YYYY-MM-DD` */
export function daysAfter(day: string, days = 1): string {
  return localDay(instantAt(Date.parse(day) / 86_400_000 + days, 0));
}

/**
 * What is sealed of a day: of each dossier the last that arrived on it. What arrived on the day before and is not in
 * its seal goes along.
 * @param before what arrived on the day before, and what of it was sealed
 * @returns by dossier, in the order of their ids
 */
export function leavesOf(
  arrived: readonly Arrival[],
  before: { readonly arrived: readonly Arrival[]; readonly sealed: readonly Leaf[] },
): readonly Leaf[] {
  const sealed = new Map(before.sealed.map(({ dossierId, number }) => [dossierId, number]));
  const late = before.arrived.filter(({ dossierId, number }) => number > (sealed.get(dossierId) ?? 0));
  const last = new Map<string, Leaf>();
  for (const { dossierId, number, digest } of [...late, ...arrived])
    if (digest !== undefined && number > (last.get(dossierId)?.number ?? 0))
      last.set(dossierId, { dossierId, number, digest });
  return [...last.values()].toSorted((one, other) => (one.dossierId < other.dossierId ? -1 : 1));
}
