import { localDay } from '../calendar/local-time.ts';
import type { JourneyEvent } from './dossier.ts';

/** A courier's round of a local day, `YYYY-MM-DD`. */
export interface Round {
  readonly person: string;
  readonly day: string;
}

/** The round on which a fact takes a dossier out; undefined for any other fact, and where nobody knows who has it. */
export function roundOf({ type, by, occurredAt }: JourneyEvent): Round | undefined {
  if (type !== 'OutForDelivery' || by.person === undefined) return undefined;
  return { person: by.person, day: localDay(occurredAt) };
}
