import type { JourneyEvent, Note } from './journey/dossier.ts';
import type { Details } from './journey/events.ts';
import type { Scan } from './scans.ts';

/** A signature or photo that an event speaks of, with the scan that has its content. */
export interface Evidence {
  readonly event: Pick<Note, 'eventId' | 'type'>;
  readonly kind: NonNullable<Details['evidence']>[number]['kind'];
  readonly sha256: string;
  /** Absent where nobody has asked to upload it yet. */
  readonly scan?: Scan;
}

/** The scan of each content, by its SHA-256. */
export type ScansByContent = ReadonlyMap<string, Scan>;

/** Whether anything that was told of a dossier speaks of evidence. */
export function speaksOfEvidence(told: readonly Pick<Note, 'details'>[]): boolean {
  return told.some(({ details }) => details.evidence !== undefined);
}

/** Everything that what was told of a dossier speaks of; what was set aside as not having happened has no evidence. */
export function evidenceIn(told: readonly (JourneyEvent | Note)[], scanWith: ScansByContent): readonly Evidence[] {
  return told
    .filter((one) => !('standing' in one && one.standing === 'set-aside'))
    .flatMap(({ eventId, type, details: { evidence = [] } }) =>
      evidence.map(({ kind, sha256 }) => {
        const scan = scanWith.get(sha256);
        return { event: { eventId, type }, kind, sha256, ...(scan === undefined ? {} : { scan }) };
      }),
    );
}

const betterFirst: readonly Scan['status'][] = ['verified', 'awaited', 'refused'];

/** The scan of each content; of several kinds the one that can be read. */
export function scansByContent(scans: readonly Scan[]): ScansByContent {
  const worstFirst = scans.toSorted(
    (one, other) => betterFirst.indexOf(other.status) - betterFirst.indexOf(one.status),
  );
  return new Map(worstFirst.map((scan) => [scan.sha256, scan]));
}
