import { isParty, type Dossier, type JourneyEvent, type Party } from './dossier.ts';
import { holdsFor } from './guards.ts';
import { isEnd, type Place } from './places.ts';
import { lawEdition, remarks, rules, stands, type Actor, type Remark, type Rule } from './rules.ts';

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
    (remark) => stands(remark, edition) && isHeardAt(remark, dossier.place) && holdsFor(remark.when, dossier),
  );
  return [
    ...moving.filter((rule) => holdsFor(rule.when, dossier)).map((rule) => ({ ...rule, milestone: true })),
    ...noted.map((remark) => ({ ...remark, to: dossier.place, milestone: false })),
  ];
}

/** Whether a remark may be made of a dossier in this place. */
export function isHeardAt({ at, atEnds }: Remark, place: Place): boolean {
  return at === undefined ? atEnds === true || !isEnd(place) : at.includes(place);
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

/** May this party say this about the dossier? Its parties, and ops, what ops say about many dossiers at once. */
export function maySay(dossier: Dossier, { type, by }: Pick<JourneyEvent, 'type' | 'by'>): boolean {
  return (
    isParty(dossier, by) ||
    (by.role === 'ops' && remarks.some((remark) => remark.on === type && isFor(remark, dossier, by)))
  );
}
