import type { NationalStatus } from '../journey/places.ts';

/** What an agency's one-stop system hears of a dossier. */
export interface StatusUpdate {
  readonly dossierId: string;
  /** The agency's own code of it, where it is known. */
  readonly officialCode?: string;
  readonly agencyId: string;
  readonly status: NationalStatus;
  /** When the fact happened that set it, in epoch milliseconds. */
  readonly at: number;
  /** Whoever has heard of a higher one forgets this: updates may come twice, and behind each other. */
  readonly version: number;
}

/** The one-stop systems of the province, or what brings updates to them. */
export interface OneStop {
  /** Hands an update over; it is told at least once. @throws when it could not be handed over now */
  tell(update: StatusUpdate): Promise<void>;
}
