import { describe, expect, it } from '@jest/globals';
import { eventFacts, eventTypes } from '../../../domain/journey/events.ts';
import { acts } from '../../../domain/journey/sources.ts';
import { daysOf, legDays, termFacts, termKinds } from '../../../domain/journey/terms.ts';
import { dossierAt } from './town.ts';

/** Why somebody says it, said by hand: it happened to paper, it is asked, decided, rung, or only noted. */
const kinds: Readonly<Record<string, string>> = {
  'request': 'DossierRegistered, Cancelled, Withdrawn, Redirected, ReturnWayChanged, Recalled, ComplaintMade',
  'decision':
    'PickupAgreed, HandoverDisputed, DisputeSettled, ResultAnnounced, SupplementRequested, Refused, Stopped, DueDateMoved, DeclaredLost, DutyRequested, ChargesConfirmed, DeliveryCancelled, ComplaintAnswered, LiabilityAgreed, StatusReported, UnitSucceeded, TrackingCodeReplaced, DatesMoved, MatterSettled',
  'physical-fact':
    'PickupFailed, Collected, LodgedAtAgency, Dispatched, HandedToAgency, SupplementReceived, ResultCollected, OutForDelivery, Delivered, DeliveryFailed, HeldForCollection, ReturnedToAgency, ReturnedToCitizen, ReportedMissing, Found, ResultHandedOut, ReturnCollected, TakenBack, HandoverFailed, ReturnFailed, Invited, SupplementSent, DutyPaid, CitizenTold, AppointmentSlipSent, AppointmentSlipDelivered, HandedBack, RestDelivered, DamagedAndRepacked, CompensationPaid, ProofSupplied',
  'clock': 'RegistrationLapsed, SupplementLapsed, HoldExpired, BecameOwnerless, DeadlinePassed',
  'remark': 'HandoverOffered, ContactCorrected, Scanned',
};

describe('every event', () => {
  it('every event is of its kind', () => {
    for (const [kind, names] of Object.entries(kinds))
      expect([kind, eventTypes.filter((type) => eventFacts[type].kind === kind).toSorted()]).toEqual([
        kind,
        names.split(', ').toSorted(),
      ]);
    expect(Object.values(kinds).flatMap((names) => names.split(', '))).toHaveLength(eventTypes.length);
  });
});

describe('the statutory terms', () => {
  it('the statutory terms begin and end with what the statutes say, and are whose who has to keep them', () => {
    expect(
      termKinds.map((kind) => {
        const { opens, closes, length, owner, outlives } = termFacts[kind];
        return [kind, opens.join(' '), closes.join(' '), JSON.stringify(length), owner, outlives === true];
      }),
    ).toEqual([
      [
        'inbound-leg',
        'Collected',
        'CitizenTold AppointmentSlipDelivered Withdrawn Refused Stopped',
        '{"leg":"inbound"}',
        'origin',
        false,
      ],
      [
        'result-leg',
        'ResultCollected',
        'Delivered DeliveryFailed CitizenTold Recalled',
        '{"leg":"result"}',
        'delivery',
        false,
      ],
      ['return-leg', 'ReturnCollected', 'ReturnedToCitizen ReturnFailed', '{"leg":"inbound"}', 'origin', false],
      [
        'supplement-leg',
        'SupplementSent',
        'SupplementReceived SupplementLapsed Withdrawn',
        '{"leg":"inbound"}',
        'origin',
        false,
      ],
      ['hand-back', 'Delivered', 'HandedBack DeliveryCancelled', '{"workingDays":3}', 'delivery', true],
      ['rest', 'Delivered', 'RestDelivered DeliveryCancelled', '{"workingDays":2}', 'delivery', true],
      ['damage', 'DamagedAndRepacked', 'CitizenTold', '{"workingDays":1}', 'reporter', true],
      ['remedy', 'DeclaredLost', '', '{"workingDays":5}', 'origin', true],
      ['complaint', 'ComplaintMade', 'ComplaintAnswered', '{"workingDays":5}', 'origin', true],
      ['compensation', 'LiabilityAgreed', 'CompensationPaid', '{"days":30}', 'origin', true],
      ['status-differs', 'StatusReported', '', '{"workingDays":1}', 'reporter', true],
    ]);
  });

  it('the statutory terms of a way are those of its zone, doubled where a slip is brought instead of a result', () => {
    expect(legDays).toEqual({
      'within-district': 1,
      'between-districts': 2,
      'same-region': 4,
      'adjacent-region': 4,
      'distant-region': 4,
    });
    const from = (postOfficeId: string, deliveryPostOfficeId: string, returnByPost = true) =>
      dossierAt('Collected', { postOfficeId, deliveryPostOfficeId, returnByPost });
    expect(daysOf('inbound-leg', from('PO-BACKAN', 'PO-NARI'))).toBe(1);
    expect(daysOf('inbound-leg', from('PO-NARI', 'PO-BACKAN'))).toBe(2);
    expect(daysOf('inbound-leg', from('PO-NARI', 'PO-BACKAN', false))).toBe(4);
    expect(daysOf('return-leg', from('PO-NARI', 'PO-BACKAN', false))).toBe(2);
    expect(daysOf('result-leg', from('PO-BACKAN', 'PO-NARI', false))).toBe(2);
    // Of an office that nobody knows the way may be the longest.
    expect(daysOf('inbound-leg', from('PO-NOWHERE', 'PO-BACKAN'))).toBe(4);
    expect(daysOf('compensation', from('PO-NARI', 'PO-NARI'))).toBe(30);
    expect(daysOf('complaint', from('PO-NARI', 'PO-NARI'))).toBe(5);
  });
});

describe('the acts that may be cited', () => {
  it('the acts that may be cited have these articles, each with so many clauses', () => {
    const counted = Object.entries(acts).map(([act, { inForceSince, articles }]) => {
      const of: Readonly<Record<string, { readonly clauses: readonly string[] }>> = articles;
      const clauses = Object.entries(of).map(([article, one]) => `${article}: ${one.clauses.length}`);
      return [act, inForceSince, clauses.join(', ')];
    });
    expect(counted).toEqual([
      ['QĐ45', '2016-12-16', '5: 3, 6: 6, 7: 5, 8: 4, 9: 4, 10: 3, 11: 3, 12: 4, 13: 8, 14: 4, 15: 6, 16: 5'],
      ['TT17', '2017-08-15', '4: 3, 5: 3, 7: 2, 8: 2, 9: 2, 11: 3, 12: 2'],
      ['LuậtBC', '2011-01-01', '16: 3, 17: 5, 38: 5, 41: 4'],
      ['NĐ47', '2011-08-15', '24: 3, 25: 3, 26: 2'],
      ['BLDS', '2017-01-01', '147: 3, 148: 6'],
    ]);
  });
});
