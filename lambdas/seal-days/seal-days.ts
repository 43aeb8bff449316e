import type { Arrived, SealStore } from '../../domain/ports/seals.ts';
import { daysAfter, lastToSeal, leavesOf, type Seal } from '../../domain/seal.ts';

/** Where there is no seal yet, the first arrival is looked for so many days back: an alarm rings all the while. */
const mostDaysBack = 31;

/**
 * Seals every day that is over and has no seal, one after another: the last night's, and those of nights on which this
 * did not run. Told twice, it seals nothing more.
 * @returns what was sealed now
 */
export function sealDays(arrived: Arrived, seals: SealStore, now: () => number): () => Promise<readonly Seal[]> {
  return async () => {
    const last = lastToSeal(now());
    const sealed: Seal[] = [];
    let newest = await seals.newest();
    let day = newest === undefined ? await firstDay(last) : daysAfter(newest.day);
    for (; day <= last; day = daysAfter(day)) {
      const before = newest === undefined ? { arrived: [], sealed: [] } : await dayBefore(newest.day);
      newest = await seals.keep(day, leavesOf(await arrived.on(day), before), newest);
      sealed.push(newest);
    }
    return sealed;
  };

  async function dayBefore(day: string) {
    return { arrived: await arrived.on(day), sealed: await seals.leaves(day) };
  }

  /** The chain begins with the first day on which anything arrived. */
  async function firstDay(last: string): Promise<string> {
    for (let back = -mostDaysBack; back < 0; back += 1) {
      const day = daysAfter(last, back);
      if ((await arrived.on(day)).length > 0) return day;
    }
    return last;
  }
}
