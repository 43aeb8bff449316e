import written from './editions.json' with { type: 'json' };
import type { Wait } from '../ports/book.ts';

/** The places that a definition of the journey has, each with the roads that lead on from it; an end has none. */
export type Edition = Readonly<
  Record<string, { readonly next?: string | undefined; readonly aside: readonly string[] }>
>;

/** The roads of every edition of the definition that an execution may still run (`npm run asl` writes them). */
export const editions: Readonly<Record<number, Edition>> = written;

/** How an execution that waits can be led to a place: along its `Next`, by a `Catch`, or not at all in its edition. */
export function roadTo(
  place: string,
  { place: from, edition }: Pick<Wait, 'place' | 'edition'>,
  all: Readonly<Record<number, Edition>>,
): 'next' | 'aside' | undefined {
  const roads = roadsFrom(from, all[edition]);
  if (roads?.next === place) return 'next';
  return roads?.aside.includes(place) === true ? 'aside' : undefined;
}

function roadsFrom(place: string, edition: Edition | undefined) {
  return edition !== undefined && Object.hasOwn(edition, place) ? edition[place] : undefined;
}

/** Whether a definition of this edition has a state for the place. */
export function hasPlace(place: string, edition: number, all: Readonly<Record<number, Edition>>): boolean {
  return roadsFrom(place, all[edition]) !== undefined;
}
