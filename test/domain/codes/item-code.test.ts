import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { itemCode, parseItemCode } from '../../../domain/codes/item-code.ts';

const letters = fc.stringMatching(/^[A-Z]{2}$/);
const serial = fc.stringMatching(/^[0-9]{8}$/);
const minted = fc.tuple(letters, serial).map(([service, eight]) => itemCode(service, eight, 'VN'));

describe('an item code (UPU S10)', () => {
  it('RA123456785VN is genuine', () => {
    expect(parseItemCode('RA123456785VN')).toEqual({ ok: true, value: 'RA123456785VN' });
  });

  it.each(['EE471108151FR', 'RR473124829GB', 'RB123456785XX', 'ra 123 456 785 la'])(
    '%s belongs to another country, or to none, and not on a leg within Vietnam',
    (code) => {
      expect(parseItemCode(code)).toEqual({ ok: false, fault: 'not-domestic' });
    },
  );

  it('RA123456789VN fails its check digit, although every form shows it as an example', () => {
    expect(parseItemCode('RA123456789VN')).toEqual({ ok: false, fault: 'check-digit' });
  });

  it.each([
    ['a remainder of 1 is written 0', '70000000', 'RA700000000VN'],
    ['a remainder of 0 is written 5', '00000000', 'RA000000005VN'],
  ])('an item code has the check digit of the standard: %s', (_fact, eight, code) => {
    expect(itemCode('RA', eight, 'VN')).toBe(code);
    expect(parseItemCode(code)).toEqual({ ok: true, value: code });
  });

  it.each([
    '',
    'RA12345678VN',
    'RA1234567855VN',
    'R1123456785VN',
    'RA123456785',
    'RA12345678５Đ',
    'RA12345678ıVN',
    'RА123456785VN',
    'RA١٢٣٤٥٦٧٨٥VN',
    'RA123456785VN\uE000',
    'ſA123456785VN',
    'RA123456785VNRA123456785VN',
  ])('%j is no item code', (text) => {
    expect(parseItemCode(text)).toEqual({ ok: false, fault: 'not-s10' });
  });

  it.each([
    'ra123456785vn',
    ' RA 1234 5678 5 VN\n',
    'RA-123456785-VN',
    'RA.123.456.785.VN',
    'ＲＡ１２３４５６７８５ＶＮ',
    'RA 123 456 785 VN',
    'RA\u00A0123\u202F456\u3000785\u2011VN',
    '\u202ARA123456785VN\u202C',
    'RA\uFE0F123456785VN',
    'RA\u200B123456785VN',
    'RA123456785\u2013VN',
    'RA\u2212123456785\u2043VN',
    'RA\u00AD123456785\u{E0041}VN',
    '\uFEFFRA123456785VN\u2069',
    'R A 1 2 3 4 5 6 7 8 5 V N',
  ])('an item code is read however it was typed: %j', (text) => {
    expect(parseItemCode(text)).toEqual({ ok: true, value: 'RA123456785VN' });
  });

  it('an item code is genuine whenever it was minted here', () => {
    fc.assert(
      fc.property(minted, (code) => expect(parseItemCode(code.toLowerCase())).toEqual({ ok: true, value: code })),
    );
  });

  it('an item code is refused when any one digit of the serial was mistyped, save where 0 and 5 stand for two remainders each', () => {
    fc.assert(
      fc.property(minted, fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 9 }), (code, place, step) => {
        fc.pre(code[10] !== '0' && code[10] !== '5');
        const mistyped = `${code.slice(0, place)}${(Number(code[place]) + step) % 10}${code.slice(place + 1)}`;
        expect(parseItemCode(mistyped)).toEqual({ ok: false, fault: 'check-digit' });
      }),
    );
  });

  it.each([
    ['ra', '12345678', 'VN'],
    ['RA', '1234567', 'VN'],
    ['RA', '1234567x', 'VN'],
    ['RA', '12345678', 'V'],
  ])('an item code is not minted from %s, %s, %s', (prefix, eight, country) => {
    expect(() => itemCode(prefix, eight, country)).toThrow(RangeError);
  });
});
