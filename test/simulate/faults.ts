import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** The process that called is gone: nobody hears the answer. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/** As every error of the SDK tells of its attempts. */
class Throttled extends Error {
  override readonly name = 'ThrottlingException';
  readonly $metadata = { attempts: 3 };
}

export const faultKinds = [
  'throttled',
  'killed-before',
  'killed-after',
  'told-twice',
  'reordered',
  'record-lost',
  'record-late',
  'event-lost',
  'stopped',
  'offline',
  'wrong-clock',
  'clock-jump',
  'sweep-missed',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What was done to the system so far. */
export class Faults {
  readonly counts = new Map<FaultKind, number>();
  /** The share of calls that fail; 0 when the weather is fine. */
  storm = 0;

  count(kind: FaultKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }
}

/**
 * A port whose calls take turns, and fail as the weather is: refused before anything is done, or done and never
 * answered.
 */
export function stormy<T extends object>(port: T, scheduler: Scheduler, random: Random, faults: Faults): T {
  return new Proxy(port, {
    get: (target, name, receiver): unknown => {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function' || name === 'dueBefore') return method;
      return async (...call: unknown[]): Promise<unknown> => {
        await scheduler.turn();
        const isHit = random.chance(faults.storm);
        const kind = isHit ? random.pick(['throttled', 'killed-before', 'killed-after'] as const) : undefined;
        if (kind !== undefined) faults.count(kind);
        if (kind === 'throttled') throw new Throttled('too much at once');
        if (kind === 'killed-before') throw new Killed('before it was done');
        const answer: unknown = await Reflect.apply(method, target, call);
        await scheduler.turn();
        if (kind === 'killed-after') throw new Killed('after it was done');
        return answer;
      };
    },
  });
}
