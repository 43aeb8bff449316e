import * as z from 'zod';

/** What an operation may ask for beside path, query and body: the name in its request, and the one on the wire. */
export const requestHeaders = [
  ['idempotencyKey', 'Idempotency-Key'],
  ['ifMatch', 'If-Match'],
] as const;

// No comma: two headers of the name come joined by one, and which of the two would count?
export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x2b\x2d-\x7e]{8,128}$/)
  .meta({
    description:
      'Drawn by the caller, one for each thing that shall be done: 8 to 128 visible ASCII characters without a comma. ' +
      'The same key does it once, however often it is sent: for seven days it is answered as it was first.',
    examples: ['order-2026-000017'],
  });

/**
 * The version that the dossier must still have. Compared is the version and not the rest of the tag, which differs from
 * reader to reader; a tag that was made weak on the way has it too.
 */
export const IfMatch = z
  .string()
  .regex(/^(?:\*|(?:W\/)?"[1-9]\d{0,8}(?:-[A-Za-z0-9_-]{1,64})?")$/)
  .transform((tag) => (tag === '*' ? undefined : Number(/\d+/.exec(tag)?.[0])))
  .meta({
    description:
      'Do it only if the dossier still has this version: the ETag of a read, or a version in quotation marks; `*` for any.',
    examples: ['"5"'],
  });
