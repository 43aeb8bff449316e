/** Crockford's base 32 in small letters: no i, l, o or u, so nothing is misread and no word appears by chance. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const idLength = 26;
const shape = /^d-[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** 128 bits as 26 digits of 5 bits each; the first digit carries the 3 bits left over. */
function inBase32(bytes: Uint8Array): string {
  let rest = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  let digits = '';
  while (digits.length < idLength) {
    digits = `${alphabet[Number(rest & 31n)]}${digits}`;
    rest >>= 5n;
  }
  return digits;
}

/**
 * An opaque dossier id, e.g. `d-3v7h2qk9m4e8x1c6t5w0b2n7rz` (28 ASCII characters). It tells nothing about person, place
 * or day,
 * so it may stand in execution names, keys, URLs and logs.
 * @param bytes sixteen random bytes
 * @throws RangeError when there are not sixteen
 */
export function dossierIdFrom(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new RangeError('A dossier id is made from sixteen bytes.');
  return `d-${inBase32(bytes)}`;
}

/** Whether `text` is a dossier id, letter for letter: ids travel by machine, so nothing is forgiven. */
export function isDossierId(text: string): boolean {
  return shape.test(text);
}

/**
 * The name of the execution that follows a dossier. Step Functions starts a name once, so a second start is harmless; a
 * new
 * generation replaces an execution that was stopped. Names are at most 80 characters, and ASCII so that metrics exist.
 * @param generation counts from 1
 * @throws RangeError when `generation` is not a whole number of at least 1
 */
export function executionName(dossierId: string, generation: number): string {
  if (!Number.isSafeInteger(generation) || generation < 1) throw new RangeError('Generations count from 1.');
  return `${dossierId}-${generation}`;
}

/** The dossier and the generation in the name of an execution; undefined for other names. */
export function executionOf(name: string): { readonly dossierId: string; readonly generation: number } | undefined {
  const [, dossierId, generation] = /^(.+)-([1-9]\d*)$/.exec(name) ?? [];
  return dossierId === undefined || !isDossierId(dossierId) ? undefined : { dossierId, generation: Number(generation) };
}
