import type { Refused } from '../../contract/operation.ts';
import { placeView } from '../../contract/dossier-view.ts';
import type { Tracked } from '../../contract/track-dossier.ts';
import { shown } from '../../contract/wire.ts';
import type { Limiter } from '../../domain/limiter.ts';
import { guessUnits } from '../../domain/limits.ts';
import { showLocalTime } from '../../domain/calendar/local-time.ts';
import { parseTrackingCode, showTrackingCode } from '../../domain/codes/tracking-code.ts';
import { eventFacts } from '../../domain/journey/events.ts';
import type { Track } from '../../domain/people/tracking.ts';

/** What an address is answered about a code as it was typed. */
export type TrackTyped = (
  typed: string,
  address: string,
) => Promise<{ readonly status: 200; readonly body: Tracked } | Refused>;

export interface Tracking {
  readonly track: Track;
  readonly addresses: Limiter;
  readonly codes: Limiter;
}

/**
 * Shows the stages to whoever holds the code on the slip: no names, no procedure, no addresses.
 * Refused: UnknownDossier; TooManyRequests to an address that guesses or asks without end, and about a code that is
 * asked for without end (ADR 0028).
 */
export function trackDossier({ track, addresses, codes }: Tracking): TrackTyped {
  return async (typed, address) => {
    const code = parseTrackingCode(typed);
    const spentBefore = addresses.spentOut(address) ?? (code.ok ? codes.spentOut(code.value) : undefined);
    if (spentBefore !== undefined) return tooMany(spentBefore);
    // Whoever guesses gets the check digit right: one that is wrong is mistyped. It takes as long as any other.
    if (!code.ok) return tooManyOrUnknown((await Promise.all([addresses.spend(address), track(typed)]))[0]);
    const [tracked, ...spent] = await Promise.all([
      track(code.value),
      addresses.spend(address),
      codes.spend(code.value),
    ]);
    if (!tracked) return tooManyOrUnknown(await addresses.spend(address, guessUnits - 1));
    const seconds = spent.find((one) => one !== undefined);
    if (seconds !== undefined) return tooMany(seconds);
    const { place, next, overdue, dueAt, stages } = tracked;
    return {
      status: 200,
      body: {
        trackingCode: showTrackingCode(tracked.trackingCode),
        place: placeView(place),
        next,
        overdue,
        ...(dueAt === undefined ? {} : { dueAt: shown(dueAt), dueAtLocal: showLocalTime(dueAt) }),
        stages: stages.map(({ type, occurredAt, doubt }) => ({
          vi: eventFacts[type].vi,
          en: eventFacts[type].en,
          ...(doubt === undefined ? { at: shown(occurredAt), atLocal: showLocalTime(occurredAt) } : {}),
        })),
      },
    };
  };
}

function tooMany(retryAfter: number): Refused {
  return { refusal: { name: 'TooManyRequests', retryAfter } };
}

function tooManyOrUnknown(seconds: number | undefined): Refused {
  return seconds === undefined ? { refusal: { name: 'UnknownDossier' } } : tooMany(seconds);
}
