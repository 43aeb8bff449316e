import type { Outcome } from '../journey/refusals.ts';
import type { ScanContents, ScanType } from '../scans.ts';

/** Opens files as their readers will. */
export interface ScanCheck {
  /**
   * Opens every page and decodes every picture, within a limit of time and memory.
   * @param announced what the file should be
   * @returns what it is, or ScanRefused
   */
  open(bytes: Uint8Array, announced: ScanType): Promise<Outcome<ScanContents>>;
}
