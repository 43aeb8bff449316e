import { deskPlaces } from '../journey/acting-unit.ts';
import { matterKinds, type MatterKind } from '../journey/matters.ts';
import type { Place } from '../journey/places.ts';

/** How much lies at one place, or of one kind of matter; `isMore` where it was not counted to the end. */
export interface Count<What> {
  readonly what: What;
  readonly total: number;
  /** Of these, so many should have been done. */
  readonly overdue: number;
  readonly isMore?: true;
}

/** What lies on a unit's desk, as it was counted. */
export interface DeskCounts {
  /** Epoch milliseconds. */
  readonly countedAt: number;
  readonly waiting: readonly Count<Place>[];
  readonly unsettled: readonly Count<MatterKind>[];
}

/** Counts desks, and keeps what was counted. */
export interface DeskCounter {
  /** What was counted last; undefined when nothing ever was. */
  kept(unit: string): Promise<DeskCounts | undefined>;
  /** Whether the caller is to count now: of all who ask within a few seconds only one is. */
  claim(unit: string, now: number): Promise<boolean>;
  /** Counts what lies there; what is nowhere is left out. */
  count(unit: string, places: readonly Place[], kinds: readonly MatterKind[], now: number): Promise<DeskCounts>;
  keep(unit: string, counts: DeskCounts): Promise<void>;
}

/** So old may counts be. */
const mostAgeMs = 60_000;
/** Whoever does not count waits so often for whoever does; then he has died, and is not waited for. */
const mostTries = 50;

/**
 * What lies on a unit's desk, a minute old at most: one item, however many ask. Where it is older, one of them counts
 * and the others wait for him.
 * @param pause waits before the next of so many tries
 */
export async function countsOf(
  counter: DeskCounter,
  unit: string,
  now: () => number,
  pause: (tries: number) => Promise<void>,
): Promise<DeskCounts> {
  for (let tries = 1; ; tries += 1) {
    const kept = await counter.kept(unit);
    if (kept !== undefined && now() - kept.countedAt <= mostAgeMs) return kept;
    if (tries > mostTries || (await counter.claim(unit, now()))) break;
    await pause(tries);
  }
  const counts = await counter.count(unit, deskPlaces(unit), matterKinds, now());
  await counter.keep(unit, counts);
  return counts;
}
