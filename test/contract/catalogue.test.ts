import { describe, expect, it } from '@jest/globals';
import { agenciesOn } from '../../contract/list-agencies.ts';
import { calendarsOn } from '../../contract/list-calendars.ts';
import { communesOn } from '../../contract/list-communes.ts';
import { eventTypesCalled } from '../../contract/list-event-types.ts';
import { placesCalled } from '../../contract/list-places.ts';
import { postOfficesOn } from '../../contract/list-post-offices.ts';
import { proceduresOn } from '../../contract/list-procedures.ts';
import { reasonsCalled } from '../../contract/list-reasons.ts';
import { serviceTermsOn } from '../../contract/list-service-terms.ts';
import { tariffsOn } from '../../contract/list-tariffs.ts';
import { formerCommunes } from '../../domain/catalogue/former-communes.ts';

const monday = '2026-11-30';
const saturday = '2026-11-28';
const sunday = '2026-11-29';

function vi(entries: readonly { readonly vi: string }[]): readonly string[] {
  return entries.map((entry) => entry.vi);
}

describe('the list of procedures', () => {
  it.each(['dang ky khai sinh', 'ĐĂNG KÝ KHAI SINH', 'khai sinh dang', '1.001193'])(
    'a procedure is found as %s, whatever the diacritics, the case and the order of the words',
    (asked) => {
      expect(vi(proceduresOn(monday, asked))).toContain('Đăng ký khai sinh');
    },
  );

  it('a procedure is not found by a word that it does not have', () => {
    expect(proceduresOn(monday, 'khai sinh xyz')).toEqual([]);
  });

  it('a procedure says what of it may go by post, since when and by which decision', () => {
    const [birth] = proceduresOn(monday, '1.001193');
    expect(birth?.postalUse).toMatchObject({
      send: false,
      receive: true,
      since: '2021-06-23',
      decision: expect.stringContaining('955/QĐ-UBND'),
    });
    expect(birth?.documents.value).toEqual([
      expect.objectContaining({ document: 0, vi: 'Tờ khai theo mẫu', form: 'original' }),
      expect.objectContaining({ document: 1, vi: 'Giấy chứng sinh' }),
    ]);
  });

  it('a procedure is at the counters of its level, and a list for one agency has nothing of another’s', () => {
    expect(proceduresOn(monday, '1.001193')[0]?.takenBy).toEqual(['service-centre', 'commune']);
    const ofPolice = proceduresOn(monday, undefined, 'AG-CONG-AN-TINH');
    expect(new Set(ofPolice.map(({ competence }) => competence))).toEqual(new Set(['police']));
    expect(proceduresOn(monday, undefined, 'AG-NOBODY')).toEqual([]);
  });

  it('there is no list of procedures before the decision that made it', () => {
    expect(proceduresOn('2021-06-22')).toEqual([]);
    expect(proceduresOn('2021-06-23').length).toBe(proceduresOn(monday).length);
  });
});

describe('the list of agencies', () => {
  it('whoever has a procedure and a commune is told the counters to go to', () => {
    const ids = agenciesOn(monday, undefined, { procedureCode: '1.001193', communeId: 'CM-01864' }).map(({ id }) => id);
    expect(ids).toEqual(['AG-PASC-BACKAN', 'AG-PASC-THAINGUYEN', 'AG-UBND-01864']);
    expect(agenciesOn(monday, undefined, { procedureCode: '9.999999' })).toEqual([]);
  });

  it.each([
    [monday, true, undefined, '2026-12-01'],
    [saturday, false, 'Ngày nghỉ hằng tuần', '2026-11-30'],
    ['2026-08-22', true, undefined, '2026-08-24'],
    ['2026-09-02', false, 'Nghỉ lễ: Quốc khánh', '2026-09-03'],
    ['2026-04-27', false, 'Nghỉ bù', '2026-04-28'],
  ])('on %s the counter of an agency is open: %s, and why not, and when again', (day, open, closed, next) => {
    const today = agenciesOn(day, 'AG-PASC-BACKAN')[0]?.today;
    expect(today).toMatchObject({ day, open, opensNext: next });
    expect(today?.closed?.vi).toBe(closed);
    expect(today?.hours.map(({ from, until }) => `${from}-${until}`)).toEqual(
      open ? ['07:00-11:30', '13:30-17:00'] : [],
    );
  });
});

describe('the list of post offices', () => {
  it('people of a commune are told the one post office that serves them, by its old names too', () => {
    expect(postOfficesOn(monday, undefined, 'CM-01864').map(({ id }) => id)).toEqual(['PO-BANGTHANH']);
    expect(postOfficesOn(monday, 'phuc loc').map(({ id }) => id)).toEqual(['PO-CHORA']);
  });

  it('a post office is open on Saturdays, and on a Sunday says that it is closed until Monday', () => {
    expect(postOfficesOn(saturday, 'PO-NARI')[0]?.today.open).toBe(true);
    expect(postOfficesOn(sunday, 'PO-NARI')[0]?.today).toMatchObject({ open: false, opensNext: monday });
  });

  it('there are no commune post offices before September 2025', () => {
    expect(postOfficesOn('2025-08-31')).toEqual([]);
    expect(postOfficesOn('2025-09-01')).toHaveLength(9);
  });
});

describe('the list of communes', () => {
  it('a commune is found by a name that it has lost', () => {
    expect(communesOn(monday, 'bộc bố')).toMatchObject([{ current: true, id: 'CM-01864', agencyId: 'AG-UBND-01864' }]);
  });

  it('an old commune, on a day before the merger, says what it became', () => {
    expect(communesOn('2025-06-30', 'nong thuong')).toMatchObject([
      { current: false, vi: 'xã Nông Thượng', successorId: 'CM-01843' },
    ]);
    expect(communesOn('2025-06-30').every(({ current }) => !current)).toBe(true);
    expect(communesOn('2025-07-01').every(({ current }) => current)).toBe(true);
  });

  it('the 108 old units lead to the 37 of today, each to one', () => {
    expect(new Set(formerCommunes.map(({ name }) => name)).size).toBe(108);
    expect(new Set(formerCommunes.map(({ successorId }) => successorId))).toEqual(
      new Set(communesOn(monday).flatMap((one) => (one.current ? [one.id] : []))),
    );
  });
});

describe('prices and quality', () => {
  it('the prices are those of the ministry, by zone, and there were none before', () => {
    expect(tariffsOn(monday)[0]?.postage.map(({ amount }) => amount)).toEqual([26_000, 30_000, 30_500, 31_000, 31_500]);
    expect(tariffsOn(monday)[0]?.exemptions.map(({ payablePercent }) => payablePercent)).toEqual([
      0, 0, 50, 50, 50, 50, 50, 50, 50,
    ]);
    expect(tariffsOn('2017-12-31')).toEqual([]);
  });

  it('the quality is published by the three criteria of the circular', () => {
    expect(serviceTermsOn(monday)).toMatchObject([
      {
        safetyPercent: 100,
        times: [
          { zone: 'within-district', workingDays: 1, withSlip: 2 },
          { zone: 'between-districts', workingDays: 2, withSlip: 4 },
          { workingDays: 4, withSlip: 8 },
          { workingDays: 4 },
          { workingDays: 4 },
        ],
        complaintMonths: 6,
        answerWorkingDays: { withinProvince: 5, beyond: 7 },
      },
    ]);
    expect(serviceTermsOn('2017-08-14')).toEqual([]);
  });
});

describe('calendars and words', () => {
  it('a calendar of offices has swapped days and the Saturdays that make up for them, the post’s has not', () => {
    const [agency, post] = calendarsOn(monday);
    expect(agency?.free.map(({ day }) => day)).toContain('2026-08-31');
    expect(agency?.workedOff.map(({ day }) => day)).toContain('2026-08-22');
    expect(post?.free.map(({ day }) => day)).not.toContain('2026-08-31');
    expect(post?.workedOff).toEqual([]);
    expect(calendarsOn('2025-01-01')[0]?.free.every(({ day }) => day.startsWith('2025'))).toBe(true);
  });

  it('reasons, events and places are found by their Vietnamese words without diacritics', () => {
    expect(reasonsCalled('thoi tiet').map(({ code }) => code)).toEqual(['weather-or-road']);
    expect(placesCalled('that lac').map(({ name }) => name)).toEqual(['Missing', 'Lost']);
    expect(eventTypesCalled('da hen gio thu gom')).toMatchObject([
      { name: 'PickupAgreed', en: 'Pickup agreed by phone', kind: 'decision', by: ['clerk', 'courier'] },
    ]);
  });

  it('an event that only the system records is reported by nobody', () => {
    expect(eventTypesCalled('DeadlinePassed')).toMatchObject([{ by: [] }]);
  });
});
