import { shown } from '../data-directory/file-problem.ts';
import type { Clock, Timer } from './clock.ts';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { newSharedTime, shareTime } from './shared-time.ts';

/** setTimeout takes at most 2^31-1 ms (24.8 days); a later timer is looked at again then. */
const longestSleepMs = 2_147_483_647;

/**
 * Real time goes on between asking for the time and asking for a jump: an instant of the last second is taken as now.
 */
const aMomentMs = 1_000;

const patienceMs = 5_000;

/** Less is the machine's clock being set right, bit by bit. */
const turnedBackMs = 10;

export interface ClockOptions {
  /** Milliseconds ahead of real time to start with: what an earlier run of the same data directory had reached. */
  readonly offsetMs?: number;
  /** Told every new offset before anything sees it, so that it can be kept on disk. */
  readonly onJump?: (offsetMs: number) => void;
  /**
   * Resolves when nothing runs any more. Awaited before a jump and after every timer that it fires, so that what it set
   * off happens at its own time.
   */
  readonly settled?: () => Promise<void>;
  /** The machine's clock, epoch milliseconds. */
  readonly machineNow?: () => number;
}

interface Pending {
  readonly due: number;
  readonly order: number;
  readonly background: boolean;
  readonly fire: () => void | Promise<void>;
}

/**
 * The virtual clock: real time plus an offset that only grows.
 * @throws RangeError from `jumpTo` for an instant more than a second before now
 */
export function createClock(options: ClockOptions = {}): Clock {
  const sharedTime = newSharedTime();
  const time = shareTime(sharedTime, options.machineNow ?? Date.now);
  time.offsetMs = options.offsetMs ?? 0;
  const timers = new Set<Pending>();
  let order = 0;
  let jumpingMs = 0;
  let sleep: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  /** Where the machine's clock was turned back, the virtual one goes on from where it was. */
  function now(): number {
    const instant = time.now();
    const lost = instant - time.byTheMachine();
    if (lost < turnedBackMs) return instant;
    try {
      setOffset(time.offsetMs + lost);
    } catch (error) {
      console.error('the clock could not be kept:', shown(error));
      time.offsetMs += lost;
    }
    return instant;
  }

  function setOffset(offsetMs: number): void {
    options.onJump?.(offsetMs);
    time.offsetMs = offsetMs;
  }

  function first(foreground = false): Pending | undefined {
    let found: Pending | undefined;
    for (const timer of timers) {
      if (foreground && timer.background) continue;
      if (!found || timer.due < found.due || (timer.due === found.due && timer.order < found.order)) found = timer;
    }
    return found;
  }

  /** The timers that are due, each looked for when the one before has settled. */
  async function* dueBy(instant: () => number): AsyncGenerator<Pending> {
    for (let timer = first(); timer && timer.due <= instant(); timer = first()) yield timer;
  }

  function arm(): void {
    clearTimeout(sleep);
    const next = first();
    if (!next) return;
    const wait = Math.max(0, Math.ceil(next.due - now()));
    sleep = setTimeout(() => void oneAtATime(fireDue), Math.min(wait, longestSleepMs));
    sleep.unref();
  }

  /** Runs `work` when everything asked for earlier has settled, whether it ended well or not. */
  function oneAtATime(work: () => Promise<void>): Promise<void> {
    const run = queue.then(work, work);
    queue = run.catch(() => undefined);
    return run;
  }

  /** A timer that throws is its owner's fault: it is told on stderr and must not stop the clock for the others. */
  async function fire(timer: Pending): Promise<void> {
    timers.delete(timer);
    try {
      await timer.fire();
    } catch (error) {
      console.error('a timer failed:', shown(error));
    }
  }

  async function fireDue(): Promise<void> {
    for await (const timer of dueBy(now)) await fire(timer);
    arm();
  }

  function moveTo(instant: number): void {
    const ahead = instant - now();
    if (ahead <= 0) return;
    setOffset(time.offsetMs + ahead);
  }

  async function jump(instant: number): Promise<void> {
    if (!(instant >= now() - aMomentMs)) {
      throw new RangeError(`the clock does not run backwards: ${instant} is before ${now()}`);
    }
    // What was under way before the jump happens before it, as it would have in all that time. Who fails again and
    // again is not waited for.
    await Promise.race([options.settled?.(), sleepFor(patienceMs, undefined, { ref: false })]);
    jumpingMs = instant - now();
    try {
      for await (const timer of dueBy(() => instant)) {
        moveTo(timer.due);
        await fire(timer);
        await options.settled?.();
      }
      moveTo(instant);
    } finally {
      jumpingMs = 0;
    }
    arm();
  }

  return {
    now,
    at(due, fireIt, { background = false } = {}): Timer {
      const timer: Pending = { due, order: order++, background, fire: fireIt };
      timers.add(timer);
      arm();
      return {
        cancel: () => {
          if (timers.delete(timer)) arm();
        },
      };
    },
    nextDue: () => first(true)?.due,
    jumpTo: (instant) => oneAtATime(() => jump(instant)),
    get jumpingMs() {
      return jumpingMs;
    },
    get offsetMs() {
      return time.offsetMs;
    },
    sharedTime,
  };
}
