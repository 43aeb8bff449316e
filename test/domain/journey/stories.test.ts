import { describe, expect, it } from '@jest/globals';
import { addWorkingDays, agencyCalendar } from '../../../domain/calendar/working-calendar.ts';
import { decide, runOut } from '../../../domain/journey/decide.ts';
import type { Dossier } from '../../../domain/journey/dossier.ts';
import type { Details } from '../../../domain/journey/events.ts';
import {
  clerk,
  clock,
  courier,
  day,
  dossierAt,
  hour,
  label,
  monday,
  officer,
  portal,
  registered,
  report,
  tell,
  type Told,
  at,
} from './town.ts';

/** The roads written by hand, as somebody at the counter would tell them: an independent look at the table. */
const papers = { originals: 2, copies: 1 };
const evidence = [{ kind: 'signature', sha256: 'b'.repeat(64) }] as const;
const receiver = { relationship: 'self' } as const;

function collected(dossier: Dossier): Told {
  return {
    by: clerk,
    type: 'Collected',
    details: { papers, sealNumber: 'BK-0001', amountCollected: dossier.charges.dueAtCollection },
  };
}
function dispatched(): Told {
  return { by: clerk, type: 'Dispatched', details: { itemCode: label() } };
}
function handed(dossier: Dossier): Told {
  return {
    by: officer,
    type: 'HandedToAgency',
    details: { papers, sealIntact: true, feeHandedOver: dossier.charges.stateFee, resultDueAt: monday + 10 * day },
  };
}
const announced: Told = { by: officer, type: 'ResultAnnounced' };
function resultCollected(): Told {
  return { by: courier, type: 'ResultCollected', details: { itemCode: label() } };
}
const outForDelivery: Told = { by: courier, type: 'OutForDelivery' };
function delivered(dossier: Dossier): Told {
  return {
    by: courier,
    type: 'Delivered',
    details: { receiver, evidence, amountCollected: dossier.charges.dueOnDelivery },
  };
}

function toAgency(dossier: Dossier): readonly Told[] {
  return [collected(dossier), dispatched(), handed(dossier)];
}
function home(dossier: Dossier): readonly Told[] {
  return [resultCollected(), outForDelivery, delivered(dossier)];
}

function refusalOf(dossier: Dossier, { by, type, details }: Told): unknown {
  const decision = decide(dossier, report(by, type, details), monday + 2 * hour);
  if (!decision.ok) return decision.refusal;
  return decision.value.event.standing ?? 'granted';
}

describe('a dossier handed in at the counter', () => {
  const dossier = registered('counter');

  it('a dossier handed in at the counter is collected, carried, settled, and its result delivered', () => {
    const there = tell(dossier, [...toAgency(dossier), announced, ...home(dossier)]);
    expect(there).toMatchObject({
      place: 'Delivered',
      version: 8,
      milestone: 8,
      papers,
      sealNumber: 'BK-0001',
      attempts: { pickup: 0, delivery: 0 },
    });
    expect(there.legs.map(({ kind }) => kind)).toEqual(['inbound', 'result']);
    expect(there).not.toHaveProperty('dueAt');
  });

  it('a dossier handed in at the counter cannot be lodged in person as well, nor have a pickup agreed', () => {
    expect(refusalOf(dossier, { by: officer, type: 'LodgedAtAgency', details: { resultDueAt: monday + day } })).toBe(
      'contradicts',
    );
    expect(
      refusalOf(dossier, {
        by: clerk,
        type: 'PickupAgreed',
        details: { appointment: { from: monday, until: monday + hour } },
      }),
    ).toEqual({ name: 'NoSuchStep', place: 'Registered', on: 'PickupAgreed' });
  });

  it('a dossier handed in at the counter is completed at the agency when the citizen collects the result there', () => {
    const stays = registered('counter', { returnByPost: false });
    const waiting = tell(stays, [...toAgency(stays), announced]);
    expect(waiting).toMatchObject({ place: 'ResultAtAgency', nationalStatus: 9 });
    const handedOut: Told = { by: officer, type: 'ResultHandedOut', details: { receiver, evidence } };
    expect(tell(waiting, [handedOut])).toMatchObject({ place: 'Completed', nationalStatus: 10 });
  });

  it('a dossier handed in at the counter can be withdrawn before it leaves, and comes back against a signature', () => {
    const back = tell(dossier, [
      collected(dossier),
      { by: clerk, type: 'Withdrawn', details: { reason: 'citizen-asked', receiptShown: true } },
    ]);
    expect(back.place).toBe('ReturningToCitizen');
    const unsigned = decide(
      back,
      report(courier, 'ReturnedToCitizen', { receiver }, back.since + hour),
      back.since + hour,
    );
    expect(unsigned).toMatchObject({ ok: true, value: { event: { proofPending: ['identityPaper', 'evidence'] } } });
    expect(tell(back, [{ by: courier, type: 'ReturnedToCitizen', details: { receiver, evidence } }]).place).toBe(
      'ReturnedToCitizen',
    );
  });
});

describe('a dossier to be picked up', () => {
  const dossier = registered('pickup');
  const agreed: Told = {
    by: clerk,
    type: 'PickupAgreed',
    details: { appointment: { from: monday + day, until: monday + day + 2 * hour } },
  };
  const failed: Told = { by: courier, type: 'PickupFailed', details: { reason: 'citizen-absent' } };

  it('a dossier to be picked up waits for the agreed hour, is collected at home, and its result delivered', () => {
    const waiting = tell(dossier, [agreed]);
    expect(waiting).toMatchObject({ place: 'PickupScheduled', dueAt: monday + day + 2 * hour });
    expect(
      tell(waiting, [
        { ...collected(dossier), by: courier },
        dispatched(),
        handed(dossier),
        announced,
        ...home(dossier),
      ]).place,
    ).toBe('Delivered');
  });

  it('a dossier to be picked up is agreed anew when the hour is moved', () => {
    const later = { from: monday + 3 * day, until: monday + 3 * day + hour };
    expect(tell(dossier, [agreed, { ...agreed, details: { appointment: later } }])).toMatchObject({
      place: 'PickupScheduled',
      dueAt: later.until,
      version: 3,
    });
  });

  it('a dossier to be picked up goes back to be agreed anew after a first and a second failure, and is cancelled at the third', () => {
    const once = tell(dossier, [agreed, failed]);
    expect(once).toMatchObject({ place: 'Registered', attempts: { pickup: 1 } });
    const twice = tell(once, [agreed, failed]);
    expect(twice).toMatchObject({ place: 'Registered', attempts: { pickup: 2 } });
    expect(tell(twice, [agreed, failed])).toMatchObject({ place: 'Cancelled', attempts: { pickup: 3 } });
  });

  it('a dossier to be picked up can be cancelled by the portal that registered it, and by nobody on the road', () => {
    const waiting = tell(dossier, [agreed]);
    const cancelled: Told = { by: portal, type: 'Cancelled', details: { reason: 'citizen-asked' } };
    expect(tell(waiting, [cancelled]).place).toBe('Cancelled');
    expect(refusalOf(waiting, { ...cancelled, by: courier })).toEqual({
      name: 'NotYourStep',
      place: 'PickupScheduled',
      on: 'Cancelled',
      by: ['portal', 'clerk'],
    });
  });
});

describe('a dossier of which the post brings the result only', () => {
  const dossier = registered('result-only', { procedureCode: '1.001193' });

  it('a dossier of which the post brings the result only begins when the agency has it, and the postage is paid at the door', () => {
    expect(dossier.charges).toMatchObject({ dueAtCollection: 0, dueOnDelivery: 26_000, stateFee: 0 });
    const lodged = tell(dossier, [{ by: officer, type: 'LodgedAtAgency', details: { resultDueAt: monday + 3 * day } }]);
    expect(lodged).toMatchObject({ place: 'AtAgency', dueAt: monday + 3 * day });
    expect(tell(lodged, [announced, ...home(dossier)])).toMatchObject({
      place: 'Delivered',
      legs: [{ kind: 'result' }],
    });
  });

  it('a dossier of which the post brings the result only is not collected from the citizen by the post', () => {
    expect(
      refusalOf(dossier, { by: clerk, type: 'Collected', details: { papers, sealNumber: 'BK-1', amountCollected: 0 } }),
    ).toBe('contradicts');
  });
});

describe('a dossier at the agency', () => {
  const dossier = tell(registered('counter'), toAgency(registered('counter')));
  const asked: Told = { by: officer, type: 'SupplementRequested', details: { reason: 'papers-incomplete' } };

  it('a dossier at the agency has its date moved by the working days that a supplement was awaited, where its term is not known', () => {
    const { resultDueAt = 0 } = dossier;
    const waiting = tell(dossier, [asked]);
    expect(waiting).toMatchObject({ place: 'SupplementRequested', resultDueAt, dueAt: at('2026-04-02T00:00') });
    const back = tell(waiting, [{ by: officer, type: 'SupplementReceived', occurredAt: waiting.since + 5 * hour }]);
    expect(back).toMatchObject({ place: 'AtAgency', resultDueAt, dueAt: resultDueAt });
    const later = tell(waiting, [{ by: officer, type: 'SupplementReceived', occurredAt: waiting.since + day }]);
    expect(later.resultDueAt).toBe(addWorkingDays(resultDueAt, 1, agencyCalendar));
  });

  it('a dossier at the agency takes the date that the agency names with the supplement instead', () => {
    const named = monday + 40 * day;
    expect(
      tell(dossier, [asked, { by: officer, type: 'SupplementReceived', details: { resultDueAt: named } }]),
    ).toMatchObject({ resultDueAt: named, dueAt: named });
  });

  it('a dossier at the agency never has its date moved back by a supplement whose report is older than the request', () => {
    const waiting = tell(dossier, [asked]);
    expect(
      tell(waiting, [{ by: officer, type: 'SupplementReceived', occurredAt: waiting.since - day }]).resultDueAt,
    ).toBe(dossier.resultDueAt);
  });

  it('a dossier at the agency goes back to the citizen when no supplement comes', () => {
    const waiting = tell(dossier, [asked]);
    const told = runOut(waiting, waiting.dueAt ?? 0);
    expect(told).toMatchObject({ type: 'SupplementLapsed', by: clock });
    expect(tell(waiting, [{ by: clock, type: 'SupplementLapsed' }])).toMatchObject({
      place: 'HeldAtAgency',
      nationalStatus: 8,
    });
  });

  it.each(['Refused', 'Stopped', 'Withdrawn'] as const)(
    'a dossier at the agency waits there to be returned when it is %s, which only the agency can say',
    (type) => {
      const details: Details = { reason: 'not-eligible' };
      const held = tell(dossier, [{ by: officer, type, details }]);
      expect(held.place).toBe('HeldAtAgency');
      const fetched: Told = { by: courier, type: 'ReturnCollected', details: { itemCode: label() } };
      expect(tell(held, [fetched])).toMatchObject({
        place: 'ReturningToCitizen',
        legs: [{ kind: 'inbound' }, { kind: 'return' }],
      });
      const takenBack: Told = { by: officer, type: 'TakenBack', details: { receiver, evidence } };
      expect(tell(held, [takenBack]).place).toBe('ReturnedToCitizen');
      expect(refusalOf(dossier, { by: courier, type, details })).toEqual({
        name: 'NotYourStep',
        place: 'AtAgency',
        on: type,
        by: ['officer'],
      });
    },
  );

  it('a dossier at the agency gets a new date with an apology and stays', () => {
    const moved = tell(dossier, [
      { by: officer, type: 'DueDateMoved', details: { resultDueAt: monday + 30 * day, reason: 'agency-needs-time' } },
    ]);
    expect(moved).toMatchObject({
      place: 'AtAgency',
      resultDueAt: monday + 30 * day,
      dueAt: monday + 30 * day,
      milestone: moved.version,
    });
  });

  it('a dossier at the agency has no result that a courier announces', () => {
    expect(refusalOf(dossier, { ...announced, by: courier })).toEqual({
      name: 'NotYourStep',
      place: 'AtAgency',
      on: 'ResultAnnounced',
      by: ['officer'],
    });
  });
});

describe('a hand-over with something wrong', () => {
  const dossier = tell(registered('counter'), [collected(registered('counter')), dispatched()]);
  const disputed = tell(dossier, [
    {
      by: officer,
      type: 'HandoverDisputed',
      details: { reason: 'counts-differ', papers: { originals: 1, copies: 1 } },
    },
  ]);

  it('a hand-over with something wrong is settled by the agency taking the dossier, with the date of the result', () => {
    expect(
      tell(disputed, [
        { by: officer, type: 'DisputeSettled', details: { outcome: 'accepted', resultDueAt: monday + 9 * day } },
      ]),
    ).toMatchObject({ place: 'AtAgency', dueAt: monday + 9 * day });
    expect(refusalOf(disputed, { by: officer, type: 'DisputeSettled', details: { outcome: 'accepted' } })).toEqual({
      name: 'ProofMissing',
      on: 'DisputeSettled',
      missing: ['resultDueAt'],
    });
  });

  it('a hand-over with something wrong is settled by sending the dossier back, with the reason', () => {
    expect(
      tell(disputed, [{ by: officer, type: 'DisputeSettled', details: { outcome: 'returned', reason: 'seal-broken' } }])
        .place,
    ).toBe('ReturningToCitizen');
  });

  it('a hand-over with something wrong is not settled without saying how', () => {
    expect(refusalOf(disputed, { by: officer, type: 'DisputeSettled' })).toEqual({
      name: 'ProofMissing',
      on: 'DisputeSettled',
      missing: ['outcome', 'resultDueAt', 'reason'],
    });
  });

  it('a hand-over with something wrong keeps what the officer counted out of what the post counted', () => {
    expect(disputed.papers).toEqual(papers);
  });
});

describe('a result at the citizen’s door', () => {
  const dossier = registered('counter');
  const ready = tell(dossier, [...toAgency(dossier), announced, resultCollected(), outForDelivery]);
  const redeliver: Told = {
    by: courier,
    type: 'DeliveryFailed',
    details: { reason: 'receiver-absent', solution: 'redeliver', nextAttemptAt: monday + 12 * day },
  };

  it('a result at the citizen’s door waits for the next attempt when nobody is in, and is delivered then', () => {
    const waiting = tell(ready, [redeliver]);
    expect(waiting).toMatchObject({ place: 'AwaitingRedelivery', dueAt: monday + 12 * day, attempts: { delivery: 1 } });
    expect(tell(waiting, [outForDelivery, delivered(dossier)]).place).toBe('Delivered');
  });

  it('a result at the citizen’s door needs the day of the next attempt as long as there is one', () => {
    expect(refusalOf(ready, { ...redeliver, details: { reason: 'receiver-absent', solution: 'redeliver' } })).toEqual({
      name: 'ProofMissing',
      on: 'DeliveryFailed',
      missing: ['nextAttemptAt'],
    });
  });

  it('a result at the citizen’s door is held at the post office after the third failure, whatever the courier proposes', () => {
    const held = tell(ready, [redeliver, outForDelivery, redeliver, outForDelivery, redeliver]);
    expect(held).toMatchObject({ place: 'HeldAtPostOffice', attempts: { delivery: 3 } });
    // The first invitation.
    expect(held.dueAt).toBe(at('2026-03-04T00:00'));
  });

  it.each([
    ['hold', 'HeldAtPostOffice'],
    ['return', 'ReturningToAgency'],
  ] as const)('a result at the citizen’s door goes the way of the solution: %s', (solution, place) => {
    expect(
      tell(ready, [{ by: courier, type: 'DeliveryFailed', details: { reason: 'receiver-refused', solution } }]).place,
    ).toBe(place);
  });

  it('a result at the citizen’s door is not delivered on an officer’s word', () => {
    expect(refusalOf(ready, { ...delivered(dossier), by: officer })).toEqual({
      name: 'NotYourStep',
      place: 'OutForDelivery',
      on: 'Delivered',
      by: ['courier'],
    });
  });

  it('a result held at the post office is handed out by the clerk, and goes back to the agency when the hold expires', () => {
    const held = tell(ready, [
      { by: courier, type: 'DeliveryFailed', details: { reason: 'receiver-absent', solution: 'hold' } },
    ]);
    expect(tell(held, [{ ...delivered(dossier), by: clerk }]).place).toBe('Delivered');
    const back = tell(held, [{ by: clock, type: 'HoldExpired' }]);
    expect(back.place).toBe('ReturningToAgency');
    expect(tell(back, [{ by: officer, type: 'ReturnedToAgency' }]).place).toBe('ReturnedToAgency');
  });
});

describe('a result on its way', () => {
  const dossier = registered('counter');
  const onTheWay = tell(dossier, [...toAgency(dossier), announced, resultCollected()]);
  const missing: Told = { by: courier, type: 'ReportedMissing', details: { reason: 'not-found-in-bag' } };

  it('a result on its way is redirected to another post office, whose people may speak from then on, and the old one’s no more', () => {
    // The office at the agency keeps its say.
    const fromElsewhere: Dossier = { ...onTheWay, postOfficeId: 'PO-CHORA', deliveryPostOfficeId: 'PO-BANGTHANH' };
    const redirected = tell(fromElsewhere, [{ by: portal, type: 'Redirected', details: { postOfficeId: 'PO-NARI' } }]);
    expect(redirected).toMatchObject({
      place: 'ResultInTransit',
      deliveryPostOfficeId: 'PO-NARI',
      milestone: redirected.version,
    });
    expect(tell(redirected, [{ by: { role: 'courier', unit: 'PO-NARI' }, type: 'OutForDelivery' }]).place).toBe(
      'OutForDelivery',
    );
    const former: Told = { by: { role: 'courier', unit: 'PO-BANGTHANH' }, type: 'OutForDelivery' };
    expect(refusalOf(fromElsewhere, former)).toBe('granted');
    expect(refusalOf(redirected, former)).toEqual({ name: 'UnknownDossier' });
  });

  it('a result on its way is not redirected to a post office that nobody knows', () => {
    expect(
      refusalOf(onTheWay, { by: portal, type: 'Redirected', details: { postOfficeId: 'PO-ATLANTIS' } }),
    ).toMatchObject({ name: 'UnknownPostOffice', postOfficeId: 'PO-ATLANTIS' });
  });

  it('a result on its way that went missing goes on where it was when it is found', () => {
    const lost = tell(onTheWay, [missing]);
    expect(lost).toMatchObject({ place: 'Missing', lostFrom: 'ResultInTransit', dueAt: at('2026-04-02T00:00') });
    expect(tell(lost, [{ by: clerk, type: 'Found' }, outForDelivery]).place).toBe('OutForDelivery');
  });

  it('a result on its way that went missing before the agency had it goes on to the agency', () => {
    const inbound = tell(dossier, [collected(dossier), dispatched(), missing]);
    expect(tell(inbound, [{ by: courier, type: 'Found' }]).place).toBe('InTransitToAgency');
  });

  it('a result on its way that was lost twice goes on where it was the second time', () => {
    const twice = tell(dossier, [
      collected(dossier),
      dispatched(),
      missing,
      { by: clerk, type: 'Found' },
      handed(dossier),
      announced,
      resultCollected(),
      missing,
    ]);
    expect(tell(twice, [{ by: clerk, type: 'Found' }]).place).toBe('ResultInTransit');
  });

  it('a result on its way is declared lost by an office, not by a courier', () => {
    const lost = tell(onTheWay, [missing]);
    const declared: Told = { by: clerk, type: 'DeclaredLost', details: { reason: 'not-found-in-bag' } };
    expect(tell(lost, [declared]).place).toBe('Lost');
    expect(refusalOf(lost, { ...declared, by: courier })).toMatchObject({
      name: 'NotYourStep',
      by: ['clerk', 'officer'],
    });
  });
});

describe('a scan on the way', () => {
  it('a scan on the way is noted wherever the paper is, moves nothing and wakes nobody', () => {
    const dossier = dossierAt('InTransitToAgency');
    const decision = decide(dossier, report(courier, 'Scanned', { postOfficeId: 'PO-NARI' }), monday + hour);
    expect(decision).toMatchObject({
      ok: true,
      value: { event: { milestone: false, from: 'InTransitToAgency', to: 'InTransitToAgency' } },
    });
    expect(decision.ok && decision.value.dossier).toEqual({ ...dossier, version: dossier.version + 1 });
  });

  it('a scan on the way comes too late once the journey has ended', () => {
    expect(
      refusalOf(dossierAt('Delivered'), { by: courier, type: 'Scanned', details: { postOfficeId: 'PO-NARI' } }),
    ).toMatchObject({ name: 'NoSuchStep', place: 'Delivered' });
  });
});
