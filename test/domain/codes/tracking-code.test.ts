import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  parseTrackingCode,
  showTrackingCode,
  trackingCodeFrom,
  trackingCodes,
} from '../../../domain/codes/tracking-code.ts';

const draw = fc.integer({ min: 0, max: trackingCodes - 1 });

describe('a tracking code', () => {
  it('a tracking code carries the check digit of Luhn: 7992739871 gives 3', () => {
    expect(trackingCodeFrom(7_992_739_871)).toBe('079927398713');
  });

  it('a tracking code is printed in three groups of four', () => {
    expect(showTrackingCode('079927398713')).toBe('0799-2739-8713');
  });

  it.each(['0799-2739-8713', '0799 2739 8713', ' 079.927.398.713 ', '０７９９2739—8713', '0799\u00A02739\u200B8713'])(
    'a tracking code is read however the citizen typed it: %j',
    (text) => {
      expect(parseTrackingCode(text)).toEqual({ ok: true, value: '079927398713' });
    },
  );

  it.each(['', '07992739871', '0799273987130', '07992739871a', '-', '٠٧٩٩٢٧٣٩٨٧١٣'])(
    '%j is no tracking code',
    (text) => {
      expect(parseTrackingCode(text)).toEqual({ ok: false, fault: 'not-a-tracking-code' });
    },
  );

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
      fc.property(draw, fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 9 }), (number, place, step) => {
        const code = trackingCodeFrom(number);
        const mistyped = `${code.slice(0, place)}${(Number(code[place]) + step) % 10}${code.slice(place + 1)}`;
        expect(parseTrackingCode(mistyped)).toEqual({ ok: false, fault: 'check-digit' });
      }),
    );
  });

  it('a tracking code is another one for another number', () => {
    fc.assert(
      fc.property(draw, draw, (one, other) => (one === other) === (trackingCodeFrom(one) === trackingCodeFrom(other))),
    );
  });

  it.each([-1, trackingCodes, 0.5, Number.NaN])('a tracking code is not drawn from %s', (number) => {
    expect(() => trackingCodeFrom(number)).toThrow(RangeError);
  });
});
