import { describe, expect, it } from '@jest/globals';
import { agencies, agencyTakes, findAgency } from '../../../domain/catalogue/agencies.ts';
import { communes, findCommune } from '../../../domain/catalogue/communes.ts';
import { agencyHours, postHours } from '../../../domain/catalogue/opening-hours.ts';
import { findPostOffice, postOffices } from '../../../domain/catalogue/post-offices.ts';
import { findProcedure, findReducedFee, procedures } from '../../../domain/catalogue/procedures.ts';
import { standings } from '../../../domain/catalogue/provenance.ts';
import { findExemption, tariffOn, tariffs, zoneBetween, zones } from '../../../domain/catalogue/tariff.ts';
import { holdsOn } from '../../../domain/catalogue/validity.ts';
import { holidays, makeUpDays } from '../../../domain/calendar/holidays.ts';

const everything = {
  procedures,
  agencies,
  postOffices,
  communes,
  tariffs,
  holidays,
  makeUpDays,
  agencyHours,
  postHours,
};

/** Every object anywhere in the data, with the path that leads to it. */
function objectsIn(value: unknown, path: string): { path: string; object: object }[] {
  if (Array.isArray(value)) return value.flatMap((item, place) => objectsIn(item, `${path}[${place}]`));
  if (typeof value !== 'object' || value === null) return [];
  return [
    { path, object: value },
    ...Object.entries(value).flatMap(([key, inner]) => objectsIn(inner, `${path}.${key}`)),
  ];
}
const objects = objectsIn(everything, 'catalogue');
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
function unique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

describe('the data of the pilot', () => {
  it('the data of the pilot says of every entry and every marked value where it comes from and how far it may be trusted', () => {
    const entries = [
      ...procedures,
      ...agencies,
      ...postOffices,
      ...communes,
      ...tariffs,
      ...holidays,
      ...makeUpDays,
      agencyHours,
      postHours,
    ];
    const markedValues = objects.filter(({ object }) => 'value' in object).map(({ object }) => object);
    const without = [...entries, ...markedValues].filter(
      (object) =>
        !(
          'source' in object &&
          'standing' in object &&
          String(object.source).length > 10 &&
          standings.some((standing) => standing === object.standing)
        ),
    );
    expect(without).toEqual([]);
  });

  it('the data of the pilot is written in composed Vietnamese (NFC)', () => {
    expect(textsIn(everything).filter((text) => text !== text.normalize('NFC'))).toEqual([]);
  });

  it('the data of the pilot has a Vietnamese and an English name wherever it has a name', () => {
    const names = [...procedures, ...agencies, ...postOffices, ...communes].map(({ name }) => name);
    expect(names.filter(({ vi, en }) => vi.length < 5 || en.length < 5)).toEqual([]);
  });

  it('the data of the pilot marks nothing unknown as trustworthy', () => {
    const unknown = procedures
      .flatMap(({ stateFee, processing, papers }) => [stateFee, processing, papers])
      .filter(({ value }) => value === null);
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.every(({ standing }) => standing === 'unverified')).toBe(true);
  });
});

describe('the procedures', () => {
  it('the procedures are at least twelve, each with one code of the national database', () => {
    expect(procedures.length).toBeGreaterThanOrEqual(12);
    expect(unique(procedures.map(({ code }) => code))).toBe(true);
    expect(procedures.filter(({ code }) => !/^\d\.\d{6}$/.test(code))).toEqual([]);
  });

  it('the procedures cover every postal use: both ways, the result only, and not at all', () => {
    const uses = new Set(procedures.map(({ postalUse: { value } }) => `${value.send}/${value.receive}`));
    expect(uses).toEqual(new Set(['true/true', 'false/true', 'false/false']));
  });

  it('the procedures ask whole đồng, and less from a reduced group', () => {
    for (const { stateFee, reducedFees } of procedures) {
      expect(stateFee.value === null || (Number.isSafeInteger(stateFee.value) && stateFee.value >= 0)).toBe(true);
      expect(reducedFees.every(({ amount }) => stateFee.value !== null && amount < stateFee.value)).toBe(true);
    }
  });

  it.each(['1.002809', '1.002809.000.00.00.H56', '1.002809.H56', ' 1.002809 '])(
    'the procedures are found by the code %j, with or without the suffix of a province',
    (code) => {
      expect(findProcedure(code)?.surrenders.value).toEqual([{ vi: 'Giấy phép lái xe cũ', en: 'Old driving licence' }]);
    },
  );

  it.each(['', '1.00280', '1.0028090', '9.999999', '__proto__'])('the procedures are not found by %j', (code) => {
    expect(findProcedure(code)).toBeUndefined();
  });

  it('the procedures have reduced fees by group', () => {
    const [criminalRecord] = procedures.filter(({ code }) => code === '2.000488');
    expect(criminalRecord && findReducedFee(criminalRecord, 'reduced')?.amount).toBe(100_000);
    expect(criminalRecord && findReducedFee(criminalRecord, 'nobody')).toBeUndefined();
  });

  it('the procedures each have an agency that takes them', () => {
    expect(procedures.filter((procedure) => !agencies.some((agency) => agencyTakes(agency, procedure)))).toEqual([]);
  });
});

describe('the communes of the former Bắc Kạn', () => {
  it('the communes of the former Bắc Kạn are the 37 that its 108 became, two of them wards', () => {
    expect(communes).toHaveLength(37);
    expect(unique(communes.map(({ code }) => code))).toBe(true);
    expect(communes.filter(({ kind }) => kind === 'phường').map(({ name }) => name.vi)).toEqual([
      'phường Đức Xuân',
      'phường Bắc Kạn',
    ]);
  });

  it('the communes of the former Bắc Kạn are each served by a post office of the same former district', () => {
    const strangers = communes.filter(
      ({ postOfficeId, formerDistrict }) => findPostOffice(postOfficeId)?.formerDistrict !== formerDistrict,
    );
    expect(strangers).toEqual([]);
  });

  it('the communes of the former Bắc Kạn are found by id', () => {
    expect(findCommune('CM-02155')?.name.vi).toBe('xã Na Rì');
    expect(findCommune('CM-00000')).toBeUndefined();
  });

  it('the communes of the former Bắc Kạn exist since the first of July 2025', () => {
    expect(communes.every((commune) => holdsOn(commune, '2025-07-01') && !holdsOn(commune, '2025-06-30'))).toBe(true);
  });
});

describe('post offices and agencies', () => {
  it('post offices and agencies have ids of their own, in ASCII, short enough for a group in a token', () => {
    const ids = [...postOffices, ...agencies, ...communes].map(({ id }) => id);
    expect(unique(ids)).toBe(true);
    expect(ids.filter((id) => !/^(PO|AG|CM)-[A-Z0-9-]{4,20}$/.test(id))).toEqual([]);
  });

  it('post offices and agencies stand in communes of the pilot, in the former district that they name', () => {
    const units = [
      ...postOffices,
      ...agencies.flatMap((agency) => (agency.communeId === null ? [] : [{ ...agency, communeId: agency.communeId }])),
    ];
    expect(
      units.filter(({ communeId, formerDistrict }) => findCommune(communeId)?.formerDistrict !== formerDistrict),
    ).toEqual([]);
  });

  it('post offices and agencies include a People’s Committee for every commune and the service centre beside the central post office', () => {
    expect(communes.filter(({ code }) => findAgency(`AG-UBND-${code}`) === undefined)).toEqual([]);
    expect(findAgency('AG-PASC-BACKAN')?.communeId).toBe(findPostOffice('PO-BACKAN')?.communeId);
  });

  it('post offices and agencies are unknown by any other name', () => {
    expect(findAgency('AG-NOWHERE')).toBeUndefined();
    expect(findPostOffice('PO-NOWHERE')).toBeUndefined();
  });

  it('post offices and agencies are open in spans that follow one another within the day', () => {
    for (const { spans } of [agencyHours, postHours]) {
      const edges = spans.flatMap(({ from, to }) => [from, to]);
      expect(edges).toEqual(edges.toSorted((one, other) => one - other));
    }
  });
});

describe('the tariff', () => {
  it('the tariff starts with 2018 and has a price for every zone, dearer the further it goes', () => {
    expect(tariffOn('2017-12-31')).toBeUndefined();
    const tariff = tariffOn('2018-01-01');
    expect(zones.map((zone) => tariff?.postage[zone].value)).toEqual([26_000, 30_000, 30_500, 31_000, 31_500]);
    expect(tariff?.remittance.value).toBe(8_000);
  });

  it('the tariff frees two groups of citizens from postage and halves it for seven', () => {
    expect(tariffs.flatMap(({ exemptions }) => exemptions.map(({ payable }) => payable))).toEqual([
      0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5,
    ]);
  });

  it('the tariff knows no other groups', () => {
    const [tariff] = tariffs;
    expect(tariff && findExemption(tariff, 'heroic-mother')?.payable).toBe(0);
    expect(tariff && findExemption(tariff, 'postmaster')).toBeUndefined();
  });

  it('the tariff reckons by the former districts', () => {
    expect(zoneBetween({ formerDistrict: 'ba-be' }, { formerDistrict: 'ba-be' })).toBe('within-district');
    expect(zoneBetween({ formerDistrict: 'ba-be' }, { formerDistrict: 'na-ri' })).toBe('between-districts');
  });
});
