import type { Clock } from './clock.ts';

/** A wish for the clock that cannot be understood or granted; the message says what is possible. */
export class ClockRefusal extends Error {
  override readonly name = 'ClockRefusal';
}

export interface ClockReading {
  /** The virtual now, ISO 8601 in UTC. */
  readonly now: string;
  /** Milliseconds ahead of real time. */
  readonly offsetMs: number;
  /** When the next deadline falls due; null when nothing waits for a time. */
  readonly nextDue: string | null;
}

export function readClock(clock: Clock): ClockReading {
  const due = clock.nextDue();
  return {
    now: new Date(clock.now()).toISOString(),
    offsetMs: clock.offsetMs,
    nextDue: due === undefined ? null : new Date(due).toISOString(),
  };
}

/**
 * Moves the clock: `+3d` (also `+2h30m`, in d, h, m, s), `to-next` (to the next deadline), or an instant with its
 * offset from UTC.
 * Resolves when all that fell due on the way has happened.
 * @throws ClockRefusal
 */
export async function moveClock(clock: Clock, wish: string): Promise<void> {
  const instant = wish === 'to-next' ? nextDueOf(clock) : (instantOf(wish) ?? clock.now() + spanOf(wish));
  try {
    await clock.jumpTo(instant);
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new ClockRefusal(
        `${wish} has passed: it is ${new Date(clock.now()).toISOString()}, and the clock does not run backwards.`,
        { cause },
      );
    throw cause;
  }
}

function nextDueOf(clock: Clock): number {
  const due = clock.nextDue();
  if (due === undefined) throw new ClockRefusal('Nothing waits for a time.');
  return Math.max(due, clock.now());
}

function instantOf(wish: string): number | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(wish) && !Number.isNaN(Date.parse(wish))
    ? Date.parse(wish)
    : undefined;
}

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

function spanOf(wish: string): number {
  if (!/^\+(\d{1,6}[dhms])+$/.test(wish))
    throw new ClockRefusal(
      `"${wish}" is no time. Say +3d (or h, m, s), to-next, or an instant such as 2026-12-01T08:00+07:00.`,
    );
  let span = 0;
  for (const [, number, unit = ''] of wish.matchAll(/(\d+)([dhms])/g)) span += Number(number) * (unitMs[unit] ?? 0);
  return span;
}
