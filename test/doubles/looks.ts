import type { Look, LookLog, LookReader } from '../../domain/ports/looks.ts';

export interface MemoryLooks extends LookLog, LookReader {
  /** Everything that was written down, in the order in which it was. */
  readonly all: readonly Look[];
}

/** Looks in memory. Passes the same suite as the real ones. */
export function memoryLooks(): MemoryLooks {
  const all: Look[] = [];
  const key = ({ at, requestId }: Pick<Look, 'at' | 'requestId'>): string =>
    `${new Date(at).toISOString()} ${requestId}`;
  return {
    all,
    note: async (look) => {
      if (all.some((one) => one.dossierId === look.dossierId && key(one) === key(look)))
        throw new Error('this look was written down before');
      all.push(look);
    },
    looks: async (dossierId, before, most) =>
      all
        .filter((look) => look.dossierId === dossierId && (before === undefined || key(look) < key(before)))
        .toSorted((one, other) => (key(one) < key(other) ? 1 : -1))
        .slice(0, most),
  };
}
