import type { UseCase } from '../../contract/operation.ts';
import type { requestScanUpload as operation } from '../../contract/request-scan-upload.ts';
import { shown } from '../../contract/wire.ts';
import type { Door, OpenedScans } from '../../domain/people/door.ts';
import type { ScanStore } from '../../domain/ports/scan-store.ts';
import type { Scan } from '../../domain/scans.ts';

export interface RequestScanUploadPorts {
  readonly door: Door<OpenedScans>;
  readonly store: Pick<ScanStore, 'invite'>;
  readonly now: () => number;
  readonly drawScanId: () => string;
}

/** Hands out a form that takes exactly the announced file, once its line is in the book. */
export function requestScanUpload({ door, store, now, drawScanId }: RequestScanUploadPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId }, body }, caller) => {
    const opened = await door.open(dossierId, caller, 'scan');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const scan: Scan = { scanId: drawScanId(), dossierId, ...body, status: 'awaited', requestedAt: now() };
    const form = await store.invite(scan);
    await opened.request(scan);
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
