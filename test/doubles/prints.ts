import type { Prints } from '../../domain/ports/prints.ts';

/** Counts of prints in memory. Passes the same suite as the real ones. */
export function memoryPrints(): Prints {
  const counts = new Map<string, number>();
  return {
    count: async (dossierId, paper) => {
      const name = `${dossierId} ${paper}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return counts.get(name) ?? 0;
    },
  };
}
