import type { Tellings } from '../../domain/ports/tellings.ts';
import { tellingKey, type Telling } from '../../domain/telling/tellings.ts';

/** Tellings in memory. Passes the same suite as the real ones. */
export function memoryTellings(): Tellings {
  const all = new Map<string, { readonly dossierId: string; readonly telling: Telling }>();
  const announced = new Map<string, number>();
  return {
    of: async (wanted) =>
      [...all.values()].flatMap(({ dossierId, telling }) => (dossierId === wanted ? [telling] : [])),
    write: async (dossierId, before, after) => {
      const key = `${dossierId} ${tellingKey(after)}`;
      const now = all.get(key)?.telling;
      if (now?.state !== before?.state || now?.sendAt !== before?.sendAt) return 'overtaken';
      all.set(key, { dossierId, telling: after });
      return 'written';
    },
    announce: async (dossierId, now) => void announced.set(dossierId, now),
    announcedAt: async (dossierId) => announced.get(dossierId),
    settle: async (dossierId, at) => {
      if (announced.get(dossierId) === at) announced.delete(dossierId);
    },
    dueBy: async (now, most) => {
      const due = [...all.values()]
        .filter(({ telling: { state, sendAt } }) => state === 'planned' && sendAt <= now)
        .toSorted((one, other) => one.telling.sendAt - other.telling.sendAt);
      const news = [...announced].flatMap(([dossierId, at]) => (at <= now ? [dossierId] : []));
      return [...new Set([...news, ...due.map(({ dossierId }) => dossierId)].slice(0, most))];
    },
  };
}
