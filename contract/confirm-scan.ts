import * as z from 'zod';
import type { Operation } from './operation.ts';
import { ScanView } from './scan-view.ts';
import { dossierId, scanId } from './wire.ts';

/** The upload is done: check it and take it out of quarantine. */
export const confirmScan = {
  name: 'confirm-scan',
  method: 'POST',
  path: '/v1/dossiers/{dossierId}/scans/{scanId}/confirm',
  doors: ['portal', 'clerk', 'courier', 'officer'],
  summary: { en: 'Have an uploaded scan checked', vi: 'Kiểm tra bản quét đã tải lên' },
  request: z.strictObject({ path: z.strictObject({ dossierId, scanId }) }),
  statuses: [200],
  answer: ScanView,
  // Opening a file takes seconds of more than a processor, and there is room for 20 at once.
  units: 50,
  refusals: ['UnknownDossier', 'UnknownScan', 'ScanRefused', 'ScanNotReady'],
} as const satisfies Operation;
