import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseDossierCode } from '../../../domain/codes/dossier-code.ts';

const oldAgency = fc.stringMatching(/^[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}$/);
const newAgency = fc.stringMatching(/^[A-Z][0-9]{2}(\.[0-9]{1,3}){0,4}$/);
const dateAndOrdinal = fc.stringMatching(/^([0-9]{6}|[0-9]{8})-[0-9]{4,7}$/);
const code = fc.tuple(fc.oneof(oldAgency, newAgency), dateAndOrdinal).map((parts) => parts.join('-'));

describe('an official dossier code', () => {
  it.each(['000.17.22.H56-210531-0001', 'H15.50.05.13-261008-0975', 'G09.20-20260609-0092637', 'H55-261124-0001'])(
    'an official dossier code %s is taken as it is',
    (specimen) => {
      expect(parseDossierCode(specimen)).toEqual({ ok: true, value: specimen });
    },
  );

  it.each([
    ' h15.50.05.13-261008-0975 ',
    'H15.50.05.13 - 261008 - 0975',
    'H15.50.05.13–261008—0975',
    'Ｈ15.50.05.13－261008-0975',
    'H15.50.05.13-\u200B261008-0975',
    'H15.50.05.13\u2212261008\uFE0F-0975',
  ])('an official dossier code is read however it was typed: %j', (text) => {
    expect(parseDossierCode(text)).toEqual({ ok: true, value: 'H15.50.05.13-261008-0975' });
  });

  it.each([
    '',
    'H15.50.05.13',
    'H15.50.05.13-2610-0975',
    'H15.50.05.13-261008-975',
    'H15.50.05.13-261008-09750001',
    'H15.50.05.13.7.9-261008-0975',
    'Đ15.50-261008-0975',
    'ı15.50-261008-0975',
    'H15.50.05.13-261008-0975; DROP TABLE',
    'RA123456785VN',
  ])('%j is no dossier code', (text) => {
    expect(parseDossierCode(text)).toEqual({ ok: false, fault: 'not-a-dossier-code' });
  });

  it('an official dossier code means the same in small letters, with spaces and in decomposed Unicode', () => {
    fc.assert(
      fc.property(code, (official) => {
        const typed = official.toLowerCase().replaceAll('-', ' - ').normalize('NFD');
        expect(parseDossierCode(typed)).toEqual({ ok: true, value: official });
      }),
    );
  });

  it('an official dossier code never comes out in two spellings', () => {
    fc.assert(
      fc.property(code, (official) => {
        const once = parseDossierCode(official);
        expect(once.ok && parseDossierCode(once.value)).toEqual(once);
      }),
    );
  });
});
