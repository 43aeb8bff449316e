import { actingUnit, urgentAt } from '../../domain/journey/acting-unit.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import type { DeskCounter, DeskCounts } from '../../domain/people/desk-counts.ts';

/** Counts desks of dossiers in memory. Whoever waits does so for a claim of ten seconds, as with the real one. */
export function memoryCounter(dossiers: () => readonly Dossier[]): DeskCounter & { readonly counted: () => number } {
  const kept = new Map<string, DeskCounts>();
  const claims = new Map<string, number>();
  let counted = 0;
  return {
    counted: () => counted,
    kept: async (unit) => kept.get(unit),
    claim: async (unit, now) => {
      if (now - (claims.get(unit) ?? -Infinity) <= 10_000) return false;
      claims.set(unit, now);
      return true;
    },
    count: async (unit, places, _kinds, now) => {
      counted += 1;
      const waiting = places.flatMap((what) => {
        const there = dossiers().filter((dossier) => dossier.place === what && actingUnit(dossier) === unit);
        const overdue = there.filter((dossier) => urgentAt(dossier) < now).length;
        return there.length === 0 ? [] : [{ what, total: there.length, overdue }];
      });
      return { countedAt: now, waiting, unsettled: [] };
    },
    keep: async (unit, counts) => void kept.set(unit, counts),
  };
}
