import * as z from 'zod';
import { scanKinds, scanTypes } from '../domain/scans.ts';
import type { Operation } from './operation.ts';
import { dossierId, sha256 } from './wire.ts';

/** Ten mebibytes: a page photographed by a phone is 2 to 5, a scanned bundle rarely more (judged). */
export const largestScan = 10 * 1024 * 1024;

const AnnouncedScan = z
  .strictObject({
    kind: z.enum(scanKinds),
    contentType: z.enum(scanTypes),
    size: z
      .int()
      .min(1)
      .max(largestScan)
      .meta({ description: 'Bytes.', examples: [482133] }),
    sha256,
  })
  .meta({ id: 'AnnouncedScan' });

const Invitation = z
  .strictObject({
    scanId: z.string(),
    status: z.literal('awaited'),
    upload: z.strictObject({
      method: z.literal('POST'),
      url: z.url(),
      fields: z.record(z.string(), z.string()),
      expiresAt: z.iso.datetime(),
    }),
  })
  .meta({
    id: 'Invitation',
    description: 'A form for multipart/form-data: every field as it is, then the file under the name `file`.',
  });

/** Asks for a place to upload one file to, announced with its type, size and SHA-256. */
export const requestScanUpload = {
  name: 'request-scan-upload',
  method: 'POST',
  path: '/v1/dossiers/{dossierId}/scans',
  doors: ['portal', 'clerk', 'courier', 'officer'],
  summary: { en: 'Ask for a place to upload a scan to', vi: 'Xin đường dẫn tải bản quét lên' },
  request: z.strictObject({ path: z.strictObject({ dossierId }), body: AnnouncedScan }),
  statuses: [201],
  answer: Invitation,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;
