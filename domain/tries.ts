import { allowances } from './limits.ts';
import type { Counters } from './ports/counters.ts';

/** One try, counted. */
export interface Try {
  /** In how many seconds there is another, where this was one too many. */
  readonly retryAfter?: number;
  /** It was right, and so does not count. */
  giveBack(): Promise<void>;
}

/**
 * Counts tries at something that few guesses would find. A try is counted before anybody looks whether it is right, so
 * that a thousand at once are no more than a thousand one after the other; and where it cannot be counted there is
 * none.
 * @param now epoch milliseconds
 */
export function triesOf(counters: Counters, now: () => number): (who: string) => Promise<Try> {
  const { units: most, windowSeconds } = allowances.digits;
  return async (who) => {
    const endsAt = (Math.floor(now() / (windowSeconds * 1000)) + 1) * windowSeconds * 1000;
    const count = async (units: number) => counters.add({ allowance: 'digits', who, units, endsAt });
    const isTooMany = (await count(1)) > most;
    return {
      ...(isTooMany ? { retryAfter: Math.ceil((endsAt - now()) / 1000) } : {}),
      giveBack: async () => void (await count(-1)),
    };
  };
}
