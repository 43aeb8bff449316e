import type { AllowanceName } from '../limits.ts';

/** What somebody spent of an allowance, in a window that ends then (epoch milliseconds). */
export interface Spent {
  readonly allowance: AllowanceName;
  /** A network address, a tracking code, a subject: never kept as it is. */
  readonly who: string;
  readonly units: number;
  readonly endsAt: number;
}

/** Counts for all instances of all functions, and forgets when the window is over. */
export interface Counters {
  /** @returns what was spent in this window until now, with this */
  add(spent: Spent): Promise<number>;
}
