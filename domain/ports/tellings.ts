import type { Telling } from '../telling/tellings.ts';

/** What people were and are to be told of each dossier. */
export interface Tellings {
  /** Of a dossier, in no order. */
  of(dossierId: string): Promise<readonly Telling[]>;
  /**
   * Writes one telling over what it was.
   * @param before what it was read as; undefined for a new one
   * @returns `overtaken` when it is something else by now: somebody else has it in hand
   */
  write(dossierId: string, before: Telling | undefined, after: Telling): Promise<'written' | 'overtaken'>;
  /**
   * Something has arrived of a dossier: whoever tells people looks after it with the next round. @param now epoch ms
   */
  announce(dossierId: string, now: number): Promise<void>;
  /** When something was announced that nobody has looked after yet. */
  announcedAt(dossierId: string): Promise<number | undefined>;
  /** What was announced then has been looked after; what has come since stays. @param at as `announcedAt` gave it */
  settle(dossierId: string, at: number): Promise<void>;
  /**
   * Dossiers to be looked after: what was announced or is planned for `now` or before, the oldest first; so many lines
   * at most.
   */
  dueBy(now: number, most: number): Promise<readonly string[]>;
}
