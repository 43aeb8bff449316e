import * as z from 'zod';
import { dossierId } from './wire.ts';

/** `GET /v1/dossiers/{dossierId}`: where it is, how it came there, and what the caller may report next. */
export const readDossier = z.strictObject({ path: z.strictObject({ dossierId }) });
export type ReadDossier = z.infer<typeof readDossier>;
