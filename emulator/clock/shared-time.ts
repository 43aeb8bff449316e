/**
 * The virtual time that all threads of this process share: milliseconds ahead of the machine's clock, and the latest
 * instant that anybody was told, in microseconds.
 */
export interface SharedTime {
  /** The virtual now, epoch milliseconds. Never smaller than an earlier answer in any thread. */
  readonly now: () => number;
  /** What `now` would be by the machine's clock alone: smaller when that was turned back. */
  readonly byTheMachine: () => number;
  offsetMs: number;
}

/** Memory for `shareTime`. */
export function newSharedTime(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT);
}

/**
 * @param memory of `newSharedTime`, the same in every thread
 * @param machineNow the machine's clock, epoch milliseconds
 */
export function shareTime(memory: SharedArrayBuffer, machineNow: () => number): SharedTime {
  const offset = new Float64Array(memory, 0, 1);
  const latest = new BigInt64Array(memory, BigInt64Array.BYTES_PER_ELEMENT, 1);
  const byTheMachine = () => machineNow() + (offset[0] ?? 0);

  function now(): number {
    for (;;) {
      const told = Atomics.load(latest, 0);
      const found = BigInt(Math.round(byTheMachine() * 1000));
      if (found <= told) return Number(told) / 1000;
      if (Atomics.compareExchange(latest, 0, told, found) === told) return Number(found) / 1000;
    }
  }

  return {
    now,
    byTheMachine,
    get offsetMs() {
      return offset[0] ?? 0;
    },
    set offsetMs(value) {
      offset[0] = value;
    },
  };
}
