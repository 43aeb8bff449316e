import type { Device, Dossier, JourneyEvent, Party } from './dossier.ts';
import type { Details, EventType } from './events.ts';

/** Something that somebody says happened. */
export interface Report {
  readonly eventId: string;
  readonly type: EventType;
  /** Epoch milliseconds, as the device claims. */
  readonly occurredAt: number;
  readonly by: Party;
  /** What it was said with, where that is known. */
  readonly device?: Device;
  /** The device's own time when it sent this, in epoch milliseconds: it tells how wrong its clock is. */
  readonly sentAt?: number;
  readonly details: Details;
  /** Drawn for whoever asks for another tracking code: nobody says it himself. */
  readonly newTrackingCode?: string;
}

/**
 * Paper arrives no earlier than where it came from: a phone whose clock lags must not let a deadline pass that has just
 * begun.
 * @param receivedAt epoch milliseconds of the server; a device's claim from the future is clamped to it
 */
export function arrivalOf(
  { since }: Pick<Dossier, 'since'>,
  { occurredAt }: Pick<Report, 'occurredAt'>,
  receivedAt: number,
): number {
  return Math.max(Math.min(occurredAt, receivedAt), since);
}

const hour = 3_600_000;
/** A clock that is less wrong is taken for right: it is the way through the network, and how people read clocks. */
export const toleratedSkewMs = 60_000;
const day = 24 * hour;

/** When something happened, as far as that can be known. */
export type Timing = Pick<JourneyEvent, 'occurredAt' | 'claimedAt' | 'doubt' | 'aheadSeconds' | 'skewSeconds'>;

/**
 * Takes a device's claim for what it is: corrected where its clock is known to be wrong, never in the future, never
 * before the registration. What lies a day or more before it, or an hour or more ahead, tells nothing about the day
 * (judged), so the time of receipt is taken for it, and the doubt is kept.
 * @param registeredAt epoch milliseconds, as `receivedAt`, the server's time
 */
export function timingOf(
  { occurredAt: claimedAt, sentAt }: Pick<Report, 'occurredAt' | 'sentAt'>,
  registeredAt: number,
  receivedAt: number,
): Timing {
  const skewSeconds = sentAt === undefined ? 0 : Math.round((sentAt - receivedAt) / 1000);
  const isSkewed = Math.abs(skewSeconds) * 1000 > toleratedSkewMs;
  const corrected = isSkewed ? claimedAt - skewSeconds * 1000 : claimedAt;
  const isAncient = corrected <= registeredAt - day;
  const occurredAt = isAncient ? receivedAt : Math.max(registeredAt, Math.min(corrected, receivedAt));
  const doubt = isAncient ? 'before-registration' : corrected >= receivedAt + hour ? 'future' : undefined;
  const aheadSeconds = Math.round((claimedAt - receivedAt) / 1000);
  return {
    occurredAt,
    ...(occurredAt === claimedAt ? {} : { claimedAt }),
    ...(doubt === undefined ? {} : { doubt }),
    ...(aheadSeconds > 0 ? { aheadSeconds } : {}),
    ...(isSkewed ? { skewSeconds } : {}),
  };
}
