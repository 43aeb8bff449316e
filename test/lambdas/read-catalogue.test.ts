import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { Answer, Operation, Refused } from '../../contract/operation.ts';
import { readCatalogue } from '../../lambdas/read-catalogue/read-catalogue.ts';
import { at } from '../domain/journey/town.ts';
import { bodyOf } from './people.ts';

/** Half past midnight in Vietnam: in London it is Sunday still. */
const catalogue = readCatalogue(() => at('2026-11-30T00:30'));
const listed = {
  procedures: catalogue.procedures,
  agencies: catalogue.agencies,
  postOffices: catalogue.postOffices,
  communes: catalogue.communes,
  tariffs: catalogue.tariffs,
  serviceTerms: catalogue.serviceTerms,
  calendars: catalogue.calendars,
  reasons: catalogue.reasons,
  eventTypes: catalogue.eventTypes,
  places: catalogue.places,
};
const sheets = {
  prices: catalogue.pricesSheet,
  quality: catalogue.qualitySheet,
  procedures: catalogue.proceduresSheet,
  offices: catalogue.officesSheet,
};
const mayBeKept = { 'cache-control': 'public, max-age=300' };
const somewhere = '127.0.0.9';

const Listed = z.object({ at: z.string(), items: z.array(z.looseObject({ id: z.string().optional() })) });
function headOf(outcome: Answer<Operation> | Refused): unknown {
  return 'refusal' in outcome ? outcome.refusal : [outcome.status, outcome.headers];
}
function pageOf(outcome: Answer<Operation> | Refused): unknown {
  return 'refusal' in outcome ? outcome.refusal : outcome.body;
}
function idsOf(outcome: Answer<Operation> | Refused): readonly unknown[] {
  return Listed.parse(bodyOf(outcome)).items.map(({ id }) => id);
}

describe('what is published', () => {
  it.each(Object.entries(listed))(
    'the list of %s may be kept for minutes, and is of today in Vietnam',
    async (_name, list) => {
      const answer = await list({ query: {} }, somewhere);
      expect(headOf(answer)).toEqual([200, mayBeKept]);
      const { at: day, items } = Listed.parse(bodyOf(answer));
      expect([day, items.length > 0]).toEqual(['2026-11-30', true]);
    },
  );

  it.each(Object.entries(listed))(
    'the list of %s is of the day that was asked for, and is searched',
    async (_name, list) => {
      const query = { at: '2026-12-01', q: 'nobody is called so' };
      expect(bodyOf(await list({ query }, somewhere))).toEqual({ at: '2026-12-01', items: [] });
    },
  );

  it.each(Object.entries(sheets))(
    'the sheet of %s may be kept for minutes, and is of today in Vietnam, or of the day that was asked for',
    async (_name, sheet) => {
      const today = await sheet({ query: {} }, somewhere);
      expect(headOf(today)).toEqual([200, mayBeKept]);
      expect(pageOf(today)).toContain('Áp dụng ngày 30/11/2026');
      expect(pageOf(await sheet({ query: { at: '2026-12-01' } }, somewhere))).toContain('Áp dụng ngày 01/12/2026');
    },
  );

  it('the lists of an agency, of a procedure and of a commune have nothing else', async () => {
    const { procedures, agencies, postOffices } = catalogue;
    const ofPolice = bodyOf(await procedures({ query: { agencyId: 'AG-CONG-AN-TINH' } }, somewhere));
    expect(ofPolice).toMatchObject({ items: [{ code: '2.000488' }, { code: '1.002809' }] });
    const where = { procedureCode: '1.001193', communeId: 'CM-01864' };
    expect(idsOf(await agencies({ query: where }, somewhere))).toEqual([
      'AG-PASC-BACKAN',
      'AG-PASC-THAINGUYEN',
      'AG-UBND-01864',
    ]);
    expect(idsOf(await postOffices({ query: { communeId: 'CM-01864' } }, somewhere))).toEqual(['PO-BANGTHANH']);
  });
});
