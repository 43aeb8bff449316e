import { describe, expect, it } from '@jest/globals';
import { actingUnit } from '../../../domain/journey/acting-unit.ts';
import { factsOf, isEnd, places } from '../../../domain/journey/places.ts';
import { dossierAt } from './town.ts';

const offices = { postOfficeId: 'PO-ORIGIN', agencyId: 'AG-AGENCY', deliveryPostOfficeId: 'PO-DELIVERY' };

/**
 * Said a second time, by hand: the status that one-stop systems exchange (1 registered, 4 in work, 5 to be
 * supplemented, 7 withdrawn, 8 stopped, 9 result there, 10 handed out), who holds the paper, and on whose desk the
 * dossier lies.
 */
const byHand = {
  Registered: [1, 'citizen', 'PO-ORIGIN'],
  PickupScheduled: [1, 'citizen', 'PO-ORIGIN'],
  Collected: [1, 'post', 'PO-ORIGIN'],
  InTransitToAgency: [1, 'post', 'PO-ORIGIN'],
  HandoverDisputed: [1, 'post', 'AG-AGENCY'],
  AtAgency: [4, 'agency', 'AG-AGENCY'],
  SupplementRequested: [5, 'agency', 'AG-AGENCY'],
  ResultReady: [9, 'agency', 'PO-DELIVERY'],
  ResultInTransit: [9, 'post', 'PO-DELIVERY'],
  OutForDelivery: [9, 'post', 'PO-DELIVERY'],
  AwaitingRedelivery: [9, 'post', 'PO-DELIVERY'],
  HeldAtPostOffice: [9, 'post', 'PO-DELIVERY'],
  ReturningToAgency: [9, 'post', 'PO-DELIVERY'],
  ReturningToCitizen: [8, 'post', 'PO-ORIGIN'],
  DutyRequested: [6, 'agency', 'AG-AGENCY'],
  ResultAtAgency: [9, 'agency', 'AG-AGENCY'],
  HeldAtAgency: [8, 'agency', 'PO-ORIGIN'],
  Unreturnable: [8, 'post', 'PO-ORIGIN'],
  Missing: [4, 'nobody-knows', 'PO-ORIGIN'],
  Delivered: [10, 'citizen', undefined],
  Completed: [10, 'citizen', undefined],
  ReturnedToAgency: [9, 'agency', undefined],
  ReturnedToCitizen: [8, 'citizen', undefined],
  Cancelled: [7, 'citizen', undefined],
  Ownerless: [8, 'post', undefined],
  Lost: [8, 'nobody-knows', undefined],
} as const satisfies Record<(typeof places)[number], unknown>;

describe('a place', () => {
  it.each(places)('the place %s has its national status, its holder, and the unit that has to act', (place) => {
    const { nationalStatus, holder } = factsOf(place);
    expect([nationalStatus, holder, actingUnit(dossierAt(place, offices))]).toEqual([...byHand[place]]);
    expect(isEnd(place)).toBe(byHand[place][2] === undefined);
  });

  it('a place where nobody knows the paper lies on the desk of whoever had it last', () => {
    const missing = (lostFrom: 'InTransitToAgency' | 'ResultInTransit') =>
      actingUnit(dossierAt('Missing', { ...offices, lostFrom }));
    expect([missing('InTransitToAgency'), missing('ResultInTransit')]).toEqual(['PO-ORIGIN', 'PO-DELIVERY']);
  });

  it('a place where papers wait to be returned lies on the agency’s desk when the citizen had lodged them in person', () => {
    expect(actingUnit(dossierAt('HeldAtAgency', { ...offices, frontDoor: 'result-only' }))).toBe('AG-AGENCY');
  });

  it('a place before the agency has the paper lies on the agency’s desk when the citizen lodges it in person', () => {
    expect(actingUnit(dossierAt('Registered', { ...offices, frontDoor: 'result-only' }))).toBe('AG-AGENCY');
  });
});
