import type { Clock, Timer } from '../clock/clock.ts';

/** What a schedule expression says that the emulator cannot keep; the message names it. */
class UnknownSchedule extends Error {
  override readonly name = 'UnknownSchedule';
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * The period of a rate expression in milliseconds.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
 * @throws UnknownSchedule for `cron(…)`, which is not kept here, and for what is no expression
 */
export function periodOf(expression: string): number {
  const [, count = '', unit = '', plural] = /^rate\((\d{1,6}) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const period = Number(count) * (unitMs[unit] ?? 0);
  // AWS insists on the grammar too: `rate(1 minutes)` and `rate(5 minute)` are refused.
  if (period > 0 && (plural === 's') === Number(count) > 1) return period;
  throw new UnknownSchedule(
    `The emulator keeps schedules such as rate(5 minutes), rate(1 hour) or rate(1 day), not "${expression}".`,
  );
}

/**
 * A jump of the clock fires a schedule at most so often, evenly spread: a month of five-minute ticks is 8,640
 * invocations, and whoever jumps waits for each. Within forty minutes each tick of five minutes has its own instant.
 */
const mostTicksOfAJump = 10;

/**
 * Calls `tick` every `periodMs` of the clock, first one period from now, on multiples of the period; never twice at
 * once. What fell due while the process was down is not made up for, as on AWS.
 */
export function keepSchedule(clock: Clock, periodMs: number, tick: (instant: number) => Promise<void>): Timer {
  let timer: Timer | undefined;
  let cancelled = false;
  const arm = (): void => {
    const now = clock.now();
    const step = Math.max(1, Math.ceil(clock.jumpingMs / periodMs / mostTicksOfAJump)) * periodMs;
    const due = Math.floor(now / periodMs) * periodMs + step;
    timer = clock.at(due, () => fire(due), { background: true });
  };
  const fire = async (due: number): Promise<void> => {
    try {
      await tick(due);
    } finally {
      if (!cancelled) arm();
    }
  };
  arm();
  return {
    cancel: () => {
      cancelled = true;
      timer?.cancel();
    },
  };
}
