import { describe, expect, it } from '@jest/globals';
import type { Dossier, JourneyEvent } from '../../../domain/journey/dossier.ts';
import { datesOf, type ExplainedDate } from '../../../domain/journey/explained.ts';
import { asJudged } from '../../../domain/journey/judged.ts';
import type { Place } from '../../../domain/journey/places.ts';
import type { TermKind } from '../../../domain/journey/terms.ts';
import { at, day, dossierAt, hour, monday, opening } from './town.ts';

const from = at('2026-03-06T09:00');
const registered = opening('counter').event;

function event(number: number, change: Partial<JourneyEvent>): JourneyEvent {
  return { ...registered, eventId: `e-${number}`, number, occurredAt: monday + number * hour, ...change };
}
function datesAfter(dossier: Dossier, ...events: readonly JourneyEvent[]): readonly ExplainedDate[] {
  return datesOf(dossier, asJudged([registered, ...events]));
}

describe('the date of a place', () => {
  it.each<readonly [Place, string, string, ExplainedDate['side'], Partial<Dossier>]>([
    ['InTransitToAgency', '2 ngày làm việc', '2 working days', 'post', {}],
    ['Collected', '1 ngày làm việc', '1 working day', 'post', {}],
    ['Registered', '7 ngày', '7 days', 'citizen', {}],
    ['HandoverDisputed', '8 giờ làm việc', '8 working hours', 'post', {}],
    ['AtAgency', 'ngày đã hẹn', 'the date agreed', 'agency', {}],
    ['Unreturnable', '6 tháng từ ngày nhận hồ sơ', '6 months from acceptance', 'post', {}],
    [
      'HeldAtPostOffice',
      'hai lần mời, cách nhau 2 ngày làm việc',
      'two invitations, 2 working days apart',
      'post',
      { returnByPost: true },
    ],
  ])('the date of %s is so long, in both languages, and whose time it is', (place, vi, en, side, change) => {
    const dossier = dossierAt(place, { since: from, dueAt: from + 4 * day, ...change });
    const [date, ...more] = datesAfter(dossier);
    expect(more).toEqual([]);
    expect(date).toMatchObject({ what: 'place', side, from, endsAt: from + 4 * day, length: { vi, en } });
    // Friday to Tuesday: the post rests on Sunday, an agency on Saturday too.
    expect(date?.rests).toEqual(side === 'agency' ? ['2026-03-07', '2026-03-08'] : ['2026-03-08']);
    expect([date?.isProvisional, date?.endedAt]).toEqual([false, undefined]);
    expect(date?.why.length).toBeGreaterThan(0);
  });

  it('the date of a place is explained from when the paper came there, or from the reminder that went before', () => {
    const dossier = dossierAt('Collected', { since: from, dueAt: from - day, reminders: 1 });
    expect(datesAfter(dossier)).toMatchObject([{ from: from - day }]);
    expect(datesAfter({ ...dossier, reminders: 0 })).toMatchObject([{ from }]);
  });

  it('the date of a place is none at an end, and where no date was set', () => {
    expect(datesAfter(dossierAt('Delivered', { since: from }))).toEqual([]);
    const { dueAt: _none, ...undated } = dossierAt('Collected', { since: from });
    expect(datesAfter(undated)).toEqual([]);
  });

  it('the date of a place beyond the years that are known is provisional', () => {
    const dueAt = at('2028-01-04T17:00');
    expect(datesAfter(dossierAt('AtAgency', { since: from, dueAt }))).toMatchObject([{ isProvisional: true }]);
  });
});

describe('the date of the result', () => {
  const { dueAt: _none, ...somewhere } = dossierAt('ResultReady', { since: from });
  const named = event(2, { type: 'HandedToAgency', resultDueAt: monday + 9 * day });
  const moved = event(3, { type: 'DueDateMoved', resultDueAt: monday + 12 * day });

  it('the date of the result is the one that was named last, and says with which fact', () => {
    expect(datesAfter(somewhere, named)).toEqual([
      {
        what: 'result',
        side: 'agency',
        from: monday + 2 * hour,
        endsAt: monday + 9 * day,
        rests: ['2026-03-07', '2026-03-08'],
        length: { vi: expect.stringMatching(/^hẹn khi: ./), en: expect.stringMatching(/^named with: ./) },
        why: ['QĐ45 7(4)', 'QĐ45 8(2)'],
        isProvisional: false,
      },
    ]);
    expect(datesAfter(somewhere, named, moved)).toMatchObject([{ from: monday + 3 * hour, endsAt: monday + 12 * day }]);
  });

  it.each(['ResultAnnounced', 'Refused', 'Stopped'] as const)('the date of the result has ended with %s', (type) => {
    const decided = event(4, { type });
    expect(datesAfter(somewhere, named, decided)).toMatchObject([{ endedAt: monday + 4 * hour }]);
    // What was decided before the date was named did not end it.
    expect(datesAfter(somewhere, event(1, { type }), named)).not.toMatchObject([{ endedAt: expect.anything() }]);
    expect(datesAfter(somewhere, named, event(4, { type: 'Scanned' }))[0]).not.toHaveProperty('endedAt');
  });
});

describe('the statutory dates', () => {
  const { dueAt: _none, ...somewhere } = dossierAt('Delivered', { since: from });
  const term = (kind: TermKind, eventId: string, days: number) => ({
    kind,
    eventId,
    owner: 'PO-BACKAN',
    openedAt: from,
    dueAt: from + 4 * day,
    days,
  });

  it.each<readonly [TermKind, number, string, string]>([
    ['inbound-leg', 1, 'J + 1 ngày làm việc', 'J + 1 working day'],
    ['result-leg', 2, 'J + 2 ngày làm việc', 'J + 2 working days'],
    ['complaint', 5, '5 ngày làm việc', '5 working days'],
    ['damage', 1, '1 ngày làm việc', '1 working day'],
    ['compensation', 30, '30 ngày', '30 days'],
  ])('the statutory date of %s in %i days is told as it is written', (kind, days, vi, en) => {
    expect(datesAfter(somewhere, event(2, { opens: [term(kind, 'e-2', days)] }))).toEqual([
      {
        what: kind,
        side: 'post',
        owner: 'PO-BACKAN',
        from,
        endsAt: from + 4 * day,
        rests: ['2026-03-07', '2026-03-08'],
        length: { vi, en },
        why: expect.arrayContaining([expect.any(String)]),
        isProvisional: false,
      },
    ]);
  });

  it('the statutory dates come in the order of the way, each ended by the first fact that ended its kind', () => {
    const dates = datesAfter(
      somewhere,
      event(2, { opens: [term('result-leg', 'e-2', 2)] }),
      event(3, { opens: [term('inbound-leg', 'e-3', 1)] }),
      event(4, { ends: ['result-leg'] }),
      event(5, { ends: ['result-leg'] }),
    );
    expect(dates.map(({ what, endedAt }) => [what, endedAt])).toEqual([
      ['inbound-leg', undefined],
      ['result-leg', monday + 4 * hour],
    ]);
  });

  it('the statutory date that an event opens anew is not ended by that event, and one that was moved is told as moved', () => {
    const [first] = datesAfter(somewhere, event(2, { opens: [term('rest', 'e-2', 2)], ends: ['rest'] }));
    expect(first).not.toHaveProperty('endedAt');
    const longer = { ...term('rest', 'e-2', 4), dueAt: from + 6 * day };
    const moved = datesAfter(somewhere, event(2, { opens: [term('rest', 'e-2', 2)] }), event(3, { opens: [longer] }));
    expect(moved).toMatchObject([{ endsAt: from + 6 * day, length: { en: '4 working days' } }]);
  });
});
