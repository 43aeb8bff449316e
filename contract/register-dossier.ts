import * as z from 'zod';
import { frontDoors } from '../domain/journey/dossier.ts';
import { line, unitId } from './wire.ts';

/** A phone number as people type it; spaces, dots and hyphens are dropped, +84 becomes 0. */
const phone = z
  .string()
  .max(24)
  .transform((text) => text.replace(/[\s.-]/g, '').replace(/^\+84/, '0'))
  .pipe(z.string().regex(/^0\d{9,10}$/));

/** Citizen identity card (12 digits), the older card (9) or a passport (a letter and 7 digits). */
const identityNumber = z
  .string()
  .max(20)
  .transform((text) => text.replace(/[\s.-]/g, ''))
  .pipe(
    z
      .string()
      .regex(/^(\d{9}|\d{12}|[A-Za-z]\d{7})$/)
      .toUpperCase(),
  );

const applicant = z.strictObject({
  fullName: line(120),
  phone,
  address: line(300),
  identityNumber: identityNumber.exactOptional(),
});
/** Personal data: lives in the People table and nowhere else. */
export type Applicant = z.infer<typeof applicant>;

/** `POST /v1/dossiers`: open a dossier at one of the three front doors. The same Idempotency-Key opens it once. */
export const registerDossier = z.strictObject({
  idempotencyKey: z.string().regex(/^[\x21-\x7e]{8,128}$/),
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
