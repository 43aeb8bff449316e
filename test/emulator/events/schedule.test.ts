import { describe, expect, it } from '@jest/globals';
import { createClock } from '../../../emulator/clock/virtual-clock.ts';
import { keepSchedule, scheduleOf } from '../../../emulator/events/schedule.ts';

const minute = 60_000;
const day = 1_440 * minute;

describe('a schedule expression', () => {
  it.each([
    ['rate(1 minute)', minute],
    ['rate(5 minutes)', 5 * minute],
    ['rate(1 hour)', 60 * minute],
    ['rate(12 hours)', 720 * minute],
    ['rate(1 day)', day],
    ['rate(30 days)', 30 * day],
  ])('a schedule expression such as %s has a period of %i ms', (expression, period) => {
    expect(scheduleOf(expression)).toEqual({ periodMs: period, offsetMs: 0 });
  });

  it('a schedule expression of a time of day rings every day at it, in UTC', () => {
    for (const expression of ['cron(10 17 * * ? *)', 'cron(10 17 ? * * *)'])
      expect(scheduleOf(expression)).toEqual({ periodMs: day, offsetMs: 17 * 60 * minute + 10 * minute });
  });

  it.each([
    'cron(0 10 * * MON *)',
    'cron(0/5 10 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 10 * * * *)',
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(-1 day)',
    'at(2026-01-01T00:00:00)',
    '',
  ])('a schedule expression such as %p is refused by its own words', (expression) => {
    expect(() => scheduleOf(expression)).toThrow(`not "${expression}"`);
  });
});

describe('a schedule that is kept', () => {
  async function ticksOfJump(periodMs: number, spanMs: number): Promise<readonly number[]> {
    const clock = createClock();
    const ticks: number[] = [];
    const schedule = keepSchedule(clock, { periodMs, offsetMs: 0 }, async (instant) => {
      expect(clock.now()).toBeGreaterThanOrEqual(instant);
      ticks.push(instant);
    });
    await clock.jumpTo(Math.ceil(clock.now() / periodMs) * periodMs + spanMs);
    schedule.cancel();
    return ticks;
  }

  it('a schedule that is kept ticks once a period at its own instant when the clock jumps forty minutes', async () => {
    const ticks = await ticksOfJump(5 * minute, 40 * minute);
    expect(ticks.length).toBeGreaterThanOrEqual(8);
    expect(ticks.every((instant) => instant % (5 * minute) === 0)).toBe(true);
    expect(new Set(ticks).size).toBe(ticks.length);
  });

  it('a schedule that is kept ticks some ten times, evenly and to the end, when the clock jumps a month', async () => {
    const ticks = await ticksOfJump(5 * minute, 30 * day);
    expect(ticks.length).toBeGreaterThanOrEqual(8);
    expect(ticks.length).toBeLessThanOrEqual(12);
    const gaps = ticks.slice(1).map((instant, index) => instant - (ticks[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(4 * day);
  });

  it('a schedule that is kept is not what the clock says is due next, for nobody waits for it', () => {
    const clock = createClock();
    const schedule = keepSchedule(clock, { periodMs: minute, offsetMs: 0 }, async () => undefined);
    expect(clock.nextDue()).toBeUndefined();
    schedule.cancel();
  });

  it('a schedule that is kept goes on after a tick that failed, and ends when it is cancelled', async () => {
    const clock = createClock();
    let ticks = 0;
    const schedule = keepSchedule(clock, { periodMs: minute, offsetMs: 0 }, async () => {
      ticks += 1;
      if (ticks === 1) throw new Error('the first tick of this test fails');
    });
    await clock.jumpTo(clock.now() + 3 * minute);
    expect(ticks).toBeGreaterThanOrEqual(2);
    schedule.cancel();
    const before = ticks;
    await clock.jumpTo(clock.now() + 3 * minute);
    expect(ticks).toBe(before);
  });
});
