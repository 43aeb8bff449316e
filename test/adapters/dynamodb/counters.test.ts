import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoCounters } from '../../../adapters/dynamodb/counters.ts';
import type { Counters } from '../../../domain/ports/counters.ts';
import { startTables, type Tables } from './tables.ts';

const hour = 3_600_000;
const endsAt = Date.parse('2026-11-24T09:00:00Z');
const address = { allowance: 'address', who: '203.0.113.7', units: 1, endsAt } as const;

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

function instance(): Counters {
  return dynamoCounters(tables.another(), 'Limits');
}

describe('the counters', () => {
  it('the counters add up for all instances, a caller, an allowance and a window each by itself', async () => {
    const [one, another] = [instance(), instance()];
    expect(await one.add(address)).toBe(1);
    expect(await another.add({ ...address, units: 600 })).toBe(601);
    expect(await one.add({ ...address, who: '203.0.113.8' })).toBe(1);
    expect(await one.add({ ...address, allowance: 'code' })).toBe(1);
    expect(await one.add({ ...address, endsAt: endsAt + hour })).toBe(1);
    expect(await another.add(address)).toBe(602);
  });

  it('the counters lose none of those who count at once', async () => {
    const [one, another] = [instance(), instance()];
    const who = '198.51.100.1';
    await Promise.all(Array.from({ length: 40 }, (_none, n) => (n % 2 === 0 ? one : another).add({ ...address, who })));
    expect(await one.add({ ...address, who })).toBe(41);
  });

  it('the counters keep no address and no code, and everything in them expires within two days of its window', async () => {
    await instance().add(address);
    const items = await tables.everything('Limits');
    expect(JSON.stringify(items)).not.toContain('203.0.113');
    for (const { expiresAt } of items) {
      expect(expiresAt).toBeGreaterThan(endsAt / 1000);
      expect(expiresAt).toBeLessThan(endsAt / 1000 + 48 * 3600);
    }
  });

  it('the counters call one address something else every day, with a secret that nobody can work out', async () => {
    const who = '192.0.2.200';
    const namesOf = async (at: number): Promise<readonly unknown[]> => {
      const before = new Set((await tables.everything('Limits')).map(({ pk }) => pk));
      await instance().add({ ...address, who, endsAt: at });
      const fresh = (await tables.everything('Limits')).map(({ pk }) => pk).filter((pk) => !before.has(pk));
      return fresh.map((pk) => String(pk).split('#')[1]).filter((name) => name?.length === 43);
    };
    const [today, sameDay, tomorrow] = [
      await namesOf(endsAt),
      await namesOf(endsAt - hour),
      await namesOf(endsAt + 24 * hour),
    ];
    expect(today).toHaveLength(1);
    expect(sameDay).toEqual(today);
    expect(tomorrow).not.toEqual(today);
  });
});
