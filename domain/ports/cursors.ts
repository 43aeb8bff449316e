import type { Position } from './lists.ts';

/** Positions as callers keep them. */
export interface Cursors {
  /** @param list whose list it is, and which */
  write(list: readonly string[], position: Position): string;
  /** Undefined for the cursor of another list, and for none. */
  read(list: readonly string[], cursor: string): Position | undefined;
}
