import { describe, expect, it } from '@jest/globals';
import { clocks } from '../../../domain/journey/clocks.ts';
import { detailNames, eventFacts, eventKinds, eventTypes } from '../../../domain/journey/events.ts';
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
    Collected           by clerk, courier          with papers, sealNumber, amountCollected     perhaps evidence
    PickupAgreed        by clerk, courier          with appointment
    LodgedAtAgency      by officer                 with resultDueAt                             perhaps papers, officialCode
    Cancelled           by portal, clerk           with reason
    RegistrationLapsed  by clock`,
  PickupScheduled: `
    Collected           by clerk, courier          with papers, sealNumber, amountCollected     perhaps evidence
    PickupAgreed        by clerk, courier          with appointment
    PickupFailed        by clerk, courier          with reason                                  perhaps evidence
    Cancelled           by portal, clerk           with reason`,
  // The post has them. The sender may have them back as long as they are at the office.
  Collected: `
    Dispatched          by clerk, courier          with itemCode
    Withdrawn           by portal, clerk           with reason`,
  // The agency signs for what it receives: nobody signs in its place. Whoever carries says what differs, too.
  InTransitToAgency: `
    HandedToAgency      by officer                 with papers, sealIntact, feeHandedOver, resultDueAt  perhaps officialCode, evidence
    HandoverDisputed    by officer, courier        with reason                                  perhaps papers, sealIntact, feeHandedOver, evidence
    ReportedMissing     by clerk, courier          with reason`,
  HandoverDisputed: `
    DisputeSettled      by officer                 with outcome                                 perhaps resultDueAt, reason, officialCode, evidence`,
  // The agency has them: it alone decides, and it alone moves its own date.
  AtAgency: `
    ResultAnnounced     by officer                                                              perhaps officialCode
    SupplementRequested by officer                 with reason
    DueDateMoved        by officer                 with resultDueAt, reason
    Refused             by officer                 with reason
    Stopped             by officer                 with reason
    Withdrawn           by officer                 with reason`,
  SupplementRequested: `
    SupplementReceived  by officer                                                              perhaps papers, resultDueAt
    SupplementLapsed    by clock`,
  // The post fetches the result and carries it; whoever is to receive it may have it sent elsewhere.
  ResultReady: `
    ResultCollected     by clerk, courier          with itemCode                                perhaps papers, evidence`,
  ResultInTransit: `
    OutForDelivery      by clerk, courier
    Redirected          by portal, clerk           with postOfficeId                            perhaps reason
    ReportedMissing     by clerk, courier          with reason`,
  // On the road only the courier has it in his hands; at the counter only the clerk.
  OutForDelivery: `
    Delivered           by courier                 with receiver, evidence, amountCollected
    DeliveryFailed      by courier                 with reason, solution                        perhaps nextAttemptAt, evidence`,
  AwaitingRedelivery: `
    OutForDelivery      by clerk, courier
    HeldForCollection   by clerk, courier          with reason`,
  HeldAtPostOffice: `
    Delivered           by clerk                   with receiver, evidence, amountCollected
    HoldExpired         by clock`,
  ReturningToAgency: `
    ReturnedToAgency    by officer                                                              perhaps papers, evidence`,
  ReturningToCitizen: `
    ReturnedToCitizen   by clerk, courier          with receiver, evidence`,
  // Whoever finds it says so; that it is lost is said by the office, not by a courier.
  Missing: `
    Found               by clerk, courier                                                       perhaps postOfficeId
    DeclaredLost        by clerk                   with reason`,
};

/** What may be said when the journey is over, too. */
const atEnds = `
    ProofSupplied       by clerk, courier, officer with concerns                                perhaps papers, sealNumber, sealIntact, amountCollected, feeHandedOver, resultDueAt, receiver, evidence
    MatterSettled       by clerk, officer          with concerns, reason`;

/** What may be said wherever the journey goes on. */
const everywhere = `
    ContactCorrected    by portal, clerk, officer  with contact
    Scanned             by clerk, courier          with postOfficeId
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
  const line = (isEnd(place) ? atEnds : `${saidByHand[place] ?? ''}${everywhere}${atEnds}`)
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
  const open: readonly Omit<Rule, 'from' | 'to'>[] = remarks.filter((remark) => !isEnd(place) || remark.atEnds);
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
    expect(Object.keys(saidByHand).toSorted()).toEqual(places.filter((place) => !isEnd(place)).toSorted());
    const events = Object.values(saidByHand)
      .flatMap((text) => text.trim().split('\n'))
      .map((line) => line.trim().split(/\s+/)[0]);
    expect(events.filter((event) => !eventTypes.some((type) => type === event))).toEqual([]);
  });

  it('who may report what is one and the same for every line of an event in a place: who says it does not depend on what he says', () => {
    for (const { from, on, by } of rules)
      for (const other of rules.filter((rule) => rule.from === from && rule.on === on))
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
    expect([...new Set(Object.values(clocks).map(({ then }) => then))].toSorted()).toEqual(ofKind('clock').toSorted());
  });

  it('the kind of an event is a remark’s exactly where it moves nothing, speaks of no other event, and no clock says it', () => {
    const moving = new Set(rules.map(({ on }) => on));
    const noted = remarks
      .filter(({ on, requires }) => eventFacts[on].kind !== 'clock' && !requires.includes('concerns'))
      .map(({ on }) => on);
    expect(ofKind('remark').toSorted()).toEqual(noted.toSorted());
    for (const on of ofKind('remark')) expect([on, moving.has(on)]).toEqual([on, false]);
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
