/**
 * The one clock of the local cloud. Real time plus an offset that only grows: a jump moves it forward, nothing moves it
 * back, nor does it stand still when the machine's clock is turned back.
 * `emulator/clock/` implements it; engines take it as a value.
 */
export interface Clock {
  /** The virtual now, epoch milliseconds. Never smaller than an earlier answer. */
  now(): number;
  /**
   * Calls `fire` once when `now() >= due`. Timers fire one at a time, in due order; the next waits until the promise of
   * the last has settled.
   * @param options `background`: a timer that nobody waits for, such as a schedule's next tick; `nextDue` leaves it out
   */
  at(due: number, fire: () => void | Promise<void>, options?: { readonly background?: boolean }): Timer;
  /** When the next timer is due that somebody waits for, if there is one. */
  nextDue(): number | undefined;
  /** How far the jump that is under way leads, in milliseconds; 0 while the clock just runs. */
  readonly jumpingMs: number;
  /**
   * Moves to `instant`, firing every timer due on the way at its own due time. Refuses (RangeError) an instant before
   * now.
   */
  jumpTo(instant: number): Promise<void>;
  /** Milliseconds added to real time. */
  readonly offsetMs: number;
  /** The same time for worker threads, which have their own `Date`: see `shareTime`. */
  readonly sharedTime: SharedArrayBuffer;
}
export interface Timer {
  cancel(): void;
}
