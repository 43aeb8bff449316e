import * as z from 'zod';

/**
 * What all operations share on the wire: text is NFC, times are ISO 8601 with an offset and become epoch milliseconds,
 * money is whole đồng, ids are opaque ASCII.
 */

/**
 * An instant with its offset, e.g. `2026-11-23T15:42:00+07:00`, as epoch milliseconds: from 1970, where a phone without
 * a clock begins, to 9999.
 */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .pipe(
    z
      .int()
      .min(0)
      .max(Date.UTC(9999, 11, 31)),
  );

/** Epoch milliseconds as UTC text for an answer. */
export function shown(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

/** Whole đồng. */
export const dong = z.int().min(0).max(1_000_000_000);

export const dossierId = z.string().regex(/^[a-z0-9-]{8,40}$/);
export const eventId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
/** The id of an event that is in the book: the system's own have dots, which nobody else's may have. */
export const concernedId = z.string().regex(/^[A-Za-z0-9._-]{3,120}$/);
export const scanId = z.string().regex(/^[a-z0-9-]{8,40}$/);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const unitId = z.string().regex(/^[A-Za-z0-9-]{2,40}$/);
