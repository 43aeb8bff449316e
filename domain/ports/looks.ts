import type { Party } from '../journey/dossier.ts';
import type { PersonField } from '../people/rights.ts';

/** Somebody was shown something that names a person: who, when and what, and never what it said. */
export interface Look {
  readonly dossierId: string;
  readonly by: Party;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of the request that was answered with it; a request is one look at a dossier. */
  readonly requestId: string;
  readonly saw:
    | { readonly fields: readonly PersonField[] }
    | { readonly scanId: string }
    /** All of it as one file: the SHA-256 of its manifest, and the scans in it. */
    | { readonly archive: string; readonly scanIds: readonly string[] };
}

/** Where a look stands among those of its dossier. */
export type LookPlace = Pick<Look, 'at' | 'requestId'>;

/** Writes looks down; nobody changes them. */
export interface LookLog {
  note(look: Look): Promise<void>;
}

export interface LookReader {
  /** So many looks at a dossier, the newest first. @param before behind this one; undefined for the newest */
  looks(dossierId: string, before: LookPlace | undefined, most: number): Promise<readonly Look[]>;
}
