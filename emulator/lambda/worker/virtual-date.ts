import { shareTime } from '../../clock/shared-time.ts';

/**
 * Lets every `Date` of this thread follow the virtual clock, read anew at each call.
 * Timers and `performance.now()` stay real, as a function's timeout is.
 * @param sharedTime of the clock
 */
export function followVirtualClock(sharedTime: SharedArrayBuffer): void {
  const RealDate = Date;
  const time = shareTime(sharedTime, () => RealDate.now());
  const now = (): number => Math.trunc(time.now());
  const VirtualDate: DateConstructor = new Proxy(RealDate, {
    // Without arguments a Date is now; with them it means what it always meant.
    construct: (target, args: unknown[], newTarget) => {
      const made: unknown = Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget);
      return made instanceof target ? made : new target(Number.NaN);
    },
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver): unknown => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;
}
