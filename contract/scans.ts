import * as z from 'zod';
import { scanKinds, scanTypes } from '../domain/scans.ts';
import { dossierId, scanId, sha256 } from './wire.ts';

/** Ten mebibytes: a page photographed by a phone is 2 to 5, a scanned bundle rarely more (judged). */
export const largestScan = 10 * 1024 * 1024;

/**
 * `POST /v1/dossiers/{dossierId}/scans`: ask for a place to upload one file to, announced with its type, size and
 * SHA-256.
 */
export const requestScanUpload = z.strictObject({
  path: z.strictObject({ dossierId }),
  body: z.strictObject({
    kind: z.enum(scanKinds),
    contentType: z.enum(scanTypes),
    size: z.int().min(1).max(largestScan),
    sha256,
  }),
});
export type RequestScanUpload = z.infer<typeof requestScanUpload>;

const oneScan = z.strictObject({ path: z.strictObject({ dossierId, scanId }) });

/** `POST …/scans/{scanId}/confirm`: the upload is done; check it and take it out of quarantine. */
export const confirmScan = oneScan;
export type ConfirmScan = z.infer<typeof confirmScan>;

/** `GET …/scans/{scanId}`: a link to the verified file that lives for minutes. */
export const openScan = oneScan;
export type OpenScan = z.infer<typeof openScan>;
