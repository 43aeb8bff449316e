import type { Outcome } from '../journey/refusals.ts';
import type { ScanContents, ScanType } from '../scans.ts';

export interface OpenedScan {
  readonly contents: ScanContents;
  /** A small picture (JPEG) of the first page. */
  readonly preview: Uint8Array;
  /** Of each page (JPEG), when the file is risky. */
  readonly pictures: readonly Uint8Array[];
}

/** Opens files as their readers will. */
export interface ScanCheck {
  /**
   * Opens every page and decodes every picture, within a limit of time and memory.
   * @param announced what the file should be
   * @returns what it is, or ScanRefused
   */
  open(bytes: Uint8Array, announced: ScanType): Promise<Outcome<OpenedScan>>;
}
