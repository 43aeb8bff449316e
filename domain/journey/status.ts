import type { Dossier } from './dossier.ts';
import type { EventType } from './events.ts';
import { factsOf, type NationalStatus, type Place } from './places.ts';

/**
 * The national status that a fact sets, whatever place it leads to; what is not named leaves it. Why: `statusWhy`. The
 * agency passes a dossier on at once (QĐ45 art. 8(1)), so accepted and being dealt with are one moment.
 */
export const statuses: Readonly<Partial<Record<EventType, NationalStatus>>> = {
  DossierRegistered: 1,
  HandedToAgency: 4,
  LodgedAtAgency: 4,
  Refused: 3,
  SupplementRequested: 5,
  SupplementReceived: 4,
  SupplementLapsed: 8,
  DutyRequested: 6,
  DutyPaid: 4,
  Withdrawn: 7,
  Cancelled: 7,
  RegistrationLapsed: 7,
  Stopped: 8,
  ResultAnnounced: 9,
  Delivered: 10,
  ResultHandedOut: 10,
  DeliveryCancelled: 9,
};

/** The status after an event that leads to a place; undefined where it stays as it was. */
export function statusAfter(type: EventType, to: Place): NationalStatus | undefined {
  if (type === 'DisputeSettled') return to === 'AtAgency' ? 4 : 3;
  if (type === 'PickupFailed') return to === 'Cancelled' ? 7 : 1;
  return statuses[type];
}

/** The status of a dossier; of one that was opened before facts moved it, that of its place. */
export function nationalStatusOf({ nationalStatus, place }: Pick<Dossier, 'nationalStatus' | 'place'>): NationalStatus {
  return nationalStatus ?? factsOf(place).nationalStatus;
}
