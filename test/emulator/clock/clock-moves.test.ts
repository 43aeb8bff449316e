import { describe, expect, it } from '@jest/globals';
import { moveClock, readClock } from '../../../emulator/clock/clock-moves.ts';
import { createClock } from '../../../emulator/clock/virtual-clock.ts';

const day = 86_400_000;
async function moved(wish: string) {
  const clock = createClock();
  const before = clock.now();
  await moveClock(clock, wish);
  return Math.round((clock.now() - before) / 1000);
}

describe('the clock moves', () => {
  it.each([
    ['+3d', 3 * 86_400],
    ['+2h30m', 9000],
    ['+1d2h3m4s', 93_784],
    ['+0s', 0],
  ])('the clock moves forward for “%s”, by %d seconds', async (wish, seconds) => {
    expect(await moved(wish)).toBe(seconds);
  });

  it('the clock moves to the next deadline, and lets it happen', async () => {
    const clock = createClock();
    const due = clock.now() + 5 * day;
    let happened = 0;
    clock.at(due, () => {
      happened += 1;
    });
    clock.at(due + day, () => {
      happened += 1;
    });
    expect(readClock(clock).nextDue).toBe(new Date(due).toISOString());
    await moveClock(clock, 'to-next');
    expect([happened, clock.now() >= due, clock.now() < due + day]).toEqual([1, true, true]);
  });

  it('the clock moves to an instant that is named', async () => {
    const clock = createClock();
    await moveClock(clock, '2099-12-01T08:00+07:00');
    expect(readClock(clock)).toMatchObject({ now: expect.stringMatching(/^2099-12-01T01:00:0/), nextDue: null });
  });
});

describe('the clock refuses', () => {
  it.each([
    ['-3d', 'is no time'],
    ['3d', 'is no time'],
    ['+3', 'is no time'],
    ['+3w', 'is no time'],
    ['', 'is no time'],
    ['+9999999d', 'is no time'],
    ['2099-12-01', 'is no time'],
    ['2099-12-01T08:00', 'is no time'],
    ['2099-13-01T08:00Z', 'is no time'],
    ['to-next', 'Nothing waits for a time.'],
    ['2001-01-01T00:00Z', 'the clock does not run backwards'],
  ])('the clock refuses to move for %j, and says why: %s', async (wish, words) => {
    await expect(moved(wish)).rejects.toThrow(words);
  });
});
