import type { Dossier, JourneyEvent } from './dossier.ts';
import type { MatterChanges } from './matters.ts';

/**
 * What a granted report changes: one event to append, the head as it is then, and what somebody has to settle from now
 * on, or no more. All are written together or not at all.
 */
export interface Step {
  readonly event: JourneyEvent;
  readonly dossier: Dossier;
  readonly matters: MatterChanges;
}
