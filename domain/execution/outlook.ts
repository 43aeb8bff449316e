import type { Dossier } from '../journey/dossier.ts';
import { linesFrom } from '../journey/lines.ts';
import { isEnd } from '../journey/places.ts';
import type { ExecutionLine } from '../ports/book.ts';
import { hasPlace, roadTo, type Edition } from './editions.ts';

/**
 * What becomes of a dossier's execution under today's law: it goes on as it is, the next generation takes over as soon
 * as it has to, or nothing leads on from here.
 */
export type Outlook = 'goes-on' | 'next-generation' | 'stuck';

/**
 * Holds an open dossier against today's law and definition.
 * @param line undefined when no execution ever arrived
 * @param newest the edition that a new execution runs
 */
export function outlookOf(
  dossier: Dossier,
  line: ExecutionLine | undefined,
  editions: Readonly<Record<number, Edition>>,
  newest: number,
): Outlook {
  const ways = linesFrom(dossier).filter(({ milestone }) => milestone);
  const isKnown = [dossier.place, ...ways.map(({ to }) => to)].every((place) => hasPlace(place, newest, editions));
  if (isEnd(dossier.place) || ways.length === 0 || !isKnown) return 'stuck';
  const { wait } = line ?? {};
  if (wait?.place !== dossier.place) return 'next-generation';
  const hasEveryRoad = ways.every(({ to }) => roadTo(to, wait, editions) !== undefined);
  return hasEveryRoad ? 'goes-on' : 'next-generation';
}
