import type { UseCase } from '../../contract/operation.ts';
import { invitation, type requestScanUpload as operation } from '../../contract/request-scan-upload.ts';
import { askForScan, type ScanDesk } from '../../domain/intake/ask-for-scan.ts';
import type { Door, OpenedScans } from '../../domain/people/door.ts';

export interface RequestScanUploadPorts extends ScanDesk {
  readonly door: Door<OpenedScans>;
}

/** Hands out a form that takes exactly the announced file, once its line is in the book. */
export function requestScanUpload(ports: RequestScanUploadPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId }, body }, caller) => {
    const opened = await ports.door.open(dossierId, caller, 'scan');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const asked = await askForScan(ports, opened, body);
    if (!asked.ok) return { refusal: asked.refusal };
    return {
      status: asked.value.isNew ? 201 : 200,
      body: invitation(asked.value),
      headers: { location: `/v1/dossiers/${dossierId}/scans/${asked.value.scan.scanId}` },
    };
  };
}
