/**
 * Lets every `Date` of this thread follow the virtual clock: real time plus the shared offset, read anew at each call.
 * Timers and `performance.now()` stay real, as a function's timeout is.
 */
export function followVirtualClock(sharedOffset: SharedArrayBuffer): void {
  const offset = new Float64Array(sharedOffset);
  const RealDate = Date;
  const now = (): number => Math.trunc(RealDate.now() + (offset[0] ?? 0));
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
