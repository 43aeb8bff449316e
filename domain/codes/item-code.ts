import { withoutSeparators, type Parsed } from './parsed.ts';

/** Named as in the refusal `ItemCodeRefused`. */
export type ItemCodeFault = 'not-s10' | 'check-digit' | 'not-domestic';

const shape = /^[A-Za-z]{2}\d{9}[A-Za-z]{2}$/;
const weights = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/**
 * The check digit of UPU standard S10: 11 less the weighted sum modulo 11, where 10 is written 0 and 11 is written 5.
 * @param serial eight decimal digits
 */
function checkDigitOf(serial: string): number {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(serial[place]), 0);
  const digit = 11 - (sum % 11);
  if (digit === 10) return 0;
  return digit === 11 ? 5 : digit;
}

/**
 * Reads the item code of a shipment (UPU S10): two letters of service, eight digits, a check digit, two letters of
 * country.
 * Any service is taken: which prefix the Vietnamese post uses for dossiers is not public. The country is Vietnam's, for
 * every leg is domestic.
 * @param text as typed or scanned; case, spaces, hyphens and dots do not matter
 * @returns the code in capitals without separators, `not-s10` for another shape, `check-digit` for a mistyped
 * digit, `not-domestic` for another country
 */
export function parseItemCode(text: string): Parsed<string, ItemCodeFault> {
  const code = withoutSeparators(text);
  if (!shape.test(code)) return { ok: false, fault: 'not-s10' };
  if (checkDigitOf(code.slice(2, 10)) !== Number(code[10])) return { ok: false, fault: 'check-digit' };
  const capitals = code.toUpperCase();
  return capitals.endsWith('VN') ? { ok: true, value: capitals } : { ok: false, fault: 'not-domestic' };
}

/**
 * Mints an item code from its parts, as a pool of printed labels would.
 * @param prefix two capital letters of service, e.g. `RA`
 * @param serial eight decimal digits
 * @param country two capital letters (ISO 3166), e.g. `VN`
 * @throws RangeError when a part has another shape
 */
export function itemCode(prefix: string, serial: string, country: string): string {
  if (!/^[A-Z]{2}$/.test(prefix) || !/^\d{8}$/.test(serial) || !/^[A-Z]{2}$/.test(country)) {
    throw new RangeError('An item code is two letters, eight digits and two letters of country.');
  }
  return `${prefix}${serial}${checkDigitOf(serial)}${country}`;
}
