/** From when to when a unit, a price or a rule holds. Days are local (Vietnam), `YYYY-MM-DD`, both ends included. */
export interface Validity {
  readonly validFrom: string;
  /** `null`: no end is known. */
  readonly validTo: string | null;
}

/** Whether the unit or rule holds on the local day `day` (`YYYY-MM-DD`; such days compare as text). */
export function holdsOn({ validFrom, validTo }: Validity, day: string): boolean {
  return validFrom <= day && (validTo === null || day <= validTo);
}
