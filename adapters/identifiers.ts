import { createHash, randomBytes, randomInt } from 'node:crypto';
import { dossierIdFrom } from '../domain/codes/dossier-id.ts';
import { trackingCodeFrom, trackingCodes } from '../domain/codes/tracking-code.ts';
import type { NewIds } from '../domain/journey/register.ts';

function drawId(): string {
  return dossierIdFrom(randomBytes(16));
}

/** Draws the identifiers of a new dossier: unguessable, so that holding one is worth something. */
export function drawIds(): NewIds {
  return {
    dossierId: drawId(),
    trackingCode: trackingCodeFrom(randomInt(trackingCodes)),
    personId: drawId().replace('d-', 'p-'),
    eventId: drawId().replace('d-', 'e-'),
  };
}

export function drawScanId(): string {
  return drawId().replace('d-', 's-');
}

/** SHA-256 in hexadecimal. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
