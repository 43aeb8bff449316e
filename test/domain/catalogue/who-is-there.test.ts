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
  it('the post offices of the pilot are nine', () => {
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

  it('the post offices of the pilot are those of the communes since the first of September 2025', () => {
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

  it('the agencies of the pilot are the two service centres, five of the province, and a People’s Committee for each commune', () => {
    expect(agencies.map(({ id }) => id).toSorted()).toEqual(
      [...centres, ...Object.keys(takes), ...communes.map(({ code }) => `AG-UBND-${code}`)].toSorted(),
    );
  });

  it('the agencies of the province take their own procedures only', () => {
    for (const [id, competences] of Object.entries(takes)) expect(findAgency(id)?.takes).toEqual(competences);
  });

  it('the agencies of the pilot take everything in a service centre, whoever answers it', () => {
    for (const id of centres) {
      const centre = findAgency(id);
      expect(procedures.filter((procedure) => centre === undefined || !agencyTakes(centre, procedure))).toEqual([]);
      expect(centre?.takes).toEqual(
        expect.arrayContaining(['commune', 'commune-police', 'construction', ...Object.values(takes).flat()]),
      );
    }
  });

  it('the agencies of a commune take its own procedures and its police’s', () => {
    for (const { code } of communes)
      expect(findAgency(`AG-UBND-${code}`)?.takes).toEqual(['commune', 'commune-police']);
  });

  it('the agencies of the pilot are there since the province was merged on the first of July 2025', () => {
    for (const agency of agencies)
      expect([agency.id, holdsOn(agency, '2025-06-30'), holdsOn(agency, '2025-07-01')]).toEqual([
        agency.id,
        false,
        true,
      ]);
  });
});

describe('the procedures of the pilot', () => {
  type Said = readonly [
    takenBy: string,
    fee: number | null,
    days: number | 'same-day' | null,
    posts: string,
    lessFor?: Readonly<Record<string, number>>,
  ];
  /** As a clerk reads them off the wall: who answers, what it costs, how long it takes, what the post may carry. */
  const wall: Readonly<Record<string, Said>> = {
    '2.000908': ['commune', 0, 'same-day', 'both ways'],
    '2.000635': ['commune', null, 'same-day', 'both ways'],
    '1.001193': ['commune', 0, null, 'the result'],
    '1.000656': ['commune', null, null, 'the result'],
    '1.000894': ['commune', null, null, 'the result'],
    '1.004873': ['commune', null, null, 'both ways'],
    '1.004884': ['commune', null, null, 'both ways'],
    '2.000815': ['commune', null, null, 'the result'],
    '2.000884': ['commune', null, null, 'nothing'],
    '2.001263': ['commune', 400_000, null, 'both ways', { exempt: 0 }],
    '1.004222': ['commune-police', null, 7, 'the result'],
    '2.000488': ['police', 200_000, null, 'both ways', { reduced: 100_000, exempt: 0 }],
    '1.002809': ['police', 115_000, null, 'both ways'],
    '2.000720': ['commune', null, null, 'both ways'],
    '2.000575': ['commune', null, null, 'both ways'],
    '1.013227': ['commune', null, null, 'both ways'],
    '1.012753': ['land-office', null, null, 'both ways'],
    '1.001699': ['commune', 0, 30, 'the result'],
    '1.001776': ['commune', 0, 15, 'both ways'],
    '1.010833': ['commune', null, null, 'both ways'],
    '1.001613': ['social-insurance', null, null, 'both ways'],
    '1.002759': ['social-insurance', null, null, 'both ways'],
  };

  it('the procedures are those on the wall', () => {
    expect(procedures.map(({ code }) => code).toSorted()).toEqual(Object.keys(wall).toSorted());
  });

  it.each(Object.entries(wall))('%s costs, takes and travels as the wall says', (code, said) => {
    const found = procedures.filter((procedure) => procedure.code === code);
    expect(
      found.map(({ competence, stateFee, processing, postalUse, reducedFees }) => [
        competence,
        stateFee.value,
        processing.value?.kind === 'working-days' ? processing.value.days : (processing.value?.kind ?? null),
        postalUse.value.send ? 'both ways' : postalUse.value.receive ? 'the result' : 'nothing',
        Object.fromEntries(reducedFees.map(({ group, amount }) => [group, amount])),
      ]),
    ).toEqual([[...said.slice(0, 4), said[4] ?? {}]]);
  });

  it('the procedures take the old licence for a new one, and otherwise no paper for good', () => {
    const surrendering = procedures.filter(({ surrenders }) => surrenders.value.length > 0);
    expect(surrendering.map(({ code }) => code)).toEqual(['1.002809']);
  });
});

/** What of it was read where: S seen in code, s secondary, j judged, u unverified. */
const standings: Readonly<Record<string, string>> = {
  '2.000908': 'S s s s j j',
  '2.000635': 'S u s j j j',
  '1.001193': 'S s u j j j',
  '1.000656': 'S u u j j u',
  '1.000894': 'S u u u j u',
  '1.004873': 'S u u j j u',
  '1.004884': 'S u u j j u',
  '2.000815': 'S u u u j u',
  '2.000884': 'S u u u j u',
  '2.001263': 'S s u j j u',
  '1.004222': 'S u s j j u',
  '2.000488': 'u s u j j j',
  '1.002809': 'u s u j s u',
  '2.000720': 'S u u j j u',
  '2.000575': 'S u u j j u',
  '1.013227': 'u u u j j u',
  '1.012753': 'S u u j j u',
  '1.001699': 'S s s j j u',
  '1.001776': 'S s s j j u',
  '1.010833': 'S u u j j u',
  '1.001613': 'S u u j j u',
  '1.002759': 'S u u j j u',
};
const letters = { 'seen-in-code': 'S', 'secondary': 's', 'judged': 'j', 'unverified': 'u', 'verified': 'v' } as const;

describe('what is known of the procedures', () => {
  it('what is known of the procedures is trusted no further than it was read: name, fee, time, post, what is kept, papers', () => {
    const said = procedures.map(({ code, standing, stateFee, processing, postalUse, surrenders, papers }) => [
      code,
      [standing, ...[stateFee, processing, postalUse, surrenders, papers].map((value) => value.standing)]
        .map((one) => letters[one])
        .join(' '),
    ]);
    expect(Object.fromEntries(said)).toEqual(standings);
  });

  it('what is known of the papers is of four procedures, each with the form in which it is wanted', () => {
    const listed = procedures.flatMap(({ code, papers }) =>
      papers.value === null ? [] : [[code, papers.value.map(({ name, form }) => `${name.vi} (${form})`).join(', ')]],
    );
    expect(Object.fromEntries(listed)).toEqual({
      '2.000908': 'Tờ khai theo mẫu (original)',
      '2.000635': 'Tờ khai theo mẫu (original)',
      '1.001193': 'Tờ khai theo mẫu (original), Giấy chứng sinh (original)',
      '2.000488': 'Tờ khai theo mẫu (original), Bản sao thẻ căn cước (copy)',
    });
  });

  it('what is known of the procedures holds since the decision that lists what goes by post', () => {
    for (const procedure of procedures)
      expect([procedure.code, holdsOn(procedure, '2021-06-22'), holdsOn(procedure, '2021-06-23')]).toEqual([
        procedure.code,
        false,
        true,
      ]);
  });
});

describe('where the agencies sit', () => {
  it('the agencies of the province sit in its new seat, the service centre of Bắc Kạn beside the central post office', () => {
    for (const { id, kind, communeId, formerDistrict } of agencies.filter((agency) => agency.kind !== 'commune'))
      expect([id, kind, communeId, formerDistrict]).toEqual([
        id,
        id.startsWith('AG-PASC-') ? 'service-centre' : 'department',
        ...(id === 'AG-PASC-BACKAN' ? ['CM-01840', 'thanh-pho-bac-kan'] : [null, 'thanh-pho-thai-nguyen']),
      ]);
  });

  it('the agencies of communes sit in their own', () => {
    for (const { id, code, formerDistrict } of communes)
      expect(findAgency(`AG-UBND-${code}`)).toMatchObject({ kind: 'commune', communeId: id, formerDistrict });
  });
});

describe('the counters', () => {
  const shown = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

  it.each([
    ['agencies', agencyHours, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']],
    ['post offices', postHours, ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']],
  ] as const)(
    'the counters of %s are open from 07:00 to 11:30 and from 13:30 to 17:00',
    (_whose, { spans, weekdays }, days) => {
      expect(spans.map(({ from, to }) => `${shown(from)}–${shown(to)}`)).toEqual(['07:00–11:30', '13:30–17:00']);
      expect(weekdays.map((day) => ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][day])).toEqual(days);
    },
  );

  it('the counters of the units are those of their kind', () => {
    expect(agencies.filter(({ openingHours }) => openingHours !== agencyHours)).toEqual([]);
    expect(findPostOffice('PO-NARI')?.openingHours).toBe(postHours);
  });
});
