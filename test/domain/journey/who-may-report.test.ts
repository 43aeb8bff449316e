import { describe, expect, it } from '@jest/globals';
import { clocks } from '../../../domain/journey/clocks.ts';
import { detailNames, eventFacts, eventKinds, eventTypes } from '../../../domain/journey/events.ts';
import { isHeardAt } from '../../../domain/journey/lines.ts';
import { isEnd, places, type Place } from '../../../domain/journey/places.ts';
import { lawEdition, remarks, rules, stands, type Rule } from '../../../domain/journey/rules.ts';

/**
 * Who may report what, said a second time, from the side of those who do it. One line an event: who says it, what he
 * has to say with it, and what else he may say. Whoever changes the law changes it here too, and thinks twice.
 */
const saidByHand: Readonly<Record<string, string>> = {
  // The citizen has the papers. The post fetches or takes them; the agency's own counter takes what is lodged in
  // person.
  Registered: `
    Collected           by clerk, courier          with papers, sealNumber, amountCollected     perhaps evidence, documents, feeReceipt
    PickupAgreed        by clerk, courier          with appointment
    LodgedAtAgency      by officer                 with resultDueAt                             perhaps papers, officialCode, documents
    Cancelled           by portal, clerk           with reason
    ChargesConfirmed    by portal, clerk, courier  with amountDue
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    RegistrationLapsed  by clock`,
  PickupScheduled: `
    Collected           by clerk, courier          with papers, sealNumber, amountCollected     perhaps evidence, documents, feeReceipt
    PickupAgreed        by clerk, courier          with appointment
    PickupFailed        by clerk, courier          with reason                                  perhaps evidence
    ChargesConfirmed    by portal, clerk, courier  with amountDue
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    Cancelled           by portal, clerk           with reason`,
  // The post has them. The sender may have them back until they are delivered, with the proof that he sent them.
  Collected: `
    Dispatched          by clerk, courier          with itemCode
    Withdrawn           by portal, clerk           with reason, receiptShown
    ReportedMissing     by clerk, courier          with reason
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReturnWayChanged    by portal, clerk, officer  with returnBy`,
  // The agency signs for what it receives; where its officer does not log in, the post brings the signed record.
  InTransitToAgency: `
    HandedToAgency      by officer, clerk, courier with papers, sealIntact, feeHandedOver, resultDueAt  perhaps officialCode, evidence, documents, receiver
    HandoverOffered     by clerk, courier                                                       perhaps papers, documents, feeHandedOver, evidence
    HandoverFailed      by clerk, courier          with reason                                  perhaps evidence
    HandoverDisputed    by officer, courier        with reason                                  perhaps papers, sealIntact, feeHandedOver, evidence, documents
    Withdrawn           by portal, clerk           with reason, receiptShown
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason`,
  HandoverDisputed: `
    DisputeSettled      by officer                 with outcome                                 perhaps resultDueAt, reason, officialCode, evidence, papers, documents
    Withdrawn           by portal, clerk           with reason, receiptShown
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason`,
  // The agency has them: it alone decides, and it alone moves its own date.
  AtAgency: `
    ResultAnnounced     by officer                                                              perhaps officialCode, amountDue
    SupplementRequested by officer                 with reason
    DutyRequested       by officer                 with amountDue                               perhaps reason
    DueDateMoved        by officer                 with resultDueAt, reason
    Refused             by officer                 with reason
    Stopped             by officer                 with reason
    Withdrawn           by officer                 with reason
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    AppointmentSlipSent by clerk, courier          with itemCode                                perhaps evidence
    AppointmentSlipDelivered by clerk, courier     with receiver, evidence
    ReportedMissing     by officer                 with reason`,
  SupplementRequested: `
    SupplementReceived  by officer                                                              perhaps papers, resultDueAt, documents
    SupplementSent      by clerk, courier          with itemCode, papers, payer                 perhaps documents, amountCollected, evidence
    Withdrawn           by officer                 with reason
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    AppointmentSlipSent by clerk, courier          with itemCode                                perhaps evidence
    AppointmentSlipDelivered by clerk, courier     with receiver, evidence
    ReportedMissing     by officer                 with reason
    SupplementLapsed    by clock`,
  DutyRequested: `
    DutyPaid            by portal, clerk, officer  with evidence                                perhaps amountCollected, resultDueAt, feeReceipt
    Withdrawn           by officer                 with reason
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    AppointmentSlipSent by clerk, courier          with itemCode                                perhaps evidence
    AppointmentSlipDelivered by clerk, courier     with receiver, evidence
    ReportedMissing     by officer                 with reason`,
  // The post fetches the result and carries it; or the citizen fetches it, and only the agency says that he has it.
  ResultReady: `
    ResultCollected     by clerk, courier          with itemCode                                perhaps papers, evidence, documents
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    AppointmentSlipDelivered by clerk, courier     with receiver, evidence
    ReportedMissing     by officer                 with reason`,
  ResultAtAgency: `
    ResultHandedOut     by officer                 with receiver, evidence                      perhaps documents, identityPaper, authorityShown
    ReturnWayChanged    by portal, clerk, officer  with returnBy
    AppointmentSlipDelivered by clerk, courier     with receiver, evidence
    ReportedMissing     by officer                 with reason`,
  // What is not decided on waits there: the post fetches it, or the citizen does.
  HeldAtAgency: `
    ReturnCollected     by clerk, courier          with itemCode                                perhaps papers, documents, evidence
    TakenBack           by officer                 with receiver, evidence                      perhaps documents, identityPaper, authorityShown
    ReportedMissing     by officer                 with reason`,
  // Of a result the agency is the sender: it may have it back. Whoever is to receive it may have it sent elsewhere.
  ResultInTransit: `
    OutForDelivery      by clerk, courier
    HeldForCollection   by clerk, courier          with reason
    Redirected          by portal, clerk           with postOfficeId                            perhaps reason
    Recalled            by officer                 with reason, receiptShown
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason`,
  // On the road only the courier has it in his hands; at the counter only the clerk.
  OutForDelivery: `
    Delivered           by courier                 with receiver, identityPaper, evidence, amountCollected  perhaps authorityShown, documents, papersTakenBack, feeReceipt
    DeliveryFailed      by courier                 with reason, solution                        perhaps nextAttemptAt, evidence
    Redirected          by portal, clerk           with postOfficeId                            perhaps reason
    Recalled            by officer                 with reason, receiptShown
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason`,
  AwaitingRedelivery: `
    OutForDelivery      by clerk, courier
    HeldForCollection   by clerk, courier          with reason
    Redirected          by portal, clerk           with postOfficeId                            perhaps reason
    Recalled            by officer                 with reason, receiptShown
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason`,
  HeldAtPostOffice: `
    Delivered           by clerk                   with receiver, identityPaper, evidence, amountCollected  perhaps authorityShown, documents, papersTakenBack, feeReceipt
    Invited             by clerk, courier          with channel                                 perhaps evidence
    Redirected          by portal, clerk           with postOfficeId                            perhaps reason
    Recalled            by officer                 with reason, receiptShown
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason
    HoldExpired         by clock`,
  ReturningToAgency: `
    ReturnedToAgency    by officer, clerk, courier                                              perhaps papers, evidence, documents, receiver
    HandoverOffered     by clerk, courier                                                       perhaps papers, documents, feeHandedOver, evidence
    ReturnFailed        by clerk, courier          with reason                                  perhaps evidence
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason`,
  ReturningToCitizen: `
    ReturnedToCitizen   by clerk, courier          with receiver, identityPaper, evidence       perhaps authorityShown, documents, amountCollected
    ReturnFailed        by clerk, courier          with reason                                  perhaps evidence
    Invited             by clerk, courier          with channel                                 perhaps evidence
    HoldExpired         by clock
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason`,
  // Whom neither side takes it from waits for whoever comes, or for the law to call it ownerless.
  Unreturnable: `
    ReturnedToCitizen   by clerk, courier          with receiver, identityPaper, evidence       perhaps authorityShown, documents, amountCollected
    BecameOwnerless     by clock
    DamagedAndRepacked  by clerk, courier          with reason, sealNumber, papers              perhaps documents, evidence
    ReportedMissing     by clerk, courier          with reason`,
  // Whoever finds it says so; that it is lost is said by an office, not by a courier.
  Missing: `
    Found               by clerk, courier, officer                                              perhaps postOfficeId
    DeclaredLost        by clerk, officer          with reason`,
  Delivered: `
    DeliveryCancelled   by clerk, courier          with reason
    HandedBack          by clerk, courier, officer with evidence                                perhaps feeHandedOver, papers, receiver
    RestDelivered       by clerk, courier          with receiver, evidence                      perhaps papers, documents, identityPaper, authorityShown`,
};

/** What may be said when the journey is over, too. */
const atEnds = `
    ProofSupplied       by clerk, courier, officer with concerns                                perhaps papers, sealNumber, sealIntact, amountCollected, feeHandedOver, resultDueAt, receiver, evidence, identityPaper, receiptShown, documents
    MatterSettled       by clerk, officer, supervisor  with concerns, reason
    CitizenTold         by portal, clerk, courier, officer, messenger with told, channel
    ComplaintMade       by portal, clerk           with complaint
    ComplaintAnswered   by clerk                   with outcome, channel                        perhaps reason
    LiabilityAgreed     by clerk                   with amountDue, evidence
    CompensationPaid    by clerk                   with amountCollected, evidence
    StatusReported      by officer                 with reportedStatus
    TrackingCodeReplaced  by portal, clerk, supervisor`;

/** What may be said wherever the journey goes on. */
const everywhere = `
    ContactCorrected    by portal, clerk, officer  with contact
    Scanned             by clerk, courier          with postOfficeId
    UnitSucceeded       by ops                     with succession
    DatesMoved          by ops                     with reason                                  perhaps shutUntil
    DeadlinePassed      by clock`;

interface Cell {
  readonly by: readonly string[];
  readonly must: readonly string[];
  readonly may: readonly string[];
}
const nobody: Cell = { by: [], must: [], may: [] };

function words(text = ''): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .toSorted();
}

function cellByHand(place: Place, event: string): Cell {
  const line = `${saidByHand[place] ?? ''}${isEnd(place) ? '' : everywhere}${atEnds}`
    .split('\n')
    .find((one) => one.trim().split(/\s+/)[0] === event);
  const parts = /by (?<by>[\w, ]+?)(?:\s+with (?<must>[\w, ]+?))?(?:\s+perhaps (?<may>[\w, ]+))?\s*$/.exec(
    line ?? '',
  )?.groups;
  return parts === undefined
    ? nobody
    : { by: words(parts['by']), must: words(parts['must']), may: words(parts['may']) };
}

/** What all lines of today's law that speak of this event in this place have in common, and what only some have. */
function cellOfTheLaw(place: Place, event: string): Cell {
  const open: readonly Omit<Rule, 'from' | 'to'>[] = remarks.filter((remark) => isHeardAt(remark, place));
  const lines = [...rules.filter(({ from }) => from === place), ...open].filter(
    (line) => line.on === event && stands(line, lawEdition),
  );
  const must = (name: string) => lines.every(({ requires }) => requires.some((one) => one === name));
  const named = lines.flatMap(({ requires, allows = [] }) => [...requires, ...allows]);
  return {
    by: [...new Set(lines.flatMap(({ by }) => by))].toSorted(),
    must: detailNames.filter((name) => lines.length > 0 && must(name)).toSorted(),
    may: [...new Set(named)].filter((name) => !must(name)).toSorted(),
  };
}

// Holds ADR 0003.
describe('who may report what', () => {
  it.each(places)(
    'who may report what in %s is what was said by hand, for every event and every role, with every detail',
    (place) => {
      for (const event of eventTypes)
        expect([place, event, cellOfTheLaw(place, event)]).toEqual([place, event, cellByHand(place, event)]);
    },
  );

  it('who may report what is said by hand of no place and no event that the law does not have', () => {
    const spoken = places.filter((place) => !isEnd(place) || place === 'Delivered');
    expect(Object.keys(saidByHand).toSorted()).toEqual(spoken.toSorted());
    const events = Object.values(saidByHand)
      .flatMap((text) => text.trim().split('\n'))
      .map((line) => line.trim().split(/\s+/)[0]);
    expect(events.filter((event) => !eventTypes.some((type) => type === event))).toEqual([]);
  });

  it('who may report what is one and the same for every line of an event in a place: who says it does not depend on what he says', () => {
    const standing = rules.filter((rule) => stands(rule, lawEdition));
    for (const { from, on, by } of standing)
      for (const other of standing.filter((rule) => rule.from === from && rule.on === on))
        expect([from, on, [...other.by].toSorted()]).toEqual([from, on, [...by].toSorted()]);
  });
});

describe('the kind of an event', () => {
  const ofKind = (kind: (typeof eventKinds)[number]) => eventTypes.filter((type) => eventFacts[type].kind === kind);

  it('the kind of an event is said of every event, and every kind is in use', () => {
    for (const kind of eventKinds) expect([kind, ofKind(kind).length > 0]).toEqual([kind, true]);
    expect(eventKinds.flatMap(ofKind).toSorted()).toEqual([...eventTypes].toSorted());
  });

  it('the kind of an event is a clock’s exactly where nobody but the clock may say it, and where a clock leads', () => {
    const byTheClock = new Set([...rules, ...remarks].filter(({ by }) => by.includes('clock')).map(({ on }) => on));
    expect([...byTheClock].toSorted()).toEqual(ofKind('clock').toSorted());
    for (const { on, by } of [...rules, ...remarks]) if (byTheClock.has(on)) expect([on, by]).toEqual([on, ['clock']]);
    expect([...new Set(clocks.map(({ then }) => then))].toSorted()).toEqual(ofKind('clock').toSorted());
  });

  it('the kind of an event is a remark’s only where it moves nothing, changes nothing and speaks of no other event', () => {
    const moving = new Set(rules.map(({ on }) => on));
    for (const on of ofKind('remark')) {
      expect([on, moving.has(on)]).toEqual([on, false]);
      const lines = remarks.filter((remark) => remark.on === on);
      expect([on, lines.flatMap(({ effects = [] }) => effects)]).toEqual([on, []]);
      expect(lines.flatMap(({ requires }) => requires)).not.toContain('concerns');
    }
    expect([...ofKind('remark')].toSorted()).toEqual(['ContactCorrected', 'HandoverOffered', 'Scanned']);
  });

  it.each([
    [
      'physical-fact',
      ['Collected', 'Dispatched', 'HandedToAgency', 'ResultCollected', 'Delivered', 'DeliveryFailed', 'Found'],
    ],
    ['request', ['DossierRegistered', 'Cancelled', 'Withdrawn', 'Redirected']],
    ['decision', ['Refused', 'Stopped', 'DueDateMoved', 'ResultAnnounced', 'DisputeSettled', 'DeclaredLost']],
  ] as const)('the kind %s is that of what people would call so', (kind, types) => {
    for (const type of types) expect([type, eventFacts[type].kind]).toEqual([type, kind]);
  });
});
