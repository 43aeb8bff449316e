import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { dossierIdFrom } from '../domain/codes/dossier-id.ts';
import { drawnDigits, trackingCodeFrom } from '../domain/codes/tracking-code.ts';
import type { NewIds } from '../domain/journey/register.ts';
import type { Scan } from '../domain/scans.ts';

function drawId(): string {
  return dossierIdFrom(randomBytes(16));
}

function drawDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}

export function drawTrackingCode(): string {
  return trackingCodeFrom(drawDigits(drawnDigits));
}

/** Draws the identifiers of a new dossier: unguessable, so that holding one is worth something. */
export function drawIds(): NewIds {
  return {
    dossierId: drawId(),
    trackingCode: drawTrackingCode(),
    personId: drawId().replace('d-', 'p-'),
    eventId: drawId().replace('d-', 'e-'),
  };
}

/** Draws what nobody else has: who works on something, or what is told only once. */
export function drawUnique(): string {
  return randomUUID();
}

/** Draws the id of a new subscription. */
export function drawSubscriptionId(): string {
  return drawId().replace('d-', 'sub-');
}

/**
 * The id of a scan: the same for the same kind and content of one dossier, and to be guessed by nobody who does not
 * know the dossier.
 */
export function scanIdOf({ dossierId, kind, sha256 }: Pick<Scan, 'dossierId' | 'kind' | 'sha256'>): string {
  const digest = createHash('sha256').update(`${dossierId} ${kind} ${sha256}`).digest();
  return dossierIdFrom(digest.subarray(0, 16)).replace('d-', 's-');
}

/** SHA-256 in hexadecimal. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
