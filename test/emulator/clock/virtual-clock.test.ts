import { describe, expect, it } from '@jest/globals';
import { createClock } from '../../../emulator/clock/virtual-clock.ts';

const DAY_MS = 86_400_000;

describe('the virtual clock', () => {
  it('is real time when nobody has jumped', () => {
    const before = Date.now();
    const now = createClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('goes on from the offset that an earlier run had reached', () => {
    expect(createClock({ offsetMs: DAY_MS }).now()).toBeGreaterThanOrEqual(Date.now() + DAY_MS - 1);
  });

  it('jumps to an instant and tells the new offset, also in shared memory', async () => {
    const told: number[] = [];
    const clock = createClock({ onJump: (offset) => told.push(offset) });
    const target = clock.now() + 3 * DAY_MS;
    await clock.jumpTo(target);
    expect(clock.now()).toBeGreaterThanOrEqual(target);
    expect(clock.offsetMs).toBeGreaterThan(3 * DAY_MS - 10_000);
    expect(told.at(-1)).toBe(clock.offsetMs);
    expect(new Float64Array(clock.sharedOffset)[0]).toBe(clock.offsetMs);
  });

  it('never runs backwards', async () => {
    const clock = createClock();
    const earlier = clock.now() - 2_000;
    await expect(clock.jumpTo(earlier)).rejects.toThrow(RangeError);
    await expect(clock.jumpTo(Number.NaN)).rejects.toThrow(RangeError);
    await clock.jumpTo(clock.now() + DAY_MS);
    const after = clock.now();
    expect(clock.now()).toBeGreaterThanOrEqual(after);
  });

  it('takes the instant that somebody asked for a moment ago as now', async () => {
    const clock = createClock();
    const asked = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.jumpTo(asked);
    expect(clock.now()).toBeGreaterThanOrEqual(asked + 4);
  });

  it('fires timers in due order, each at its own time, and the same due in the order they were set', async () => {
    const clock = createClock();
    const start = clock.now();
    const fired: [string, number][] = [];
    const note =
      (name: string): (() => void) =>
      () =>
        void fired.push([name, clock.now()]);
    clock.at(start + 3 * DAY_MS, note('third'));
    clock.at(start + DAY_MS, note('first'));
    clock.at(start + 2 * DAY_MS, note('second'));
    clock.at(start + 2 * DAY_MS, note('second again'));
    clock.at(start + 9 * DAY_MS, note('later than the jump'));
    await clock.jumpTo(start + 5 * DAY_MS);
    expect(fired.map(([name]) => name)).toEqual(['first', 'second', 'second again', 'third']);
    expect(fired.map(([, at]) => Math.floor((at - start) / DAY_MS))).toEqual([1, 2, 2, 3]);
  });

  it('waits for what is under way before a jump, for a timer to settle, and for what it set off before the next', async () => {
    const order: string[] = [];
    const clock = createClock({
      settled: async () => {
        await Promise.resolve();
        order.push('settled');
      },
    });
    const start = clock.now();
    clock.at(start + 1_000_000, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push('one');
    });
    clock.at(start + 2_000_000, () => void order.push('two'));
    await clock.jumpTo(start + 3_000_000);
    expect(order).toEqual(['settled', 'one', 'settled', 'two', 'settled']);
  });

  it('fires a timer that another timer set on the way', async () => {
    const clock = createClock();
    const start = clock.now();
    const fired: string[] = [];
    clock.at(start + DAY_MS, () => {
      clock.at(start + 2 * DAY_MS, () => void fired.push('child'));
    });
    await clock.jumpTo(start + 3 * DAY_MS);
    expect(fired).toEqual(['child']);
  });

  it('does not fire what was cancelled, and knows when the next is due', async () => {
    const clock = createClock();
    const start = clock.now();
    const fired: string[] = [];
    const cancelled = clock.at(start + DAY_MS, () => void fired.push('cancelled'));
    clock.at(start + 2 * DAY_MS, () => void fired.push('kept'));
    cancelled.cancel();
    expect(clock.nextDue()).toBe(start + 2 * DAY_MS);
    await clock.jumpTo(start + 3 * DAY_MS);
    expect(fired).toEqual(['kept']);
    expect(clock.nextDue()).toBeUndefined();
  });

  it('fires in real time without any jump', async () => {
    const clock = createClock();
    await new Promise<void>((resolve) => {
      clock.at(clock.now() + 5, () => resolve());
      // The clock's own timer does not keep a process alive; this one does.
      setTimeout(() => undefined, 1_000);
    });
    expect(clock.nextDue()).toBeUndefined();
  });

  it('goes on with the other timers when one throws', async () => {
    const clock = createClock();
    const start = clock.now();
    const fired: string[] = [];
    const told = console.error;
    console.error = () => undefined;
    clock.at(start + 1_000_000, () => {
      throw new Error('a fault of its owner');
    });
    clock.at(start + 2_000_000, () => void fired.push('next'));
    await clock.jumpTo(start + 3_000_000);
    console.error = told;
    expect(fired).toEqual(['next']);
  });

  it('does one jump after the other', async () => {
    const clock = createClock();
    const start = clock.now();
    await Promise.all([clock.jumpTo(start + DAY_MS), clock.jumpTo(start + 2 * DAY_MS)]);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 2 * DAY_MS);
  });
});
