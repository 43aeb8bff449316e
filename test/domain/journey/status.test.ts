import { describe, expect, it } from '@jest/globals';
import { eventTypes, type EventType } from '../../../domain/journey/events.ts';
import { nationalStatusOf, statusAfter } from '../../../domain/journey/status.ts';

/** By status, the facts that set it, said a second time by hand; all others leave it as it was. */
const setBy: Readonly<Record<number, readonly EventType[]>> = {
  1: ['DossierRegistered'],
  3: ['Refused'],
  4: ['HandedToAgency', 'LodgedAtAgency', 'SupplementReceived', 'DutyPaid'],
  5: ['SupplementRequested'],
  6: ['DutyRequested'],
  7: ['Withdrawn', 'Cancelled', 'RegistrationLapsed'],
  8: ['SupplementLapsed', 'Stopped'],
  9: ['ResultAnnounced', 'DeliveryCancelled'],
  10: ['Delivered', 'ResultHandedOut'],
};
const byPlace: readonly EventType[] = ['DisputeSettled', 'PickupFailed'];

describe('the national status', () => {
  it('the national status is set by these facts, and left as it was by all others', () => {
    const said = Object.entries(setBy).flatMap(([status, types]) =>
      types.map((type) => [type, Number(status)] as const),
    );
    const expected = new Map<EventType, number>(said);
    for (const type of eventTypes.filter((one) => !byPlace.includes(one)))
      expect([type, statusAfter(type, 'AtAgency')]).toEqual([type, expected.get(type)]);
  });

  it('the national status of a settled dispute and of a failed pickup hangs on where it leads', () => {
    expect(statusAfter('DisputeSettled', 'AtAgency')).toBe(4);
    expect(statusAfter('DisputeSettled', 'ReturningToCitizen')).toBe(3);
    expect(statusAfter('PickupFailed', 'Cancelled')).toBe(7);
    expect(statusAfter('PickupFailed', 'Registered')).toBe(1);
  });

  it('the national status of a dossier that no fact gave one is that of its place', () => {
    expect(nationalStatusOf({ place: 'ResultReady' })).toBe(9);
    expect(nationalStatusOf({ place: 'ResultReady', nationalStatus: 6 })).toBe(6);
  });
});
