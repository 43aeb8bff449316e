import * as z from 'zod';
import { parseDossierCode } from '../domain/codes/dossier-code.ts';
import { eventTypes, reasons, relationships } from '../domain/journey/events.ts';
import { dong, dossierId, eventId, instant, line, sha256, unitId } from './wire.ts';

const count = z.int().min(0).max(999);

/** The agency's own code of the dossier, in one of the forms in use; kept as it reads, in capitals. */
const officialCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseDossierCode(text);
    if (parsed.ok) return parsed.value;
    context.issues.push({ code: 'custom', input: text, message: parsed.fault });
    return z.NEVER;
  });

/** What an event may say beyond that it happened; which of it a step needs is the law's to say (`allowedActions`). */
const details = z.strictObject({
  papers: z.strictObject({ originals: count, copies: count }).optional(),
  sealNumber: z
    .string()
    .regex(/^[A-Z0-9-]{3,20}$/)
    .optional(),
  sealIntact: z.boolean().optional(),
  amountCollected: dong.optional(),
  feeHandedOver: dong.optional(),
  // ASCII letters before they become capitals: `ı` and `ſ` have ASCII capitals too, and are typing faults.
  itemCode: z
    .string()
    .trim()
    .regex(/^[A-Za-z]{2}\d{9}[A-Za-z]{2}$/)
    .toUpperCase()
    .optional(),
  appointment: z.strictObject({ from: instant, until: instant }).optional(),
  resultDueAt: instant.optional(),
  officialCode: officialCode.optional(),
  reason: z.enum(reasons).optional(),
  solution: z.enum(['redeliver', 'hold', 'return']).optional(),
  nextAttemptAt: instant.optional(),
  outcome: z.enum(['accepted', 'returned']).optional(),
  /** The name is kept with the people's data, apart from the book. */
  receiver: z.strictObject({ name: line(120), relationship: z.enum(relationships) }).optional(),
  /** Fingerprints of the signature or photo: the event may come from the road, its pictures when there is signal. */
  evidence: z
    .array(z.strictObject({ kind: z.enum(['signature', 'photo']), sha256 }))
    .min(1)
    .max(5)
    .optional(),
  postOfficeId: unitId.optional(),
});

/**
 * `POST /v1/dossiers/{dossierId}/events`: say what happened. The same `eventId` counts once, however often it is sent.
 */
export const recordEvent = z.strictObject({
  path: z.strictObject({ dossierId }),
  body: z.strictObject({
    eventId,
    type: z.enum(eventTypes),
    occurredAt: instant,
    /** Refuse with `Overtaken` unless the dossier still has this version. */
    expectedVersion: z.int().min(1).optional(),
    details: details.default({}),
  }),
});
export type RecordEvent = z.infer<typeof recordEvent>;
