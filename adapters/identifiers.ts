import { createHash, randomBytes, randomInt } from 'node:crypto';
import { dossierIdFrom } from '../domain/codes/dossier-id.ts';
import { trackingCodeFrom, trackingCodes } from '../domain/codes/tracking-code.ts';
import type { NewIds } from '../domain/journey/register.ts';

const drawId = (): string => dossierIdFrom(randomBytes(16));

/** Draws the identifiers of a new dossier: unguessable, so that holding one is worth something. */
export const drawIds = (): NewIds => ({
  dossierId: drawId(),
  trackingCode: trackingCodeFrom(randomInt(trackingCodes)),
  personId: drawId().replace('d-', 'p-'),
  eventId: drawId().replace('d-', 'e-'),
});

export const drawScanId = (): string => drawId().replace('d-', 's-');

/** SHA-256 in hexadecimal. */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex');
