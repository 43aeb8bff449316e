import { clockOf } from '../../../domain/journey/clocks.ts';
import { describe, expect, it } from '@jest/globals';
import { deadlineOf, nextReminder } from '../../../domain/journey/deadlines.ts';
import { decide, runOut } from '../../../domain/journey/decide.ts';
import type { Dossier } from '../../../domain/journey/dossier.ts';
import { isEnd, places, type Place } from '../../../domain/journey/places.ts';
import { lawEdition } from '../../../domain/journey/rules.ts';
import { at, clerk, clock, courier, day, dossierAt, hour, label, monday, officer, report, tell } from './town.ts';

/** The clock speaks at `now`, and the law takes it. */
function clockSpeaks(dossier: Dossier, now: number): Dossier {
  const told = runOut(dossier, now);
  if (!told) throw new Error('the clock has nothing to say');
  const decision = decide(dossier, told, now);
  if (!decision.ok) throw new Error(`the law refuses its own clock: ${decision.refusal.name}`);
  return decision.value.dossier;
}

function dispatchedAt(when: string): Dossier {
  return tell(dossierAt('Collected', { since: at(when) }), [
    { by: clerk, type: 'Dispatched', details: { itemCode: label() }, occurredAt: at(when) },
  ]);
}

describe('a dossier on its way to the agency', () => {
  it.each([
    ['a Monday morning', '2026-03-02T09:00', '2026-03-04T17:00'],
    ['a Friday: the post works on Saturday', '2026-03-06T10:00', '2026-03-09T17:00'],
    ['a Saturday evening: counted from Monday', '2026-03-07T18:00', '2026-03-11T17:00'],
    ['the Saturday before Tết', '2026-02-14T10:00', '2026-02-23T17:00'],
    ['the day before the Day of Vietnamese Culture', '2026-11-23T10:00', '2026-11-26T17:00'],
  ])(
    'a dossier on its way to the agency is declared overdue after two working days without a receipt, dispatched on %s',
    (_what, when, due) => {
      const onTheWay = dispatchedAt(when);
      expect(onTheWay.dueAt).toBe(at(due));
      expect(runOut(onTheWay, at(due) - 1)).toBeUndefined();
      expect(runOut(onTheWay, at(due))).toMatchObject({ type: 'DeadlinePassed', by: clock, occurredAt: at(due) });
    },
  );

  it('a deadline that is found a day late has passed on its own date, and the reminder counts from the day it was found', () => {
    const onTheWay = dispatchedAt('2026-03-02T09:00');
    const late = at('2026-03-05T20:00');
    expect(runOut(onTheWay, late)).toMatchObject({ type: 'DeadlinePassed', occurredAt: at('2026-03-04T17:00') });
    expect(clockSpeaks(onTheWay, late)).toMatchObject({ place: 'InTransitToAgency', dueAt: at('2026-03-06T17:00') });
  });

  it('a dossier on its way to the agency is spoken of again every working day until the agency has it, and stays where it is', () => {
    const onTheWay = dispatchedAt('2026-03-05T09:00');
    expect(onTheWay.dueAt).toBe(at('2026-03-07T17:00'));
    const once = clockSpeaks(onTheWay, at('2026-03-07T17:00'));
    expect(once).toMatchObject({
      place: 'InTransitToAgency',
      reminders: 1,
      milestone: onTheWay.milestone,
      dueAt: at('2026-03-09T17:00'),
    });
    const twice = clockSpeaks(once, at('2026-03-09T17:00'));
    expect(twice).toMatchObject({ reminders: 2, dueAt: at('2026-03-10T17:00') });
    const there = tell(twice, [
      {
        by: officer,
        type: 'HandedToAgency',
        details: {
          papers: { originals: 2, copies: 1 },
          sealIntact: true,
          feeHandedOver: twice.charges.stateFee,
          resultDueAt: at('2026-03-20T17:00'),
        },
        occurredAt: at('2026-03-10T09:00'),
      },
    ]);
    expect(there).toMatchObject({ place: 'AtAgency', reminders: 0, dueAt: at('2026-03-20T17:00') });
  });

  it('a dossier on its way to the agency that arrived in time is not overdue, though its report came late', () => {
    const onTheWay = dispatchedAt('2026-03-02T09:00');
    const late = decide(
      onTheWay,
      report(courier, 'ReportedMissing', { reason: 'not-found-in-bag' }, at('2026-03-03T09:00')),
      at('2026-03-06T09:00'),
    );
    expect(late).toMatchObject({
      ok: true,
      value: {
        dossier: { since: at('2026-03-03T09:00'), dueAt: at('2026-04-03T00:00') },
        event: { occurredAt: at('2026-03-03T09:00'), receivedAt: at('2026-03-06T09:00') },
      },
    });
  });
});

describe('every place', () => {
  const entered = at('2026-03-02T09:00');
  const due: Record<string, number> = {
    Registered: at('2026-03-10T00:00'),
    PickupScheduled: at('2026-03-04T17:00'),
    Collected: at('2026-03-03T17:00'),
    InTransitToAgency: at('2026-03-04T17:00'),
    // In the hours of the agency, which has to settle it.
    HandoverDisputed: at('2026-03-02T17:00'),
    AtAgency: at('2026-03-23T17:00'),
    SupplementRequested: at('2026-04-02T00:00'),
    ResultReady: at('2026-03-03T17:00'),
    ResultInTransit: at('2026-03-04T17:00'),
    OutForDelivery: at('2026-03-03T09:00'),
    AwaitingRedelivery: at('2026-03-03T17:00'),
    // The first invitation is due within a working day.
    HeldAtPostOffice: at('2026-03-04T00:00'),
    DutyRequested: at('2026-03-16T17:00'),
    ResultAtAgency: at('2026-04-02T00:00'),
    HeldAtAgency: at('2026-03-04T17:00'),
    Unreturnable: at('2026-09-04T00:00'),
    ReturningToAgency: at('2026-03-05T17:00'),
    ReturningToCitizen: at('2026-03-05T17:00'),
    Missing: at('2026-04-02T00:00'),
  };

  it.each(places)('%s: the paper may stay as long as written here by hand', (place) => {
    expect(deadlineOf(place, entered, dossierAt(place), {}, lawEdition)).toBe(due[place]);
  });

  it('every place where an item is held counts invitations that are two working days apart, and no others', () => {
    const held = (...days: readonly string[]) =>
      dossierAt('HeldAtPostOffice', { invitedAt: days.map((one) => at(`${one}T10:00`)) });
    const dueOf = (dossier: Dossier) => deadlineOf('HeldAtPostOffice', entered, dossier, {}, lawEdition);
    // Thursday, two working days on is Monday, and after the second invitation two more.
    expect(dueOf(held('2026-03-05'))).toBe(at('2026-03-10T00:00'));
    expect(clockOf(held('2026-03-05', '2026-03-06'))?.then).toBe('DeadlinePassed');
    expect(dueOf(held('2026-03-05', '2026-03-06'))).toBe(at('2026-03-10T00:00'));
    expect(clockOf(held('2026-03-05', '2026-03-09'))?.then).toBe('HoldExpired');
    expect(dueOf(held('2026-03-05', '2026-03-09'))).toBe(at('2026-03-12T00:00'));
  });

  it('every place held an item 15 days, and 30 where mail does not come every day, under the editions before', () => {
    const dueOf = (remote: boolean) =>
      deadlineOf('HeldAtPostOffice', entered, dossierAt('HeldAtPostOffice', { remote }), {}, 4);
    expect([dueOf(false), dueOf(true)]).toEqual([at('2026-03-18T00:00'), at('2026-04-02T00:00')]);
  });

  it('every place where papers wait for their sender gives them up as unreturnable after two invitations, too', () => {
    const invitedAt = [at('2026-03-05T10:00'), at('2026-03-09T10:00')];
    const back = dossierAt('ReturningToCitizen', {
      since: at('2026-03-03T09:00'),
      invitedAt,
      dueAt: at('2026-03-12T00:00'),
    });
    expect(deadlineOf('ReturningToCitizen', entered, back, {}, lawEdition)).toBe(at('2026-03-12T00:00'));
    expect(runOut(back, at('2026-03-12T00:00'))).toMatchObject({ type: 'HoldExpired' });
    expect(clockSpeaks(back, at('2026-03-12T00:00')).place).toBe('Unreturnable');
  });

  it('every place: a dispute of Friday 16:55 has its eight hours on Monday, in the hours of whoever settles it', () => {
    const disputed = dossierAt('HandoverDisputed');
    expect(deadlineOf('HandoverDisputed', at('2026-03-06T16:55'), disputed, {}, lawEdition)).toBe(
      at('2026-03-09T14:55'),
    );
    expect(deadlineOf('HandoverDisputed', at('2026-03-06T16:55'), disputed, {}, 4)).toBe(at('2026-03-07T00:55'));
  });

  it('every place is counted anew where a calendar was decided late, but for a date that was agreed or moved by a flood', () => {
    const ops = { role: 'ops', unit: 'ops' } as const;
    const moved = (dossier: Dossier) => {
      const said = report(ops, 'DatesMoved', { reason: 'calendar-decided' }, dossier.since + hour);
      const decision = decide(dossier, said, dossier.since + hour);
      return decision.ok ? decision.value.dossier.dueAt : decision.refusal.name;
    };
    const wrong = at('2026-03-03T17:00');
    const since = at('2026-03-02T09:00');
    const term = { kind: 'inbound-leg', eventId: 'e-1', owner: 'PO-BACKAN', openedAt: since, days: 2 } as const;
    const onTheWay = dossierAt('InTransitToAgency', { since, dueAt: wrong, terms: [{ ...term, dueAt: wrong }] });
    expect(moved(onTheWay)).toBe(at('2026-03-04T17:00'));
    const said = report(ops, 'DatesMoved', { reason: 'calendar-decided' }, since + hour);
    const decision = decide(onTheWay, said, since + hour);
    expect(decision.ok && decision.value.dossier.terms).toMatchObject([{ dueAt: at('2026-03-05T00:00') }]);
    expect(decision.ok && decision.value.matters.opened).toMatchObject([{ kind: 'inbound-leg' }]);
    expect(moved(dossierAt('PickupScheduled', { since, dueAt: wrong }))).toBe(wrong);
    expect(moved(dossierAt('InTransitToAgency', { since, dueAt: wrong, isShifted: true }))).toBe(wrong);
  });

  it.each([
    // The way is shut from Monday 09:00 to Wednesday 17:00: two working days are lost.
    ['until the close of business', 'InTransitToAgency', '2026-03-04T17:00', '2026-03-06T17:00'],
    ['until 24:00 of a Wednesday', 'Registered', '2026-03-05T00:00', '2026-03-07T00:00'],
    ['until 24:00 of a Friday, over a Sunday', 'HeldAtPostOffice', '2026-03-07T00:00', '2026-03-10T00:00'],
    ['in the hours of a dispute', 'HandoverDisputed', '2026-03-03T10:00', '2026-03-05T17:00'],
    ['at the agency, which waits for no road', 'AtAgency', '2026-03-04T17:00', '2026-03-04T17:00'],
  ] as const)(
    'every place whose clock runs %s: its date moves by the days that a flood took',
    (_what, place, endsAt, moved) => {
      const since = at('2026-03-02T08:00');
      const dossier = dossierAt(place, { since, dueAt: at(endsAt) });
      const now = at('2026-03-02T09:00');
      const details = { reason: 'force-majeure', shutUntil: at('2026-03-04T17:00') } as const;
      const decision = decide(dossier, report({ role: 'ops', unit: 'ops' }, 'DatesMoved', details, now), now);
      expect(decision.ok && decision.value.dossier.dueAt).toBe(at(moved));
    },
  );

  it('every place keeps the agency’s days with Saturdays off, and the post’s with Saturdays on', () => {
    const friday = at('2026-03-06T10:00');
    expect(deadlineOf('ResultReady', friday, dossierAt('ResultReady'), {}, lawEdition)).toBe(at('2026-03-09T17:00'));
    expect(deadlineOf('ResultInTransit', friday, dossierAt('ResultInTransit'), {}, lawEdition)).toBe(
      at('2026-03-09T17:00'),
    );
    expect(nextReminder('AtAgency', friday)).toBe(at('2026-03-09T17:00'));
    expect(nextReminder('ResultInTransit', friday)).toBe(at('2026-03-07T17:00'));
  });

  it('every place reminds every working day, though each reminder comes a moment after the close of business', () => {
    const justAfterClosing = at('2026-03-05T17:00') + 300;
    expect(nextReminder('InTransitToAgency', justAfterClosing)).toBe(at('2026-03-06T17:00'));
    expect(nextReminder('AtAgency', at('2026-03-06T17:00') + 300)).toBe(at('2026-03-09T17:00'));
  });

  it('every place takes the date that was agreed where there is one', () => {
    expect(
      deadlineOf(
        'PickupScheduled',
        entered,
        dossierAt('PickupScheduled'),
        { appointment: { from: entered + hour, until: entered + 2 * hour } },
        lawEdition,
      ),
    ).toBe(entered + 2 * hour);
    expect(
      deadlineOf(
        'AwaitingRedelivery',
        entered,
        dossierAt('AwaitingRedelivery'),
        { nextAttemptAt: entered + day },
        lawEdition,
      ),
    ).toBe(entered + day);
    expect(
      deadlineOf('AtAgency', entered, dossierAt('AtAgency', { resultDueAt: entered + 9 * day }), {}, lawEdition),
    ).toBe(entered + 9 * day);
  });
});

describe('a term in days', () => {
  it.each<[string, Place, string, string]>([
    [
      'at 24:00 of its last day, whatever the hour at which it began',
      'Registered',
      '2026-03-02T03:12',
      '2026-03-10T00:00',
    ],
    ['at 24:00 of the Monday, where its last day is a Sunday', 'Registered', '2026-03-01T23:59', '2026-03-10T00:00'],
    ['on a Saturday, on which the post works', 'Registered', '2026-02-28T10:00', '2026-03-08T00:00'],
    ['after Tết, where its last day is one of its holidays', 'Registered', '2026-02-10T10:00', '2026-02-22T00:00'],
    [
      'on the Monday, where its last day is the agency’s Saturday',
      'SupplementRequested',
      '2026-03-05T10:00',
      '2026-04-07T00:00',
    ],
  ])('a term in days ends %s (Civil Code art. 147 and 148)', (_when, place, begun, ends) => {
    expect(deadlineOf(place, at(begun), dossierAt(place), {}, lawEdition)).toBe(at(ends));
  });

  it('a term in days that began under an earlier edition of the law ends as that had it, so many times 24 hours later', () => {
    const begun = at('2026-03-01T03:12');
    expect(deadlineOf('Registered', begun, dossierAt('Registered'), {}, 3)).toBe(begun + 7 * day);
  });
});

describe('the clock', () => {
  const meaning: Partial<Record<Place, { type: string; to: Place }>> = {
    Registered: { type: 'RegistrationLapsed', to: 'Cancelled' },
    SupplementRequested: { type: 'SupplementLapsed', to: 'HeldAtAgency' },
    Unreturnable: { type: 'BecameOwnerless', to: 'Ownerless' },
  };
  const open = places.filter((place) => !isEnd(place));

  it.each(open)('the clock says in %s what running out means there, and the law agrees', (place) => {
    const dossier = dossierAt(place, { dueAt: monday });
    const { type, to } = meaning[place] ?? { type: 'DeadlinePassed', to: place };
    expect(runOut(dossier, monday)).toMatchObject({ type, by: clock, details: {} });
    expect(clockSpeaks(dossier, monday)).toMatchObject({ place: to, version: 6, reminders: to === place ? 1 : 0 });
    expect(clockOf(dossier)?.then).toBe(type);
  });

  it.each(open)('the clock is silent in %s before the hour, and where no hour was set', (place) => {
    expect(runOut(dossierAt(place, { dueAt: monday + 1 }), monday)).toBeUndefined();
    const { dueAt: _none, ...timeless } = dossierAt(place);
    expect(runOut(timeless, monday)).toBeUndefined();
  });

  it.each(places.filter(isEnd))('the clock is silent for good in %s', (place) => {
    expect(runOut({ ...dossierAt(place), dueAt: monday }, monday + day)).toBeUndefined();
  });

  it('the clock says the same deadline under the same name, and the next one under another', () => {
    const dossier = dossierAt('Collected', { dueAt: monday });
    const [first, again] = [runOut(dossier, monday), runOut(dossier, monday + hour)];
    expect(again?.eventId).toBe(first?.eventId);
    expect(runOut(clockSpeaks(dossier, monday), monday + 10 * day)?.eventId).not.toBe(first?.eventId);
  });

  it('the clock speaks under names that nobody on the wire can take before it', () => {
    expect(runOut(dossierAt('Collected', { dueAt: monday }), monday)?.eventId).not.toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  });
});
