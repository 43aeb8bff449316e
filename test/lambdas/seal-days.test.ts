import { describe, expect, it } from '@jest/globals';
import { isProved } from '../../adapters/seals/seal.ts';
import type { Arrival } from '../../domain/seal.ts';
import { sealDays } from '../../lambdas/seal-days/seal-days.ts';
import { memorySeals } from '../doubles/seals.ts';

function at(text: string): number {
  return Date.parse(`${text}+07:00`);
}
function arrival(dossierId: string, number: number): Arrival {
  return { dossierId, number, digest: `${dossierId} ${number}` };
}

/** A book of which somebody says what arrived on a day, at any time. */
function world() {
  const arrivedOn = new Map<string, Arrival[]>();
  let now = at('2026-11-25T00:10:00');
  const store = memorySeals();
  return {
    store,
    arrive: (day: string, ...arrivals: readonly Arrival[]) =>
      void arrivedOn.set(day, [...(arrivedOn.get(day) ?? []), ...arrivals]),
    until: (text: string) => {
      now = at(text);
    },
    night: async () => {
      const sealed = await sealDays({ on: async (day) => arrivedOn.get(day) ?? [] }, store, () => now)();
      return sealed.map(({ day }) => day);
    },
  };
}

// Holds ADR 0041.
describe('the nightly seal', () => {
  it('the nightly seal is over the last that arrived of each dossier on the day before, and of no other day', async () => {
    const { store, arrive, night } = world();
    arrive('2026-11-24', arrival('d-2', 1), arrival('d-1', 4), arrival('d-1', 5));
    arrive('2026-11-25', arrival('d-1', 6));
    expect(await night()).toEqual(['2026-11-24']);
    expect(await store.leaves('2026-11-24')).toEqual([arrival('d-1', 5), arrival('d-2', 1)]);
    const [seal, proof] = [await store.newest(), await store.proof('2026-11-24', 'd-1')];
    expect(seal && proof && isProved(proof, seal)).toBe(true);
  });

  it('the nightly seal waits ten minutes after midnight, and is not made twice', async () => {
    const { arrive, until, night } = world();
    arrive('2026-11-23', arrival('d-1', 1));
    until('2026-11-25T00:09:59');
    expect(await night()).toEqual(['2026-11-23']);
    until('2026-11-25T00:10:00');
    expect(await night()).toEqual(['2026-11-24']);
    expect(await night()).toEqual([]);
  });

  it('the nightly seal is made for each night that was missed, one after another, days without arrivals too', async () => {
    const { store, arrive, until, night } = world();
    arrive('2026-11-24', arrival('d-1', 1));
    await night();
    arrive('2026-11-26', arrival('d-1', 2));
    until('2026-11-29T03:00:00');
    expect(await night()).toEqual(['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28']);
    const seals = await Promise.all(['2026-11-24', '2026-11-25', '2026-11-26'].map(async (day) => store.seal(day)));
    expect(seals.map((seal) => seal?.previous)).toEqual([undefined, seals[0]?.digest, seals[1]?.digest]);
    expect(seals.map((seal) => seal?.dossiers)).toEqual([1, 0, 1]);
  });

  it('the nightly seal takes along what came to light after the seal of its day, and nothing that is sealed', async () => {
    const { store, arrive, until, night } = world();
    arrive('2026-11-24', arrival('d-1', 1), arrival('d-2', 1), arrival('d-4', 7));
    await night();
    // The index showed these late, or a clock was behind.
    arrive('2026-11-24', arrival('d-1', 2), arrival('d-3', 1), arrival('d-4', 6));
    arrive('2026-11-25', arrival('d-1', 3));
    until('2026-11-26T00:10:00');
    await night();
    expect(await store.leaves('2026-11-25')).toEqual([arrival('d-1', 3), arrival('d-3', 1)]);
  });

  it('the nightly seal begins with the first day on which anything arrived, and where nothing did with the last night', async () => {
    const { night } = world();
    expect(await night()).toEqual(['2026-11-24']);
    const earlier = world();
    earlier.arrive('2026-11-02', arrival('d-1', 1));
    expect((await earlier.night())[0]).toBe('2026-11-02');
  });

  it('the nightly seal passes over what was written before events were chained', async () => {
    const { store, arrive, night } = world();
    arrive('2026-11-24', { dossierId: 'd-1', number: 1 }, arrival('d-2', 1));
    await night();
    expect(await store.leaves('2026-11-24')).toEqual([arrival('d-2', 1)]);
  });
});
