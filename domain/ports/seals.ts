import type { Arrival, Leaf, Proof, Seal } from '../seal.ts';

/** What arrived, by day. */
export interface Arrived {
  /** Every event that arrived on a day of Vietnam, `YYYY-MM-DD`. */
  on(day: string): Promise<readonly Arrival[]>;
}

/** Seals where nobody can change or delete them. */
export interface SealReader {
  newest(): Promise<Seal | undefined>;
  seal(day: string): Promise<Seal | undefined>;
  /** What was sealed of a day; nothing for one that has no seal. */
  leaves(day: string): Promise<readonly Leaf[]>;
  /** That a dossier is in a day's seal; undefined where nothing of it is. */
  proof(day: string, dossierId: string): Promise<Proof | undefined>;
}

export interface SealStore extends SealReader {
  /**
   * Seals a day, once: whoever comes second is given what stands there, whatever he brings.
   * @param previous the seal of the day before; undefined for the first of all
   */
  keep(day: string, leaves: readonly Leaf[], previous: Seal | undefined): Promise<Seal>;
}
