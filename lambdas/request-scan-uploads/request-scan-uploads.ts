import { inPlace } from '../../contract/item-by-item.ts';
import { noBorder, type UseCase } from '../../contract/operation.ts';
import type { Problem } from '../../contract/problem.ts';
import { answeredScan, type requestScanUploads as operation } from '../../contract/request-scan-uploads.ts';
import { askForScans, type ScanDesk } from '../../domain/intake/ask-for-scan.ts';
import type { Door, OpenedScans } from '../../domain/people/door.ts';

export interface RequestScanUploadsPorts extends ScanDesk {
  readonly door: Door<OpenedScans>;
  /** What is said of a file at which something was thrown. */
  readonly problemOf: (thrown: unknown, dossierId: string) => Problem;
}

/** Hands out a form for each of the announced files. */
export function requestScanUploads(ports: RequestScanUploadsPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId }, body: { items } }, caller, { leftOut } = noBorder) => {
    const opened = await ports.door.open(dossierId, caller, 'scan');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const asked = await askForScans(ports, opened, items);
    const read = asked.map((one) => answeredScan(one, (thrown) => ports.problemOf(thrown, dossierId)));
    return { status: 200, body: { items: inPlace(read, leftOut) } };
  };
}
