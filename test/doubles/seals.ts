import { proofOf, sealOf } from '../../adapters/seals/seal.ts';
import type { SealStore } from '../../domain/ports/seals.ts';
import type { Leaf, Seal } from '../../domain/seal.ts';

/** Seals in memory. Passes the same suite as the real store. */
export function memorySeals(): SealStore {
  const kept = new Map<string, { readonly seal: Seal; readonly leaves: readonly Leaf[] }>();
  return {
    newest: async () => kept.get([...kept.keys()].toSorted().at(-1) ?? '')?.seal,
    seal: async (day) => kept.get(day)?.seal,
    leaves: async (day) => kept.get(day)?.leaves ?? [],
    proof: async (day, dossierId) => proofOf(day, kept.get(day)?.leaves ?? [], dossierId),
    keep: async (day, leaves, previous) => {
      const standing = kept.get(day) ?? { seal: sealOf(day, leaves, previous), leaves };
      kept.set(day, standing);
      return standing.seal;
    },
  };
}
