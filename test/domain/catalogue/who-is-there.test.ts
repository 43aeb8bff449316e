import { describe, expect, it } from '@jest/globals';
import { agencies, agencyTakes, findAgency } from '../../../domain/catalogue/agencies.ts';
import { communes } from '../../../domain/catalogue/communes.ts';
import { agencyHours, postHours } from '../../../domain/catalogue/opening-hours.ts';
import { findPostOffice, postOffices } from '../../../domain/catalogue/post-offices.ts';
import { procedures } from '../../../domain/catalogue/procedures.ts';
import { holdsOn } from '../../../domain/catalogue/validity.ts';

/** The pilot as a courier of Bắc Kạn knows it: said by hand, beside the data. */
const round: Readonly<Record<string, { readonly daily: string; readonly notDaily?: string }>> = {
  'PO-BACKAN': { daily: 'Đức Xuân, Bắc Kạn, Phong Quang' },
  'PO-BANGTHANH': { daily: '', notDaily: 'Bằng Thành, Cao Minh, Nghiên Loan' },
  'PO-CHORA': { daily: 'Ba Bể, Chợ Rã, Thượng Minh', notDaily: 'Phúc Lộc, Đồng Phúc' },
  'PO-NGANSON': { daily: 'Bằng Vân, Ngân Sơn', notDaily: 'Thượng Quan' },
  'PO-NAPHAC': { daily: 'Nà Phặc', notDaily: 'Hiệp Lực' },
  'PO-PHUTHONG': { daily: 'Phủ Thông, Vĩnh Thông, Cẩm Giàng, Bạch Thông' },
  'PO-CHODON': { daily: 'Chợ Đồn, Nghĩa Tá, Yên Phong', notDaily: 'Nam Cường, Quảng Bạch, Yên Thịnh' },
  'PO-CHOMOI': { daily: 'Chợ Mới, Thanh Mai, Tân Kỳ, Thanh Thịnh, Yên Bình' },
  'PO-NARI': { daily: 'Cường Lợi, Na Rì, Trần Phú, Côn Minh', notDaily: 'Văn Lang, Xuân Dương' },
};

function names(text = ''): readonly string[] {
  return text.split(', ').filter(Boolean).toSorted();
}

describe('the post offices of the pilot', () => {
  it('are nine', () => {
    expect(postOffices.map(({ id }) => id).toSorted()).toEqual(Object.keys(round).toSorted());
  });

  it.each(Object.entries(round))('%s goes to its communes, daily or not', (office, { daily, notDaily }) => {
    const served = (isRemote: boolean) =>
      communes
        .filter(({ postOfficeId, remote }) => postOfficeId === office && remote === isRemote)
        .map(({ name }) => name.vi.replace(/^(xã|phường) /, ''))
        .toSorted();
    expect([served(false), served(true)]).toEqual([names(daily), names(notDaily)]);
  });

  it('are those of the communes since the first of September 2025', () => {
    for (const office of postOffices)
      expect([office.id, holdsOn(office, '2025-08-31'), holdsOn(office, '2025-09-01')]).toEqual([
        office.id,
        false,
        true,
      ]);
  });
});

describe('the agencies of the pilot', () => {
  /** Which counter takes what, by the words that its officers use for themselves. */
  const takes: Readonly<Record<string, readonly string[]>> = {
    'AG-SO-TU-PHAP': ['justice'],
    'AG-SO-XAY-DUNG': ['construction'],
    'AG-CONG-AN-TINH': ['police'],
    'AG-DAT-DAI': ['land-office'],
    'AG-BHXH': ['social-insurance'],
  };
  const centres = ['AG-PASC-BACKAN', 'AG-PASC-THAINGUYEN'];

  it('are the two service centres, five of the province, and a People’s Committee for each commune', () => {
    expect(agencies.map(({ id }) => id).toSorted()).toEqual(
      [...centres, ...Object.keys(takes), ...communes.map(({ code }) => `AG-UBND-${code}`)].toSorted(),
    );
  });

  it('of the province take their own procedures only', () => {
    for (const [id, competences] of Object.entries(takes)) expect(findAgency(id)?.takes).toEqual(competences);
  });

  it('take everything in a service centre, whoever answers it', () => {
    for (const id of centres) {
      const centre = findAgency(id);
      expect(procedures.filter((procedure) => centre === undefined || !agencyTakes(centre, procedure))).toEqual([]);
      expect(centre?.takes).toEqual(
        expect.arrayContaining(['commune', 'commune-police', 'construction', ...Object.values(takes).flat()]),
      );
    }
  });

  it('of a commune take its own procedures and its police’s', () => {
    for (const { code } of communes)
      expect(findAgency(`AG-UBND-${code}`)?.takes).toEqual(['commune', 'commune-police']);
  });

  it('are there since the province was merged on the first of July 2025', () => {
    for (const agency of agencies)
      expect([agency.id, holdsOn(agency, '2025-06-30'), holdsOn(agency, '2025-07-01')]).toEqual([
        agency.id,
        false,
        true,
      ]);
  });
});

describe('the counters', () => {
  const shown = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

  it.each([
    ['agencies', agencyHours, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']],
    ['post offices', postHours, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']],
  ] as const)('of %s are open from 07:00 to 11:30 and from 13:30 to 17:00', (_whose, { spans, weekdays }, days) => {
    expect(spans.map(({ from, to }) => `${shown(from)}–${shown(to)}`)).toEqual(['07:00–11:30', '13:30–17:00']);
    expect(weekdays.map((day) => ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][day])).toEqual(days);
  });

  it('of the units are those of their kind', () => {
    expect(agencies.filter(({ openingHours }) => openingHours !== agencyHours)).toEqual([]);
    expect(findPostOffice('PO-NARI')?.openingHours).toBe(postHours);
  });
});
