import { allowances, type Allowance, type AllowanceName } from './limits.ts';
import type { Counters } from './ports/counters.ts';

/** Keeps callers to one allowance, so that no one of them takes what is there for all. */
export interface Limiter {
  /** From memory alone. @returns in how many seconds there is more for this caller, where all is spent */
  spentOut(who: string): number | undefined;
  /** Counts. @returns in how many seconds there is more for this caller, where this was too much */
  spend(who: string, units?: number): Promise<number | undefined>;
}

export interface LimiterOptions {
  readonly allowance: AllowanceName;
  /** Without them an instance counts for itself. */
  readonly counters?: Counters;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Told once when a caller has spent everything, as far as this instance knows. */
  readonly onSpent?: () => void;
  /** Told when the counters do not answer: then this instance's own count is what counts. */
  readonly onFailure?: (error: unknown) => void;
}

/** So many callers are remembered, the latest: whoever is forgotten is known to the counters. */
const mostRemembered = 10_000;

interface Line {
  readonly endsAt: number;
  spent: number;
  /** Of it, what the counters have not been told. */
  untold: number;
}

/**
 * Two levels: what is known to be spent is refused from memory, so that a flood costs nothing but its own call; what is
 * spent is told to all instances. Windows begin at the same instants for everybody.
 */
export function limiter({ allowance, counters, now, onSpent, onFailure }: LimiterOptions): Limiter {
  const { units: most, windowSeconds, together }: Allowance = allowances[allowance];
  const lines = new Map<string, Line>();

  function lineOf(who: string): Line {
    const known = lines.get(who);
    const instant = now();
    if (known !== undefined && instant < known.endsAt) return known;
    const windowMs = windowSeconds * 1000;
    const fresh = { endsAt: (Math.floor(instant / windowMs) + 1) * windowMs, spent: 0, untold: 0 };
    lines.delete(who);
    lines.set(who, fresh);
    const [oldest] = lines.keys();
    if (lines.size > mostRemembered && oldest !== undefined) lines.delete(oldest);
    return fresh;
  }

  const left = ({ spent, endsAt }: Line): number | undefined =>
    spent > most ? Math.ceil((endsAt - now()) / 1000) : undefined;

  async function tell(who: string, line: Line): Promise<void> {
    const { untold: units, endsAt } = line;
    line.untold = 0;
    try {
      const all = (await counters?.add({ allowance, who, units, endsAt })) ?? 0;
      line.spent = Math.max(line.spent, all + line.untold);
    } catch (error) {
      line.untold += units;
      onFailure?.(error);
    }
  }

  return {
    spentOut: (who) => left(lineOf(who)),
    async spend(who, units = 1) {
      const line = lineOf(who);
      const wasLeft = left(line) === undefined;
      line.spent += units;
      line.untold += units;
      if (line.untold >= together) await tell(who, line);
      const seconds = left(line);
      if (wasLeft && seconds !== undefined) onSpent?.();
      return seconds;
    },
  };
}
