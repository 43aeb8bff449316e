import { describe, expect, it } from '@jest/globals';
import { actingUnit, deskPlaces, urgentAt } from '../../../domain/journey/acting-unit.ts';
import { frontDoors } from '../../../domain/journey/dossier.ts';
import { places } from '../../../domain/journey/places.ts';
import { dossierAt, hour, monday } from './town.ts';

describe('the desk of a unit', () => {
  const dossiers = frontDoors.flatMap((frontDoor) =>
    places.flatMap((place) => places.map((lostFrom) => dossierAt(place, { frontDoor, lostFrom }))),
  );

  it('the desk of a unit has a part for every place at which a dossier can lie on it, and for no other', () => {
    for (const unit of ['PO-BACKAN', 'AG-PASC-BACKAN']) {
      const lying = dossiers.filter((dossier) => actingUnit(dossier) === unit).map(({ place }) => place);
      expect([...new Set(lying)].toSorted()).toEqual(deskPlaces(unit).toSorted());
    }
  });

  it('the desk of a unit puts a dossier by its date, and by the day on which it came once the clock has rung', () => {
    const dossier = dossierAt('Collected', { since: monday, dueAt: monday + hour });
    expect(urgentAt(dossier)).toBe(monday + hour);
    expect(urgentAt({ ...dossier, reminders: 1, dueAt: monday + 9 * hour })).toBe(monday);
  });
});
