import type { Dossier, Party } from './dossier.ts';
import { holdsFor } from './guards.ts';
import { isEnd, type Place } from './places.ts';
import { lawEdition, remarks, rules, stands, type Actor, type Rule } from './rules.ts';

/** What a rule or a remark asks of a report; a remark stays where the paper is. */
export interface Line extends Omit<Rule, 'from' | 'when' | 'happy'> {
  readonly to: Place;
  readonly milestone: boolean;
}

/**
 * Every line of the law that holds for this dossier where it is.
 * @param edition of the law; today's if none is named
 */
export function linesFrom(dossier: Dossier, edition = lawEdition): readonly Line[] {
  const moving = rules.filter((rule) => rule.from === dossier.place && stands(rule, edition));
  const noted = remarks.filter(
    (remark) => stands(remark, edition) && (remark.atEnds === true || !isEnd(dossier.place)),
  );
  return [
    ...moving.filter((rule) => holdsFor(rule.when, dossier)).map((rule) => ({ ...rule, milestone: true })),
    ...noted.map((remark) => ({ ...remark, to: dossier.place, milestone: false })),
  ];
}

/** The roles that may say a line about this dossier. */
export function speakersOf({ by, only }: Pick<Line, 'by' | 'only'>, { registeredBy }: Dossier): readonly Actor[] {
  return only === undefined ? by : by.filter((actor) => actor === registeredBy.role);
}

/** Whether a line is for this party to say. */
export function isFor(
  { by, only }: Pick<Line, 'by' | 'only'>,
  { registeredBy }: Dossier,
  { role, unit }: Party,
): boolean {
  if (!by.some((actor) => actor === role)) return false;
  return only === undefined || (registeredBy.role === role && registeredBy.unit === unit);
}
