import * as z from 'zod';
import type { Asked } from '../domain/intake/ask-for-scan.ts';
import { scanKinds, scanTypes } from '../domain/scans.ts';
import { Instant } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { dossierId, scanId, sha256, shown } from './wire.ts';

/** Ten mebibytes: a page photographed by a phone is 2 to 5, a scanned bundle rarely more (judged). */
export const largestScan = 10 * 1024 * 1024;

export const AnnouncedScan = z
  .strictObject({
    kind: z.enum(scanKinds),
    contentType: z.enum(scanTypes),
    size: z
      .int()
      .min(1)
      .max(largestScan)
      .meta({ description: 'Bytes.', examples: [482133] }),
    sha256,
    rescanFor: scanId.exactOptional().meta({
      description: 'The earlier scan of this dossier, refused or not to be read, that this one is made again for.',
    }),
  })
  .meta({ id: 'AnnouncedScan' });

export const Invitation = z
  .strictObject({
    scanId: z.string(),
    status: z.enum(['awaited', 'verified']),
    upload: z
      .strictObject({
        method: z.literal('POST'),
        url: z.url(),
        fields: z.record(z.string(), z.string()),
        expiresAt: Instant,
      })
      .exactOptional()
      .meta({ description: 'Absent where the file is here already.' }),
  })
  .meta({
    id: 'Invitation',
    description: 'A form for multipart/form-data: every field as it is, then the file under the name `file`.',
  });

/**
 * Asks for a place to upload one file to, announced with its type, size and SHA-256. The same kind and content is the
 * same scan: asked for again it is answered 200 with another form, or without one once it is verified.
 */
export const requestScanUpload = {
  name: 'request-scan-upload',
  method: 'POST',
  path: '/v1/dossiers/{dossierId}/scans',
  doors: ['portal', 'clerk', 'courier', 'officer'],
  summary: { en: 'Ask for a place to upload a scan to', vi: 'Xin đường dẫn tải bản quét lên' },
  request: z.strictObject({ path: z.strictObject({ dossierId }), body: AnnouncedScan }),
  statuses: [201, 200],
  answer: Invitation,
  refusals: ['UnknownDossier', 'UnknownScan', 'ScanRefused', 'TooManyScans', 'Overtaken'],
} as const satisfies Operation;

/** What somebody is told who asked. */
export function invitation({ scan, form }: Asked): z.output<typeof Invitation> {
  return {
    scanId: scan.scanId,
    status: form === undefined ? 'verified' : 'awaited',
    ...(form === undefined
      ? {}
      : { upload: { method: 'POST', url: form.url, fields: form.fields, expiresAt: shown(form.expiresAt) } }),
  };
}
