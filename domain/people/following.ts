import { parseTrackingCode } from '../codes/tracking-code.ts';
import { granted, refused, type Outcome } from '../journey/refusals.ts';
import type { Limiter } from '../limiter.ts';
import { guessUnits } from '../limits.ts';

export interface Following<T> {
  /** @returns undefined for a code that nobody has, in the time that one takes which somebody has */
  readonly track: (trackingCode: string) => Promise<T | undefined>;
  readonly addresses: Limiter;
  readonly codes: Limiter;
}

/** What a code leads to, as somebody at a network address typed it. */
export type Follow<T> = (typed: string, address: string) => Promise<Outcome<T>>;

/**
 * Follows a code on a slip, within what an address and a code may ask (ADR 0028).
 * Refused: UnknownDossier; TooManyRequests to an address that guesses or asks without end, and about a code that is
 * asked for without end.
 */
export function following<T extends object>({ track, addresses, codes }: Following<T>): Follow<T> {
  return async (typed, address) => {
    const code = parseTrackingCode(typed);
    const spentBefore = addresses.spentOut(address) ?? (code.ok ? codes.spentOut(code.value) : undefined);
    if (spentBefore !== undefined) return tooMany(spentBefore);
    // Whoever guesses gets the check digit right: one that is wrong is mistyped. It takes as long as any other.
    if (!code.ok) return tooManyOrUnknown((await Promise.all([addresses.spend(address), track(typed)]))[0]);
    const [found, ...spent] = await Promise.all([track(code.value), addresses.spend(address), codes.spend(code.value)]);
    if (found === undefined) return tooManyOrUnknown(await addresses.spend(address, guessUnits - 1));
    const seconds = spent.find((one) => one !== undefined);
    return seconds === undefined ? granted(found) : tooMany(seconds);
  };
}

function tooMany(retryAfter: number): Outcome<never> {
  return refused({ name: 'TooManyRequests', retryAfter });
}

function tooManyOrUnknown(seconds: number | undefined): Outcome<never> {
  return seconds === undefined ? refused({ name: 'UnknownDossier' }) : tooMany(seconds);
}
