/** So many notes a dossier takes in a day: 16,000 scans of one once made a read of it 5.3 MB. */
export const notesADay = 200;

/** What one caller may spend in a window of time. A request costs one unit unless it says more. */
export interface Allowance {
  readonly units: number;
  readonly windowSeconds: number;
  /** One instance tells the others after so many units: fewer writes, and as much more for each that has not told. */
  readonly together: number;
}

/** All figures are judged. */
export const allowances = {
  /** Of a network address, to track: a village of some thousand phones has one address of its mobile network. */
  address: { units: 6000, windowSeconds: 3600, together: 1 },
  /** Of one tracking code, whoever asks: every six seconds. */
  code: { units: 600, windowSeconds: 3600, together: 1 },
  /** Of a network address, for what is open and about nobody; every instance counts for itself. */
  page: { units: 600, windowSeconds: 60, together: Infinity },
  /** Of a person with a token. */
  person: { units: 500, windowSeconds: 10, together: 10 },
  /** Of a system with a token, which speaks for a whole province. */
  system: { units: 1000, windowSeconds: 10, together: 10 },
} as const satisfies Record<string, Allowance>;
export type AllowanceName = keyof typeof allowances;

/** What a well-formed code that no dossier has costs its address: the eleventh in an hour is one too many. */
export const guessUnits = 600;
