import type { Device, Dossier, Party } from './dossier.ts';
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
  readonly details: Details;
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
