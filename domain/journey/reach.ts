import type { Dossier, JourneyEvent } from './dossier.ts';
import { canHoldFor } from './guards.ts';
import { isFor } from './lines.ts';
import type { Place } from './places.ts';
import { lawEdition, remarks, rules, stands, type Rule } from './rules.ts';

/** The lines that can ever hold for a dossier, whatever still happens to it. */
function everFor(dossier: Dossier): readonly Rule[] {
  return rules.filter((rule) => stands(rule, lawEdition) && canHoldFor(rule.when, dossier));
}

/**
 * The places, beyond the one where the dossier is, at which the law would take this event: what a fact that is early
 * waits for. None for what nothing that can still come makes fit.
 */
export function waitsFor(dossier: Dossier, { type, by }: Pick<JourneyEvent, 'type' | 'by'>): readonly Place[] {
  const ways = everFor(dossier);
  const reached = new Set<Place>();
  let edge: readonly Place[] = [dossier.place];
  while (edge.length > 0) {
    edge = [...new Set(ways.filter(({ from }) => edge.includes(from)).map(({ to }) => to))].filter(
      (place) => !reached.has(place),
    );
    for (const place of edge) reached.add(place);
  }
  const taking = ways.filter((rule) => rule.on === type && isFor(rule, dossier, by) && reached.has(rule.from));
  const beside = remarks
    .filter((remark) => remark.on === type && stands(remark, lawEdition) && isFor(remark, dossier, by))
    .flatMap(({ at = [] }) => at.filter((place) => reached.has(place)));
  return [...new Set([...taking.map(({ from }) => from), ...beside])];
}
