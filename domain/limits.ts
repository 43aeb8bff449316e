/** So many notes a dossier takes in a day: 16,000 scans of one once made a read of it 5.3 MB. */
export const notesADay = 200;

/** Bytes of a body: form fields and codes are small; files never pass through the API. */
export const usualBody = 64 * 1024;
/** Of a bag of a hundred dossiers. */
export const bagBody = 256 * 1024;
/** Of a batch: 500 items of 2 KB. */
export const batchBody = 1024 * 1024;

/**
 * Requests a second to each route, and at once. A province's 2,000 dossiers a day make 3 a second, 30 at the worst, so
 * this is no limit for those who work: it stops what no function should have to refuse. No caller comes near it within
 * an allowance, and the account has 10,000 a second for all of a Region.
 */
export const gateway = { rateLimit: 1000, burstLimit: 2000 };

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
  /** Of one tracking code, to be wrong about the digits that open its details: what is right is given back. */
  digits: { units: 5, windowSeconds: 30 * 86_400, together: 1 },
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

/** What wrong digits cost their address. */
export const wrongDigitsUnits = 60;
