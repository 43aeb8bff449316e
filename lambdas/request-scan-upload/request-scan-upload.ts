import type { UseCase } from '../../contract/operation.ts';
import type { requestScanUpload as operation } from '../../contract/request-scan-upload.ts';
import { shown } from '../../contract/wire.ts';
import type { BookReader } from '../../domain/ports/book.ts';
import { mayDo } from '../../domain/people/rights.ts';
import type { ScanBook, ScanStore } from '../../domain/ports/scan-store.ts';
import type { Scan } from '../../domain/scans.ts';

export interface RequestScanUploadPorts {
  readonly book: BookReader;
  readonly scans: Pick<ScanBook, 'request'>;
  readonly store: Pick<ScanStore, 'invite'>;
  readonly now: () => number;
  readonly drawScanId: () => string;
}

/** Hands out a form that takes exactly the announced file, once its line is in the book. */
export function requestScanUpload({
  book,
  scans,
  store,
  now,
  drawScanId,
}: RequestScanUploadPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId }, body }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !mayDo(dossier, caller, 'scan')) return { refusal: { name: 'UnknownDossier' } };
    const scan: Scan = { scanId: drawScanId(), dossierId, ...body, status: 'awaited', requestedAt: now() };
    const form = await store.invite(scan);
    await scans.request(scan);
    return {
      status: 201,
      body: {
        scanId: scan.scanId,
        status: 'awaited',
        upload: { method: 'POST', url: form.url, fields: form.fields, expiresAt: shown(form.expiresAt) },
      },
      headers: { location: `/v1/dossiers/${dossierId}/scans/${scan.scanId}` },
    };
  };
}
