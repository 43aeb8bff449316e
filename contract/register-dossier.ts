import * as z from 'zod';
import { frontDoors } from '../domain/journey/dossier.ts';
import { withoutSeparators } from '../domain/codes/parsed.ts';
import { fault } from './fault.ts';
import { Phone } from './phone.ts';
import { line } from './text.ts';
import { unitId } from './wire.ts';

/**
 * Citizen identity card (12 digits), the older card (9), or a passport: a letter and 7 digits, or 8 in those with a chip.
 */
const identityNumber = z
  .string()
  .max(60)
  .transform((text, context) => {
    const number = withoutSeparators(text);
    return /^(\d{9}|\d{12}|[A-Za-z]\d{7,8})$/.test(number)
      ? number.toUpperCase()
      : fault(context, text, {
          en: 'is no identity number: 12 digits, 9 on an old card, or a letter and 7 or 8 digits on a passport',
          vi: 'không phải số giấy tờ: 12 chữ số, 9 chữ số với CMND cũ, hoặc một chữ cái và 7 hoặc 8 chữ số với hộ chiếu',
        });
  });

const applicant = z.strictObject({
  fullName: line(120),
  phone: Phone,
  address: line(300),
  identityNumber: identityNumber.exactOptional(),
});
/** Personal data: lives in the People table and nowhere else. */
export type Applicant = z.infer<typeof applicant>;

/** `POST /v1/dossiers`: open a dossier at one of the three front doors. The same Idempotency-Key opens it once. */
export const registerDossier = z.strictObject({
  // No comma: two headers of the name come joined by one, and which of the two would count?
  idempotencyKey: z.string().regex(/^[\x21-\x2b\x2d-\x7e]{8,128}$/),
  body: z.strictObject({
    frontDoor: z.enum(frontDoors),
    procedureCode: z.string().regex(/^\d\.\d{6}$/),
    agencyId: unitId,
    /**
     * Where the paper is taken in; by default the office that serves the commune. A clerk registers for the clerk's own
     * office only.
     */
    postOfficeId: unitId.optional(),
    /** Where the citizen lives and the result goes. */
    communeId: unitId,
    returnByPost: z.boolean().default(true),
    exemption: z
      .string()
      .regex(/^[a-z0-9-]{2,40}$/)
      .optional(),
    applicant,
  }),
});
export type RegisterDossier = z.infer<typeof registerDossier>;
