import type { Clock, Timer } from '../clock/clock.ts';

/** What a schedule expression says that the emulator cannot keep; the message names it. */
class UnknownSchedule extends Error {
  override readonly name = 'UnknownSchedule';
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** When something rings: so long after each multiple of a period. */
export interface Schedule {
  readonly periodMs: number;
  readonly offsetMs: number;
}

/**
 * The schedule of an expression: a rate, or a time of every day in UTC, `cron(10 17 * * ? *)`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * @throws UnknownSchedule for any other cron, which is not kept here, and for what is no expression
 */
export function scheduleOf(expression: string): Schedule {
  const [, minute, hour] = /^cron\(([0-5]?\d) (1?\d|2[0-3]) (?:\* \* \?|\? \* \*) \*\)$/.exec(expression) ?? [];
  if (minute !== undefined && hour !== undefined)
    return { periodMs: 86_400_000, offsetMs: Number(hour) * 3_600_000 + Number(minute) * 60_000 };
  const [, count = '', unit = '', plural] = /^rate\((\d{1,6}) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const period = Number(count) * (unitMs[unit] ?? 0);
  // AWS insists on the grammar too: `rate(1 minutes)` and `rate(5 minute)` are refused.
  if (period > 0 && (plural === 's') === Number(count) > 1) return { periodMs: period, offsetMs: 0 };
  throw new UnknownSchedule(
    `The emulator keeps schedules such as rate(5 minutes), rate(1 hour) or, each day, cron(10 17 * * ? *), not "${expression}".`,
  );
}

/**
 * A jump of the clock fires a schedule at most so often, evenly spread: a month of five-minute ticks is 8,640
 * invocations, and whoever jumps waits for each. Within forty minutes each tick of five minutes has its own instant.
 */
const mostTicksOfAJump = 10;
/** Of what rings every few minutes or more often: it would cost more than all that is due meanwhile. */
const mostShortTicksOfAJump = 3;
const shortMs = 5 * 60_000;

/**
 * Calls `tick` whenever the schedule rings after now; never twice at once. What fell due while the process was down is
 * not made up for, as on AWS.
 */
export function keepSchedule(
  clock: Clock,
  { periodMs, offsetMs }: Schedule,
  tick: (instant: number) => Promise<void>,
): Timer {
  let timer: Timer | undefined;
  let cancelled = false;
  const arm = (): void => {
    const now = clock.now();
    const most = periodMs < shortMs ? mostShortTicksOfAJump : mostTicksOfAJump;
    const step = Math.max(1, Math.ceil(clock.jumpingMs / periodMs / most)) * periodMs;
    const due = Math.floor((now - offsetMs) / periodMs) * periodMs + offsetMs + step;
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
