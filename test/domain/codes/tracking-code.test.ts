import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  drawnDigits,
  parseTrackingCode,
  showTrackingCode,
  trackingCodeFrom,
} from '../../../domain/codes/tracking-code.ts';

const draw = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: drawnDigits, maxLength: drawnDigits })
  .map((digits) => digits.join(''));

// Holds ADR 0030.
describe('a tracking code', () => {
  it('a tracking code carries the check digit of Luhn: 7992739871 gives 3', () => {
    expect(trackingCodeFrom('00000007992739871')).toBe('000000079927398713');
  });

  it('a tracking code is printed three by three, as it is read out', () => {
    expect(showTrackingCode('123456079927398715')).toBe('123-456-079-927-398-715');
  });

  it.each([
    '000-000-079-927-398-713',
    '000000 079927 398713',
    ' 0000.0007.9927.3987.13 ',
    '００００００07992７３９—8713',
    '0000000799\u00A02739\u200B8713',
  ])('a tracking code is read however the citizen typed it: %j', (text) => {
    expect(parseTrackingCode(text)).toEqual({ ok: true, value: '000000079927398713' });
  });

  it.each([
    '',
    '079927398713',
    '00000007992739871',
    '0000000799273987130',
    '00000007992739871a',
    '-',
    '٠٠٠٠٠٠٠٧٩٩٢٧٣٩٨٧١٣',
  ])('%j is no tracking code', (text) => {
    expect(parseTrackingCode(text)).toEqual({ ok: false, fault: 'not-a-tracking-code' });
  });

  it('a tracking code is read back from its printed form', () => {
    fc.assert(
      fc.property(draw, (number) => {
        const code = trackingCodeFrom(number);
        expect(parseTrackingCode(showTrackingCode(code))).toEqual({ ok: true, value: code });
      }),
    );
  });

  it('a tracking code is refused when any one digit was mistyped', () => {
    fc.assert(
      fc.property(
        draw,
        fc.integer({ min: 0, max: drawnDigits }),
        fc.integer({ min: 1, max: 9 }),
        (number, place, step) => {
          const code = trackingCodeFrom(number);
          const mistyped = `${code.slice(0, place)}${(Number(code[place]) + step) % 10}${code.slice(place + 1)}`;
          expect(parseTrackingCode(mistyped)).toEqual({ ok: false, fault: 'check-digit' });
        },
      ),
    );
  });

  it('a tracking code is another one for another number', () => {
    fc.assert(
      fc.property(draw, draw, (one, other) => (one === other) === (trackingCodeFrom(one) === trackingCodeFrom(other))),
    );
  });

  it.each(['', '1234567890123456', '123456789012345678', '1234567890123456a', '-2345678901234567'])(
    'a tracking code is not drawn from %j',
    (drawn) => {
      expect(() => trackingCodeFrom(drawn)).toThrow(RangeError);
    },
  );
});
