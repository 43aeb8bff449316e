import { setImmediate as nextRound } from 'node:timers/promises';
import type { Clock } from '../../emulator/clock/clock.ts';
import type { Random } from './random.ts';

interface Waiting {
  readonly go: () => void;
}

/**
 * One thread on which everything that is under way takes turns, drawn from the seed: whoever calls a port waits for his
 * turn, and between two turns nothing else happens.
 */
export class Scheduler {
  readonly #random: Random;
  readonly #waiting: Waiting[] = [];
  /** Told whether Step Functions is at work. */
  isIdle: () => Promise<void> = async () => undefined;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Resolves when it is the caller's turn. */
  turn(): Promise<void> {
    return new Promise((go) => this.#waiting.push({ go }));
  }

  /** Lets everything that is under way come to rest. */
  async settle(): Promise<void> {
    for (;;) {
      await this.#quiet();
      if (this.#waiting.length === 0) return;
      const index = this.#random.below(this.#waiting.length);
      this.#waiting.splice(index, 1)[0]?.go();
    }
  }

  /** Rounds of the event loop, until nobody joins those who wait, and Step Functions rests or is one of them. */
  async #quiet(): Promise<void> {
    const rest = { isThere: false };
    void this.isIdle().then(() => (rest.isThere = true));
    let before = -1;
    for (let still = 0; still < (rest.isThere ? 1 : 3);) {
      await nextRound();
      const isSame = this.#waiting.length === before && (rest.isThere || before > 0);
      still = isSame ? still + 1 : 0;
      before = this.#waiting.length;
    }
  }
}

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly fire: () => void | Promise<void>;
}

/** A clock that stands still until it is moved. */
export class StandingClock implements Clock {
  readonly #timers = new Set<Timer>();
  readonly #settle: () => Promise<void>;
  #now: number;
  #order = 0;
  readonly offsetMs = 0;
  readonly jumpingMs = 0;
  readonly sharedTime = new SharedArrayBuffer(16);

  constructor(now: number, settle: () => Promise<void>) {
    this.#now = now;
    this.#settle = settle;
  }

  now(): number {
    return this.#now;
  }

  at(due: number, fire: () => void | Promise<void>): { cancel: () => void } {
    const timer = { due, fire, order: (this.#order += 1) };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  nextDue(): number | undefined {
    return this.#first()?.due;
  }

  async jumpTo(instant: number): Promise<void> {
    for (let timer = this.#first(); timer && timer.due <= instant; timer = this.#first()) {
      this.#now = Math.max(this.#now, timer.due);
      this.#timers.delete(timer);
      void timer.fire();
      await this.#settle();
    }
    this.#now = Math.max(this.#now, instant);
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      const isEarlier = first === undefined || timer.due < first.due;
      if (isEarlier || (timer.due === first?.due && timer.order < first.order)) first = timer;
    }
    return first;
  }
}
