import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isProved, isWhole } from '../../adapters/seals/seal.ts';
import type { SealStore } from '../../domain/ports/seals.ts';
import type { Leaf } from '../../domain/seal.ts';

function leavesUpTo(count: number): readonly Leaf[] {
  return Array.from({ length: count }, (_none, n) => ({
    dossierId: `d-${String(n).padStart(3, '0')}`,
    number: n + 1,
    digest: `digest-${n}`,
  }));
}

/** What every store of seals must do, in memory or in a bucket. */
export function keepsSeals(
  name: string,
  open: () => Promise<{ readonly store: SealStore; readonly close: () => Promise<void> }>,
): void {
  describe(`a store of seals ${name}`, () => {
    let store: SealStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(async () => close());

    it('a store of seals has none at first', async () => {
      expect(await store.newest()).toBeUndefined();
      expect(await store.seal('2026-11-24')).toBeUndefined();
      expect(await store.leaves('2026-11-24')).toEqual([]);
      expect(await store.proof('2026-11-24', 'd-000')).toBeUndefined();
    });

    it('a store of seals keeps each day chained to the one before, and proves what is in it and nothing else', async () => {
      const first = await store.keep('2026-11-24', leavesUpTo(5), undefined);
      const second = await store.keep('2026-11-25', [], first);
      expect(second).toMatchObject({ day: '2026-11-25', dossiers: 0, previous: first.digest });
      expect([first, second].map(isWhole)).toEqual([true, true]);
      expect(await store.newest()).toEqual(second);
      expect(await store.seal('2026-11-24')).toEqual(first);
      expect(await store.leaves('2026-11-24')).toEqual(leavesUpTo(5));
      const proof = await store.proof('2026-11-24', 'd-003');
      expect(proof?.leaf).toEqual(leavesUpTo(5)[3]);
      expect(proof && isProved(proof, first)).toBe(true);
      expect(await store.proof('2026-11-24', 'd-9')).toBeUndefined();
    });

    it('a store of seals seals a day once: whoever comes second is given what stands there', async () => {
      const stands = await store.seal('2026-11-24');
      expect(await store.keep('2026-11-24', leavesUpTo(2), undefined)).toEqual(stands);
      expect(await store.leaves('2026-11-24')).toEqual(leavesUpTo(5));
    });
  });
}
