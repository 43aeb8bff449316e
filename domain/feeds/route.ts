import type { JourneyEvent, Route } from '../journey/dossier.ts';
import { fold } from '../journey/evolve.ts';

/** What rights follow from, and nothing else of a dossier. */
export function routeOf({ registeredBy, postOfficeId, deliveryPostOfficeId, agencyId }: Route): Route {
  return { registeredBy, postOfficeId, deliveryPostOfficeId, agencyId };
}

/**
 * The route of a dossier once an event has arrived. Only few kinds of events change it, and only for these the book is
 * read.
 * @param before undefined before the first event
 * @param upTo the events up to this one, in the order of arrival
 */
export async function routeAfter(
  before: Route | undefined,
  event: JourneyEvent,
  upTo: () => Promise<readonly JourneyEvent[]>,
): Promise<Route> {
  if (event.opened !== undefined) return routeOf({ ...event.opened, registeredBy: event.by });
  const mayMove =
    event.judgedAnew !== undefined ||
    (event.standing === undefined && event.effects.some((effect) => effect === 'redirect' || effect === 'succeed'));
  return before !== undefined && !mayMove ? before : routeOf(fold(await upTo()));
}
