import type { Dossier } from './dossier.ts';
import { factsOf } from './places.ts';

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
