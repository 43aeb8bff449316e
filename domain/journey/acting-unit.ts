import { findAgency } from '../catalogue/agencies.ts';
import type { Dossier } from './dossier.ts';
import { factsOf, places, type Place } from './places.ts';

/**
 * The unit on whose desk a dossier lies: a post office or an agency; undefined when the journey is over. What is lost
 * is looked for by whoever had it last, and what a citizen lodges in person is awaited by the agency (judged).
 */
export function actingUnit(dossier: Dossier): string | undefined {
  const isWithAgency = dossier.place === 'Registered' || dossier.place === 'HeldAtAgency';
  if (isWithAgency && dossier.frontDoor === 'result-only') return dossier.agencyId;
  switch (factsOf(dossier.place === 'Missing' ? (dossier.lostFrom ?? 'Collected') : dossier.place).acts) {
    case 'agency':
      return dossier.agencyId;
    case 'origin':
      return dossier.postOfficeId;
    case 'delivery':
      return dossier.deliveryPostOfficeId;
    default:
      return undefined;
  }
}

/** Where agencies act too when the citizen lodged in person, or whatever was lost on the way. */
const actingByDoor: readonly Place[] = ['Registered', 'HeldAtAgency', 'Missing'];

/** The places of which dossiers can lie on a unit's desk, in the order of the road. */
export function deskPlaces(unit: string): readonly Place[] {
  const isAgency = findAgency(unit) !== undefined;
  return places.filter((place) => {
    const { acts } = factsOf(place);
    return (
      (isAgency && actingByDoor.includes(place)) ||
      (acts === undefined ? place === 'Missing' : (acts === 'agency') === isAgency)
    );
  });
}

/**
 * Where a dossier stands on its desk: by the date of its clock; and once that has rung, by the day on which it came
 * there, for the clock rings again and again, and what is overdue comes first. Epoch milliseconds.
 */
export function urgentAt({ reminders, since, dueAt }: Dossier): number {
  return reminders > 0 ? since : (dueAt ?? since);
}
