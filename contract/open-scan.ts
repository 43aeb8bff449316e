import * as z from 'zod';
import type { Operation } from './operation.ts';
import { ScanLink } from './scan-view.ts';
import { dossierId, scanId } from './wire.ts';

/** A link to the verified file that lives for minutes. */
export const openScan = {
  name: 'open-scan',
  method: 'GET',
  path: '/v1/dossiers/{dossierId}/scans/{scanId}',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor'],
  summary: { en: 'Get a link to a verified scan', vi: 'Lấy đường dẫn xem bản quét' },
  request: z.strictObject({ path: z.strictObject({ dossierId, scanId }) }),
  statuses: [200],
  answer: ScanLink,
  refusals: ['UnknownDossier', 'UnknownScan', 'ScanNotReadable'],
} as const satisfies Operation;
