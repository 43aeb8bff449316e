import type { DossierWithTimeline, ScanAnswer } from '../../client/api-client.ts';
import { arrived, type Carried } from './carry.ts';

/**
 * What `--json` prints. Times are ISO 8601 UTC of the virtual clock, `wallMs` is real milliseconds; the people are made
 * up.
 */
export interface DemoReport {
  readonly delivered: boolean;
  /** Types of the events that the portal's receiver was called with, signed. */
  readonly heard: readonly string[];
  readonly dossiers: readonly {
    readonly id: string;
    readonly route: DossierWithTimeline['frontDoor'];
    readonly finalState: string;
    readonly events: readonly Record<string, unknown>[];
    readonly scans: readonly ScanAnswer[];
    /** What people were written. */
    readonly told: Carried['told'];
    readonly states: readonly string[];
    readonly billedTransitions: number;
    readonly retries: number;
    readonly executionArn: string;
    readonly executionStatus: string;
    readonly virtualDays: number;
    readonly wallMs: number;
  }[];
  readonly virtualDays: number;
  readonly wallMs: number;
}

/** @param wallMs of the whole demo, boot included */
export function reportOf(all: readonly Carried[], heard: readonly string[], wallMs: number): DemoReport {
  return {
    delivered: all.every(arrived),
    heard,
    dossiers: all.map(({ dossier, scans, told, execution, virtualDays, wallMs: wall }) => ({
      id: dossier.dossierId,
      route: dossier.frontDoor,
      finalState: dossier.place.name,
      events: dossier.timeline,
      scans,
      told,
      states: execution.states,
      billedTransitions: execution.billedTransitions,
      retries: execution.retries,
      executionArn: execution.arn,
      executionStatus: execution.status,
      virtualDays,
      wallMs: wall,
    })),
    virtualDays: Math.round(all.reduce((sum, one) => sum + one.virtualDays, 0) * 10) / 10,
    wallMs,
  };
}
