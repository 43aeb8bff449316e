import { describe, expect, it } from '@jest/globals';
import type { Dossier, JourneyEvent } from '../../../domain/journey/dossier.ts';
import type { EventType } from '../../../domain/journey/events.ts';
import { asJudged } from '../../../domain/journey/judged.ts';
import type { Place } from '../../../domain/journey/places.ts';
import { tellingsToPlan, whyNot, type Telling } from '../../../domain/telling/tellings.ts';
import type { Wish } from '../../../domain/telling/wish.ts';
import { at, day, dossierAt, hour, monday, opening } from '../journey/town.ts';

const asked: Wish = { channel: 'sms', language: 'vi', toReceiver: false };
const noon = monday + 4 * hour;

/** An event that led to a place, and stands there. */
function fact(type: EventType, to: Place, change: Partial<JourneyEvent> = {}): JourneyEvent {
  const number = change.number ?? 2;
  return {
    ...opening('counter').event,
    eventId: `e-${number}`,
    type,
    to,
    number,
    receivedAt: noon,
    occurredAt: noon,
    ...change,
  };
}

function plan(
  place: Place,
  events: readonly JourneyEvent[],
  {
    known = [],
    now = noon,
    dossier = {},
    who = asked,
  }: {
    known?: readonly Telling[];
    now?: number;
    dossier?: Partial<Dossier>;
    who?: Wish;
  } = {},
): readonly Telling[] {
  return tellingsToPlan(dossierAt(place, { messages: who, ...dossier }), asJudged(events), known, now);
}

const collected = fact('Collected', 'Collected');
const told: Telling = {
  cause: 'e-2',
  to: 'applicant',
  channel: 'sms',
  language: 'vi',
  message: 'collected',
  state: 'planned',
  sendAt: noon,
};

/** ADR 0043. */
describe('what people are told', () => {
  it('people are told of a fact once, on the channel and in the language that they asked for', () => {
    expect(plan('Collected', [collected])).toEqual([told]);
    expect(plan('Collected', [collected], { known: [{ ...told, state: 'sent' }] })).toEqual([]);
    expect(plan('Collected', [collected], { who: { ...asked, channel: 'zalo', language: 'en' } })).toEqual([
      { ...told, channel: 'zalo', language: 'en' },
    ]);
  });

  it('people are told nothing when they have not asked', () => {
    expect(tellingsToPlan(dossierAt('Collected'), asJudged([collected]), [], noon)).toEqual([]);
  });

  it('people are not rung at night: what is known in the evening waits for the morning', () => {
    const evening = at('2026-03-02T22:00');
    expect(plan('Collected', [collected], { now: evening })).toEqual([{ ...told, sendAt: at('2026-03-03T07:00') }]);
  });

  it('people are not told of what has been overtaken when it becomes known, and why is kept', () => {
    const out = fact('OutForDelivery', 'OutForDelivery', { number: 5 });
    const delivered = fact('Delivered', 'Delivered', { number: 6 });
    expect(plan('Delivered', [out, delivered]).map(({ message, state, why }) => [message, state, why])).toEqual([
      ['out-for-delivery', 'untold', 'overtaken'],
      ['delivered', 'planned', undefined],
    ]);
  });

  it('people are told that the courier comes today on that day only', () => {
    const out = fact('OutForDelivery', 'OutForDelivery');
    expect(plan('OutForDelivery', [out])).toMatchObject([{ state: 'planned' }]);
    expect(plan('OutForDelivery', [out], { now: noon + day })).toMatchObject([{ state: 'untold', why: 'day-over' }]);
    // In the evening of that day it is too late, too: it would be read the next morning.
    expect(plan('OutForDelivery', [out], { now: at('2026-03-02T21:30') })).toMatchObject([{ why: 'day-over' }]);
  });

  it('a failed delivery is told by where the papers are then', () => {
    expect(plan('AwaitingRedelivery', [fact('DeliveryFailed', 'AwaitingRedelivery')])).toMatchObject([
      { message: 'delivery-failed' },
    ]);
    expect(plan('HeldAtPostOffice', [fact('DeliveryFailed', 'HeldAtPostOffice')])).toMatchObject([{ message: 'held' }]);
  });

  it('a settled dispute is told where the agency has the papers then, and otherwise not', () => {
    expect(plan('AtAgency', [fact('DisputeSettled', 'AtAgency')])).toMatchObject([{ message: 'at-agency' }]);
    expect(plan('Collected', [fact('DisputeSettled', 'ReturningToCitizen')])).toEqual([]);
  });

  it('whoever receives is told of the delivery where somebody else does, and the applicant of the rest', () => {
    const who = { ...asked, toReceiver: true };
    const events = [fact('Collected', 'Collected'), fact('OutForDelivery', 'OutForDelivery', { number: 3 })];
    expect(plan('OutForDelivery', events, { who }).map(({ message, to }) => [message, to])).toEqual([
      ['collected', 'applicant'],
      ['out-for-delivery', 'receiver'],
    ]);
  });

  it('people are told once that something told does not hold, and only those who were told or perhaps were', () => {
    const fallen = { ...collected, standing: 'set-aside' } as const;
    for (const state of ['sent', 'claimed'] as const) {
      const known = [{ ...told, state }];
      const [first, ...more] = plan('Registered', [fallen], { known });
      expect([first, more]).toEqual([{ ...told, cause: 'not.e-2', message: 'correction' }, []]);
      expect(plan('Registered', [fallen], { known: [...known, ...(first ? [first] : [])] })).toEqual([]);
    }
    for (const state of ['planned', 'refused', 'dropped', 'untold'] as const)
      expect(plan('Registered', [fallen], { known: [{ ...told, state }] })).toEqual([]);
  });

  it('a delivery that was recorded in error is taken back from whoever was told of it, and the next one is news', () => {
    const delivered = fact('Delivered', 'Delivered', { number: 2 });
    const cancelled = fact('DeliveryCancelled', 'OutForDelivery', { number: 3 });
    const again = fact('Delivered', 'Delivered', { number: 4 });
    const known = [{ ...told, message: 'delivered', state: 'sent' } as const];
    expect(plan('OutForDelivery', [delivered, cancelled], { known })).toMatchObject([{ cause: 'not.e-2' }]);
    expect(plan('Delivered', [delivered, cancelled, again], { known })).toMatchObject([
      { cause: 'e-4', message: 'delivered' },
      { cause: 'not.e-2' },
    ]);
  });

  it.each<[Place, string, number, number]>([
    ['SupplementRequested', 'supplement-ends', 30 * day, 25 * day],
    ['DutyRequested', 'duty-ends', 30 * day, 25 * day],
  ])('whoever waits in %s is reminded once before the term ends', (place, message, length, remindedAfter) => {
    const dossier = { since: monday, dueAt: monday + length };
    const [reminder, ...more] = plan(place, [], { dossier });
    expect([reminder, more]).toMatchObject([{ message, state: 'planned', sendAt: monday + remindedAfter }, []]);
    expect(plan(place, [], { dossier, known: reminder ? [reminder] : [] })).toEqual([]);
    expect(
      plan(place, [], { dossier: { ...dossier, dueAt: monday + length + day }, known: reminder ? [reminder] : [] }),
    ).toHaveLength(1);
  });

  it('people are reminded of the courier the evening before, and of no appointment that is nearer', () => {
    const since = monday;
    expect(plan('PickupScheduled', [], { dossier: { since, dueAt: at('2026-03-04T10:00') } })).toMatchObject([
      { message: 'pickup-tomorrow', sendAt: at('2026-03-03T19:00') },
    ]);
    expect(plan('PickupScheduled', [], { dossier: { since, dueAt: monday + 15 * hour } })).toEqual([]);
  });

  it('people are reminded of what waits at the post office after the second invitation, not before', () => {
    const dossier = { since: monday, dueAt: monday + 9 * day };
    expect(plan('HeldAtPostOffice', [], { dossier: { ...dossier, invitedAt: [monday] } })).toEqual([]);
    const invitedAt = [monday, monday + 7 * day];
    expect(plan('HeldAtPostOffice', [], { dossier: { ...dossier, invitedAt } })).toMatchObject([
      { message: 'hold-ends', sendAt: monday + 8 * day },
    ]);
  });

  it('what was planned is not sent once it is not so any more', () => {
    const dossier = dossierAt('SupplementRequested', { dueAt: monday + 30 * day });
    const [reminder] = plan('SupplementRequested', [], { dossier: { since: monday, dueAt: monday + 30 * day } });
    if (reminder === undefined) throw new Error('nothing was planned');
    const nothing = asJudged([]);
    expect(whyNot(reminder, dossier, nothing, noon)).toBeUndefined();
    expect(whyNot(reminder, { ...dossier, dueAt: monday + 31 * day }, nothing, noon)).toBe('overtaken');
    expect(whyNot(reminder, { ...dossier, milestone: 6 }, nothing, noon)).toBe('overtaken');
    expect(whyNot(told, dossierAt('Collected'), nothing, noon)).toBe('does-not-stand');
    expect(whyNot(told, dossierAt('AtAgency'), asJudged([collected]), noon)).toBeUndefined();
  });
});
