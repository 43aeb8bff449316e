import * as z from 'zod';
import { parseDossierCode } from '../domain/codes/dossier-code.ts';
import { eventTypes, reasons, relationships } from '../domain/journey/events.ts';
import { parseItemCode, type ItemCodeFault } from '../domain/codes/item-code.ts';
import { withoutSpaces } from '../domain/codes/parsed.ts';
import { fault, type FaultWords } from './fault.ts';
import { line } from './text.ts';
import { dong, dossierId, eventId, instant, sha256, unitId } from './wire.ts';

const count = z.int().min(0).max(999);

/** The agency's own code of the dossier, in one of the forms in use; kept as it reads, in capitals. */
const officialCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseDossierCode(text);
    return parsed.ok
      ? parsed.value
      : fault(context, text, {
          en: 'is no dossier code; write it as the agency does, like H15.50.05.13-261008-0975',
          vi: 'không phải mã hồ sơ; hãy ghi như cơ quan cấp, ví dụ H15.50.05.13-261008-0975',
        });
  });

/** What is wrong with an item code; the law says so too where a code came another way (`ItemCodeRefused`). */
export const itemCodeWords = {
  'not-s10': { en: 'not of the form AA123456785VN', vi: 'không đúng dạng AA123456785VN' },
  'check-digit': {
    en: 'the check digit is wrong: read the label again',
    vi: 'sai chữ số kiểm tra: hãy đọc lại nhãn',
  },
  'not-domestic': {
    en: 'a leg within Vietnam has a code that ends in VN',
    vi: 'bưu gửi trong nước có số hiệu kết thúc bằng VN',
  },
} as const satisfies Record<ItemCodeFault, FaultWords>;

/** The code on the item's label, as printed or scanned. */
const itemCode = z
  .string()
  .max(60)
  .transform((text, context) => {
    const parsed = parseItemCode(text);
    return parsed.ok ? parsed.value : fault(context, text, itemCodeWords[parsed.fault]);
  });

/** The number on the seal, in capitals. */
const sealNumber = z
  .string()
  .max(60)
  .transform(withoutSpaces)
  .pipe(z.string().regex(/^[A-Z0-9-]{3,20}$/));

/** What an event may say beyond that it happened; which of it a step needs is the law's to say (`allowedActions`). */
const details = z.strictObject({
  papers: z.strictObject({ originals: count, copies: count }).optional(),
  sealNumber: sealNumber.optional(),
  sealIntact: z.boolean().optional(),
  amountCollected: dong.optional(),
  feeHandedOver: dong.optional(),
  itemCode: itemCode.optional(),
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
