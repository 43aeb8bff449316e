import { withoutSeparators, type Parsed } from './parsed.ts';

export type TrackingCodeFault = 'not-a-tracking-code' | 'check-digit';

/** So many digits are drawn for a tracking code: nobody finds one by guessing (ADR 0030). */
export const drawnDigits = 17;

/**
 * Luhn's check digit (ISO/IEC 7812-1): every second digit from the right doubled, digit sums added, filled up to ten.
 */
function checkDigitOf(digits: string): number {
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, place) => {
      const counted = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
      return total + (counted > 9 ? counted - 9 : counted);
    }, 0);
  return (10 - (sum % 10)) % 10;
}

/**
 * The citizen's tracking code: eighteen digits that say nothing about the dossier. Digits can be read out on the
 * telephone, three by three, and typed on any keypad; the last one catches a mistyped digit and most swapped
 * neighbours.
 * @param drawn {@link drawnDigits} digits, each drawn evenly
 * @throws RangeError for anything else
 */
export function trackingCodeFrom(drawn: string): string {
  if (!new RegExp(`^\\d{${drawnDigits}}$`).test(drawn))
    throw new RangeError(`A tracking code is made of ${drawnDigits} digits that were drawn.`);
  return `${drawn}${checkDigitOf(drawn)}`;
}

/**
 * Reads a tracking code as a citizen types it: spaces, hyphens and dots do not matter.
 * @returns the eighteen digits, or the fault by name
 */
export function parseTrackingCode(text: string): Parsed<string, TrackingCodeFault> {
  const code = withoutSeparators(text);
  if (!new RegExp(`^\\d{${drawnDigits + 1}}$`).test(code)) return { ok: false, fault: 'not-a-tracking-code' };
  if (checkDigitOf(code.slice(0, -1)) !== Number(code.at(-1))) return { ok: false, fault: 'check-digit' };
  return { ok: true, value: code };
}

/** A tracking code as it is printed on the slip and read out: `123-456-789-012-345-675`. */
export function showTrackingCode(code: string): string {
  return code.match(/\d{1,3}/g)?.join('-') ?? code;
}
