import { beforeEach, describe, expect, it } from '@jest/globals';
import { shareTime } from '../../../emulator/clock/shared-time.ts';
import { createClock } from '../../../emulator/clock/virtual-clock.ts';

const dayMs = 86_400_000;

// Holds ADR 0006.
describe('the virtual clock', () => {
  it('the virtual clock is real time when nobody has jumped', () => {
    const before = Date.now();
    const now = createClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('the virtual clock goes on from the offset that an earlier run had reached', () => {
    expect(createClock({ offsetMs: dayMs }).now()).toBeGreaterThanOrEqual(Date.now() + dayMs - 1);
  });

  it('the virtual clock jumps to an instant and tells the new offset, also in shared memory', async () => {
    const told: number[] = [];
    const clock = createClock({ onJump: (offset) => told.push(offset) });
    const target = clock.now() + 3 * dayMs;
    await clock.jumpTo(target);
    expect(clock.now()).toBeGreaterThanOrEqual(target);
    expect(clock.offsetMs).toBeGreaterThan(3 * dayMs - 10_000);
    expect(told.at(-1)).toBe(clock.offsetMs);
    expect(shareTime(clock.sharedTime, Date.now).offsetMs).toBe(clock.offsetMs);
  });

  it('the virtual clock never runs backwards', async () => {
    const clock = createClock();
    const earlier = clock.now() - 2_000;
    await expect(clock.jumpTo(earlier)).rejects.toThrow(RangeError);
    await expect(clock.jumpTo(Number.NaN)).rejects.toThrow(RangeError);
    await clock.jumpTo(clock.now() + dayMs);
    const after = clock.now();
    expect(clock.now()).toBeGreaterThanOrEqual(after);
  });

  describe('of a machine whose clock is turned back', () => {
    let machine = 0;
    const told: number[] = [];
    const turned = () => createClock({ machineNow: () => machine, onJump: (offset) => told.push(offset) });
    beforeEach(() => {
      machine = Date.parse('2026-11-24T08:00:00Z');
      told.length = 0;
    });

    it('the virtual clock of a machine whose clock is turned back goes on from where it was, at the machine’s pace, and tells the new offset', () => {
      const clock = turned();
      const before = clock.now();
      machine -= 3_600_000;
      expect(clock.now()).toBe(before);
      machine += 1000;
      expect(clock.now()).toBe(before + 1000);
      expect(told).toEqual([3_600_000]);
      expect(clock.offsetMs).toBe(3_600_000);
    });

    it('the virtual clock of a machine whose clock is turned back shows the threads of the functions no earlier time either, whoever is the first to look', () => {
      const clock = turned();
      const thread = shareTime(clock.sharedTime, () => machine);
      const before = clock.now();
      machine -= 3_600_000;
      expect(thread.now()).toBe(before);
      machine += 1000;
      expect(thread.now()).toBe(before);
      clock.now();
      machine += 1000;
      expect(thread.now()).toBe(before + 1000);
      expect(clock.now()).toBe(before + 1000);
    });

    it('the virtual clock of a machine whose clock is turned back believes a thread that was told a later time than itself', () => {
      const clock = turned();
      clock.now();
      machine += 5000;
      const later = shareTime(clock.sharedTime, () => machine).now();
      machine -= 3_600_000;
      expect(clock.now()).toBe(later);
    });

    it('the virtual clock of a machine whose clock is turned back does not take the setting right of some milliseconds for a turn', () => {
      const clock = turned();
      const before = clock.now();
      machine -= 5;
      expect(clock.now()).toBe(before);
      machine += 10;
      expect(clock.now()).toBe(before + 5);
      expect(told).toEqual([]);
    });

    it('the virtual clock of a machine whose clock is turned back fires a timer when its time has come, and not an hour later', async () => {
      let turnedBy = 0;
      const clock = createClock({ machineNow: () => Date.now() - turnedBy });
      const due = clock.now() + 5;
      const fired = new Promise<void>((resolve) => void clock.at(due, () => resolve()));
      turnedBy = 3_600_000;
      // The clock's own timer does not keep a process alive; this one does.
      const alive = setTimeout(() => undefined, 10_000);
      await fired;
      clearTimeout(alive);
      expect(clock.now()).toBeGreaterThanOrEqual(due);
    });
  });

  it('the virtual clock takes the instant that somebody asked for a moment ago as now', async () => {
    const clock = createClock();
    const asked = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.jumpTo(asked);
    expect(clock.now()).toBeGreaterThanOrEqual(asked + 4);
  });

  it('the virtual clock fires timers in due order, each at its own time, and the same due in the order they were set', async () => {
    const clock = createClock();
    const start = clock.now();
    const fired: [string, number][] = [];
    const note =
      (name: string): (() => void) =>
      () =>
        void fired.push([name, clock.now()]);
    clock.at(start + 3 * dayMs, note('third'));
    clock.at(start + dayMs, note('first'));
    clock.at(start + 2 * dayMs, note('second'));
    clock.at(start + 2 * dayMs, note('second again'));
    clock.at(start + 9 * dayMs, note('later than the jump'));
    await clock.jumpTo(start + 5 * dayMs);
    expect(fired.map(([name]) => name)).toEqual(['first', 'second', 'second again', 'third']);
    expect(fired.map(([, at]) => Math.floor((at - start) / dayMs))).toEqual([1, 2, 2, 3]);
  });

  it('the virtual clock waits for what is under way before a jump, for a timer to settle, and for what it set off before the next', async () => {
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

  it('the virtual clock fires a timer that another timer set on the way', async () => {
    const clock = createClock();
    const start = clock.now();
    const fired: string[] = [];
    clock.at(start + dayMs, () => {
      clock.at(start + 2 * dayMs, () => void fired.push('child'));
    });
    await clock.jumpTo(start + 3 * dayMs);
    expect(fired).toEqual(['child']);
  });

  it('the virtual clock does not fire what was cancelled, and knows when the next is due', async () => {
    const clock = createClock();
    const start = clock.now();
    const fired: string[] = [];
    const cancelled = clock.at(start + dayMs, () => void fired.push('cancelled'));
    clock.at(start + 2 * dayMs, () => void fired.push('kept'));
    cancelled.cancel();
    expect(clock.nextDue()).toBe(start + 2 * dayMs);
    await clock.jumpTo(start + 3 * dayMs);
    expect(fired).toEqual(['kept']);
    expect(clock.nextDue()).toBeUndefined();
  });

  it('the virtual clock fires in real time without any jump', async () => {
    const clock = createClock();
    await new Promise<void>((resolve) => {
      clock.at(clock.now() + 5, () => resolve());
      // The clock's own timer does not keep a process alive; this one does.
      setTimeout(() => undefined, 1_000);
    });
    expect(clock.nextDue()).toBeUndefined();
  });

  it('the virtual clock goes on with the other timers when one throws', async () => {
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

  it('the virtual clock does one jump after the other', async () => {
    const clock = createClock();
    const start = clock.now();
    await Promise.all([clock.jumpTo(start + dayMs), clock.jumpTo(start + 2 * dayMs)]);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 2 * dayMs);
  });
});
