import type { Scan, Upload } from '../scans.ts';
import type { OpenedScan } from './scan-check.ts';

/** A form to POST one file with, exactly as announced. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** What lies in quarantine, with the version of the object that was read. */
export interface Quarantined extends Upload {
  readonly version?: string;
  /** Where files are checked for viruses. */
  readonly virusFree?: true;
}

/** Something lies there that nobody may read: it waits for the virus check, or that did not pass it. */
export interface HeldBack {
  readonly heldBack: 'waits' | 'infected' | 'not-checked';
}

/** Lives for minutes. */
export interface Link {
  readonly url: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Where the files lie. */
export interface ScanStore {
  invite(scan: Scan): Promise<UploadForm>;
  /** The uploaded bytes; undefined when nothing was uploaded. */
  quarantined(scan: Scan): Promise<Quarantined | HeldBack | undefined>;
  /** Copies exactly the inspected version out of quarantine. Doing it twice is harmless. */
  release(scan: Scan, inspected: Quarantined): Promise<void>;
  /** Empties the scan's place in quarantine; what is forgotten there is swept after a day. */
  discard(scan: Scan): Promise<void>;
  /** Keeps the pictures (JPEG) of a file beside it. Doing it twice is harmless. */
  keepPictures(scan: Scan, shown: Pick<OpenedScan, 'preview' | 'pictures'>): Promise<void>;
}

/** Links to what lies there, for whoever was written down. */
export interface ScanLinks {
  /** A link to the verified file that lives for minutes. */
  link(scan: Scan): Promise<Link>;
  previewLink(scan: Scan): Promise<Link>;
  /** Links to so many pictures of its pages, in their order. */
  pictureLinks(scan: Scan, count: number): Promise<readonly Link[]>;
}

/** The scans' lines in the book. */
export interface ScanBook {
  scan(dossierId: string, scanId: string): Promise<Scan | undefined>;
  /** All of a dossier, in the order in which they were asked for. */
  scans(dossierId: string): Promise<readonly Scan[]>;
  /**
   * Writes the line of a scan that is asked for, and takes its room in the dossier, in one act.
   * @param before the line as it was read, when it is asked for anew
   * @returns `overtaken` when the line was written by somebody else meanwhile, `full` when the dossier has no room
   */
  request(scan: Scan, before?: Scan): Promise<'written' | 'overtaken' | 'full'>;
  /**
   * Writes verdict and time onto a line that still awaits one; a refusal gives the room back.
   * @returns false when another verdict came first
   */
  judge(scan: Scan): Promise<boolean>;
}
