import { describe, expect, it } from '@jest/globals';
import { limiter } from '../../domain/limiter.ts';
import { allowances, type AllowanceName } from '../../domain/limits.ts';
import type { Counters, Spent } from '../../domain/ports/counters.ts';

const hour = 3_600_000;

/** Counts in memory, for however many instances. */
function counting(): { counters: Counters; told: Spent[] } {
  const told: Spent[] = [];
  return {
    told,
    counters: {
      add: async (spent) => {
        told.push(spent);
        return told
          .filter(({ who, endsAt }) => who === spent.who && endsAt === spent.endsAt)
          .reduce((sum, { units }) => sum + units, 0);
      },
    },
  };
}

/** So many instances with one counter, at ten past an hour of their clock. */
function instances(count: number, allowance: AllowanceName) {
  const clock = { now: 10 * 60_000 };
  const said: string[] = [];
  const { counters, told } = counting();
  const all = Array.from({ length: count }, () =>
    limiter({ allowance, counters, now: () => clock.now, onSpent: () => said.push('spent') }),
  );
  return { all, told, clock, said };
}

// Holds ADR 0028.
describe('a caller with an allowance', () => {
  it('a caller may spend all of it, and is told then how many seconds the window has left', async () => {
    const { all, said } = instances(1, 'address');
    const { units } = allowances.address;
    expect(await all[0]?.spend('a', units)).toBeUndefined();
    expect(all[0]?.spentOut('a')).toBeUndefined();
    expect(await all[0]?.spend('a')).toBe(50 * 60);
    expect(all[0]?.spentOut('a')).toBe(50 * 60);
    expect(said).toEqual(['spent']);
  });

  it('a caller leaves the others theirs', async () => {
    const { all } = instances(1, 'address');
    await all[0]?.spend('a', allowances.address.units + 1);
    expect(all[0]?.spentOut('b')).toBeUndefined();
    expect(await all[0]?.spend('b')).toBeUndefined();
  });

  it('a caller has all of it again when the window is over', async () => {
    const { all, clock } = instances(1, 'address');
    await all[0]?.spend('a', allowances.address.units + 1);
    clock.now = hour - 1;
    expect(all[0]?.spentOut('a')).toBe(1);
    clock.now = hour;
    expect(all[0]?.spentOut('a')).toBeUndefined();
    expect(await all[0]?.spend('a')).toBeUndefined();
  });

  it('a caller who spent it at one instance is refused by another at the first try, and from its memory at the next', async () => {
    const { all, told } = instances(2, 'address');
    await all[0]?.spend('a', allowances.address.units);
    expect(await all[1]?.spend('a')).toBe(50 * 60);
    const before = told.length;
    expect(all[1]?.spentOut('a')).toBe(50 * 60);
    expect(told).toHaveLength(before);
  });

  it('a caller with a token is counted for all instances at every tenth request alone', async () => {
    const { all, told } = instances(2, 'person');
    for (let asked = 0; asked < 25; asked += 1) await all[asked % 2]?.spend('clerk');
    expect(told.map(({ units }) => units)).toEqual([10, 10]);
    // What is dear is told at once, with what was not told yet.
    await all[0]?.spend('clerk', 50);
    expect(told.at(-1)?.units).toBe(53);
  });

  it('a caller with a token has no more than nine requests an instance beyond the allowance', async () => {
    const { all, clock } = instances(20, 'person');
    let let_in = 0;
    for (let asked = 0; asked < 5000; asked += 1) {
      const one = all[asked % 20];
      if (one?.spentOut('clerk') !== undefined) continue;
      let_in += 1;
      await one?.spend('clerk');
    }
    expect(clock.now).toBeLessThan(hour);
    expect(let_in).toBeGreaterThanOrEqual(allowances.person.units);
    expect(let_in).toBeLessThanOrEqual(allowances.person.units + 20 * 10);
  });
});

describe('the counters', () => {
  it('the counters do not answer: everybody is let in, as far as this instance’s own count goes', async () => {
    const failures: unknown[] = [];
    const away = new Error('away');
    const counters: Counters = {
      add: async () => {
        throw away;
      },
    };
    const alone = limiter({ allowance: 'address', counters, now: () => 0, onFailure: (error) => failures.push(error) });
    expect(await alone.spend('a', allowances.address.units)).toBeUndefined();
    expect(await alone.spend('a')).toBe(hour / 1000);
    expect(failures).toEqual([away, away]);
  });

  it('the counters hear what they missed, once they answer again', async () => {
    const { counters, told } = counting();
    let away = true;
    const flaky: Counters = {
      add: async (spent) => {
        if (away) throw new Error('away');
        return counters.add(spent);
      },
    };
    const one = limiter({ allowance: 'address', counters: flaky, now: () => 0 });
    await one.spend('a', 600);
    away = false;
    await one.spend('a');
    expect(told.map(({ units }) => units)).toEqual([601]);
  });

  it('the counters are not needed where every instance counts for itself', async () => {
    const alone = limiter({ allowance: 'page', now: () => 0 });
    for (let asked = 0; asked < allowances.page.units; asked += 1) expect(await alone.spend('a')).toBeUndefined();
    expect(await alone.spend('a')).toBe(60);
  });

  it('the counters outlive a memory that is full of others', async () => {
    const { all } = instances(1, 'address');
    await all[0]?.spend('a', allowances.address.units + 1);
    for (let other = 0; other < 10_000; other += 1) all[0]?.spentOut(`other-${other}`);
    expect(all[0]?.spentOut('a')).toBeUndefined();
    expect(await all[0]?.spend('a')).toBe(50 * 60);
  });
});
