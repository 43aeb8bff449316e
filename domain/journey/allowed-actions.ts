import { isParty, type Dossier, type Party } from './dossier.ts';
import type { Detail, EventType } from './events.ts';
import { isFor, linesFrom } from './lines.ts';
import type { Place } from './places.ts';

/** What one role may report next, with what each report must carry. */
export interface AllowedAction {
  readonly event: EventType;
  readonly to: readonly Place[];
  readonly requires: readonly Detail[];
  readonly allows: readonly Detail[];
}

/** The steps open to this party now, in the order of the table; none to a stranger. */
export function allowedActions(dossier: Dossier, party: Party): readonly AllowedAction[] {
  if (!isParty(dossier, party)) return [];
  // What settles a matter is offered with the matter.
  const mine = linesFrom(dossier).filter((line) => isFor(line, dossier, party) && !line.requires.includes('concerns'));
  return [...new Set(mine.map((line) => line.on))].map((event) => {
    const lines = mine.filter((line) => line.on === event);
    const inEvery = (detail: Detail): boolean => lines.every((line) => line.requires.includes(detail));
    const named = [...new Set(lines.flatMap((line) => [...line.requires, ...(line.allows ?? [])]))];
    return {
      event,
      to: [...new Set(lines.map((line) => line.to))],
      requires: named.filter(inEvery),
      allows: named.filter((detail) => !inEvery(detail)),
    };
  });
}
