import * as z from 'zod';

/**
 * What all operations share on the wire: text is NFC, times are ISO 8601 with an offset and become epoch milliseconds,
 * money is whole đồng, ids are opaque ASCII.
 */

// Control characters never belong in a form field; U+FFFD says that a client sent bytes that were not UTF-8; half a
// surrogate
// pair, which JSON can write as \ud83d, is no character and no store keeps it. Line and paragraph separators are no
// part of a line,
// and marks that turn the direction of writing around make a name look like another.
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\uFFFD]/u;
/** Something that a reader can see and say. */
const legible = /[\p{L}\p{N}]/u;

/** A line of text as people write it: trimmed, NFC, at least one letter or digit, nothing that does not show. */
export function line(max: number): z.ZodType<string, string> {
  return z
    .string()
    .trim()
    .normalize('NFC')
    .max(max)
    .refine((text) => legible.test(text) && !unprintable.test(text), { error: 'unprintable' });
}

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
export const scanId = z.string().regex(/^[a-z0-9-]{8,40}$/);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const unitId = z.string().regex(/^[A-Za-z0-9-]{2,40}$/);
