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
  )
  .meta({ description: 'An instant with its offset.', examples: ['2026-11-23T15:42:00+07:00'] });

/** Epoch milliseconds as UTC text for an answer. */
export function shown(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

/** Whole đồng. */
export const dong = z
  .int()
  .min(0)
  .max(1_000_000_000)
  .meta({ description: 'Whole đồng.', examples: [26000] });

export const dossierId = z
  .string()
  .regex(/^[a-z0-9-]{8,40}$/)
  .meta({
    description: 'The id of a dossier, as its registration answered it.',
    examples: ['d-7kq2m4x9c1v8b3n6h5j0g2f4aw'],
  });
export const eventId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/)
  .meta({ description: '8 to 64 letters, digits, `_` and `-`, drawn by the sender.', examples: ['c0ffee-000017'] });
/** The id of an event that is in the book: the system's own have dots, which nobody else's may have. */
export const concernedId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{3,120}$/)
  .meta({ description: 'The id of an event in the timeline.', examples: ['c0ffee-000017'] });
export const scanId = z
  .string()
  .regex(/^[a-z0-9-]{8,40}$/)
  .meta({ description: 'The id of a scan, as its request was answered.', examples: ['s-7kq2m4x9c1v8b3n6h5j0g2f4aw'] });
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({
    description: 'SHA-256 in 64 hexadecimal digits.',
    examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  });
export const codeOfBag = z
  .string()
  .regex(/^[A-Z0-9-]{4,30}$/)
  .meta({ description: 'The code on the bag.', examples: ['TUI-NARI-0042'] });
export const unitId = z
  .string()
  .regex(/^[A-Za-z0-9-]{2,40}$/)
  .meta({ description: 'The id of a unit or place of the catalogue.', examples: ['PO-BACKAN'] });

/** How many lines a page has at most, where nothing else is said of it. */
export const pageLimit = z
  .string()
  .regex(/^(?:[1-9]\d?|100)$/)
  .transform(Number)
  .optional()
  .meta({ description: 'So many at most, up to 100; 50 when it is left out.', examples: ['50'] });
