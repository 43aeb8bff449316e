import type { Dossier, JourneyEvent, Note, Party } from './journey/dossier.ts';
import { isRisky, type Scan } from './scans.ts';

/** Why something of a dossier is in no archive that leaves the house, or not in this one. */
export const leavingOut = [
  'people-apart',
  'scan-awaited',
  'scan-refused',
  'scan-unchecked',
  'scan-as-pictures',
  'scan-for-parties',
] as const;
export type LeavingOut = (typeof leavingOut)[number];

/** What is not in an archive, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: LeavingOut;
}

/** A file of a scan in an archive: what was uploaded, or a picture of a page of it. */
export interface ArchivedFile {
  readonly scan: Scan;
  /** From 1; absent for the file itself. */
  readonly page?: number;
}

/** All that goes into an archive. */
export interface ArchiveContents {
  readonly dossier: Dossier;
  readonly events: readonly JourneyEvent[];
  readonly notes: readonly Note[];
  /** The lines of all scans, those too whose files are left out. */
  readonly scans: readonly Scan[];
  readonly files: readonly ArchivedFile[];
  readonly leftOut: readonly LeftOut[];
  /** Whoever it is made for. */
  readonly by: Pick<Party, 'role' | 'unit'>;
}

/** People stand in no archive: it is passed on, and they must be able to be erased. */
const always: readonly LeftOut[] = [{ what: 'people', why: 'people-apart' }];

/**
 * Which files of a dossier's scans may leave the house, as they are or as pictures, and which may not: as with a link
 * to one of them (`open-scan`).
 * @param virusCheck only what a virus check has passed
 */
export function filesOf(scans: readonly Scan[], virusCheck: boolean): Pick<ArchiveContents, 'files' | 'leftOut'> {
  const parts = scans.map((scan): Pick<ArchiveContents, 'files' | 'leftOut'> => {
    const left = (why: LeavingOut): readonly LeftOut[] => [{ what: scan.scanId, why }];
    if (scan.status !== 'verified') return { files: [], leftOut: left(`scan-${scan.status}`) };
    if (virusCheck && scan.contents?.virusFree !== true) return { files: [], leftOut: left('scan-unchecked') };
    if (scan.contents === undefined || !isRisky(scan.contents)) return { files: [{ scan }], leftOut: [] };
    const pages = Array.from({ length: scan.contents.pictures ?? 0 }, (_none, index) => ({ scan, page: index + 1 }));
    return { files: pages, leftOut: left('scan-as-pictures') };
  });
  return {
    files: parts.flatMap(({ files }) => files),
    leftOut: [...always, ...parts.flatMap(({ leftOut }) => leftOut)],
  };
}

/** Of whoever may see no scan. */
export function noFiles(scans: readonly Scan[]): Pick<ArchiveContents, 'files' | 'leftOut'> {
  return {
    files: [],
    leftOut: [...always, ...scans.map(({ scanId }): LeftOut => ({ what: scanId, why: 'scan-for-parties' }))],
  };
}
