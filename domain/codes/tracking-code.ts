import { withoutSeparators, type Parsed } from './parsed.ts';

export type TrackingCodeFault = 'not-a-tracking-code' | 'check-digit';

/** How many different tracking codes there are: eleven free digits. */
export const trackingCodes = 100_000_000_000;

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
 * The citizen's tracking code: twelve digits that say nothing about the dossier. Digits can be read out on the
 * telephone
 * and typed on any keypad; the last one catches a mistyped digit and most swapped neighbours.
 * @param draw a number drawn evenly from 0 up to (not including) {@link trackingCodes}
 * @throws RangeError when `draw` is outside
 */
export function trackingCodeFrom(draw: number): string {
  if (!Number.isSafeInteger(draw) || draw < 0 || draw >= trackingCodes) {
    throw new RangeError(`A tracking code is drawn from 0 to ${trackingCodes - 1}.`);
  }
  const digits = String(draw).padStart(11, '0');
  return `${digits}${checkDigitOf(digits)}`;
}

/**
 * Reads a tracking code as a citizen types it: spaces, hyphens and dots do not matter.
 * @returns the twelve digits, or the fault by name
 */
export function parseTrackingCode(text: string): Parsed<string, TrackingCodeFault> {
  const code = withoutSeparators(text);
  if (!/^\d{12}$/.test(code)) return { ok: false, fault: 'not-a-tracking-code' };
  if (checkDigitOf(code.slice(0, 11)) !== Number(code[11])) return { ok: false, fault: 'check-digit' };
  return { ok: true, value: code };
}

/** A tracking code as printed on the slip: `1234-5678-9012`. */
export function showTrackingCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}
