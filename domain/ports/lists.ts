import type { Dossier } from '../journey/dossier.ts';
import type { Matter, MatterKind } from '../journey/matters.ts';
import type { Round } from '../journey/round.ts';
import type { Place } from '../journey/places.ts';
import type { FindingKind } from './book.ts';

/** A row of a list: what a list goes on behind, wherever the row has gone meanwhile. */
export interface Position {
  /** Which of the places or kinds that were asked for, by its index. */
  readonly part: number;
  /** Epoch milliseconds, as all here. */
  readonly at: number;
  readonly dossierId: string;
  /** Which item of the dossier's, by its sort key. */
  readonly item: string;
}

/** Some rows of a list, in its order. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** The dossiers of rows that cannot be read. */
  readonly unreadable: readonly string[];
  /** Where the next page begins; undefined with the last. */
  readonly next?: Position;
}

/** Which rows. */
export interface Asked {
  /** Only what should have been done before. */
  readonly before?: number;
  readonly after?: Position;
  readonly most: number;
}

/** A dossier on the desk of whoever has to act; it has a date until its clock has rung. */
export type DeskRow = Pick<
  Dossier,
  'dossierId' | 'trackingCode' | 'procedureCode' | 'place' | 'since' | 'dueAt' | 'reminders' | 'officialCode'
>;

/** What somebody has to settle, on its owner's desk. */
export interface MatterRow extends Pick<Matter, 'eventId' | 'dueAt'> {
  readonly kind: MatterKind;
  readonly dossierId: string;
  readonly trackingCode: string;
  readonly procedureCode: string;
  readonly since: number;
  readonly reminders: number;
}

/** What ops have to look at. */
export interface FindingRow {
  readonly dossierId: string;
  readonly kind: FindingKind;
  readonly since: number;
}

/** Who was taken out, and when. */
export interface TakenOut {
  readonly dossierId: string;
  readonly at: number;
}

/** With an agency in a local month, `YYYY-MM`; or registered by a portal on a local day, `YYYY-MM-DD`. */
export type LodgedIn =
  { readonly agency: string; readonly month: string } | { readonly portal: string; readonly day: string };

/** The code on the citizen's slip, that on the label of an item, or the agency's own. */
export type Code =
  { readonly trackingCode: string } | { readonly itemCode: string } | { readonly officialCode: string };

/** The lists of the book, each the answer of an index. What has just been written may be missing for a moment. */
export interface Lists {
  /**
   * What waits at these places for a unit: the most urgent first, and of the same instant in the order of the places.
   */
  waiting(unit: string, places: readonly Place[], asked: Asked): Promise<Page<DeskRow>>;
  /** What a unit has to settle, of one kind, the most urgent first. */
  unsettled(unit: string, kind: MatterKind, asked: Asked): Promise<Page<MatterRow>>;
  /** What ops have to look at, the oldest first. */
  found(asked: Asked): Promise<Page<FindingRow>>;
  /** Everything that was ever lodged there, as it stands now, the oldest first. */
  lodged(list: LodgedIn, asked: Asked): Promise<Page<Dossier>>;
  /** What somebody took out on a day, in that order, with when he did; the first so many. */
  takenOut(round: Round, most: number): Promise<readonly TakenOut[]>;
  /** The dossiers of these ids as they stand now; those that are not there, or cannot be read, are left out. */
  heads(dossierIds: readonly string[]): Promise<readonly Dossier[]>;
  /** Whatever bears this code. Reads as much where nothing does. */
  bearing(code: Code): Promise<readonly Dossier[]>;
}
