/** How often papers were printed: a second original would be another contract. */
export interface Prints {
  /** Counts one more. @returns how often this paper of the dossier has been printed, this time included */
  count(dossierId: string, paper: string): Promise<number>;
}
