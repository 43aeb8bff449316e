import type { Dossier } from './dossier.ts';
import { holdsFor } from './guards.ts';
import { isEnd, type Place } from './places.ts';
import { lawEdition, remarks, rules, stands, type Rule } from './rules.ts';

/** What a rule or a remark asks of a report; a remark stays where the paper is. */
export interface Line extends Omit<Rule, 'from' | 'when' | 'happy'> {
  readonly to: Place;
  readonly milestone: boolean;
}

/** Every line of today's law that holds for this dossier where it is. */
export function linesFrom(dossier: Dossier): readonly Line[] {
  const today = rules.filter((rule) => rule.from === dossier.place && stands(rule, lawEdition));
  const noted = isEnd(dossier.place) ? [] : remarks.filter((remark) => stands(remark, lawEdition));
  return [
    ...today.filter((rule) => holdsFor(rule.when, dossier)).map((rule) => ({ ...rule, milestone: true })),
    ...noted.map((remark) => ({ ...remark, to: dossier.place, milestone: false })),
  ];
}
