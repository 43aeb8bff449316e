/**
 * How far a datum may be trusted. The pilot runs on public material, so nothing here is taken for law by itself.
 * - `verified`: read in the named primary or official source
 * - `secondary`: read in news, a law firm's page, a public listing
 * - `seen-in-code`: what a deployed public system does; not law
 * - `judged`: our own reading or choice, to be confirmed by the province or the post
 * - `unverified`: from memory, to be checked before go-live
 */
export const standings = ['verified', 'secondary', 'seen-in-code', 'judged', 'unverified'] as const;
export type Standing = (typeof standings)[number];

/** Where a datum comes from, in words a clerk can look up, and how far it may be trusted. */
export interface Provenance {
  readonly source: string;
  readonly standing: Standing;
}

/** One value with its provenance. `null` as the value means: not known. */
export interface Marked<T> extends Provenance {
  readonly value: T;
}

/** The two languages of every name shown to people. Vietnamese is NFC with diacritics. */
export interface Name {
  readonly vi: string;
  readonly en: string;
}
