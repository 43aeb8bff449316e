import type { UseCase } from '../../contract/operation.ts';
import type { openScan as operation } from '../../contract/open-scan.ts';
import { shown } from '../../contract/wire.ts';
import type { BookReader } from '../../domain/ports/book.ts';
import { isParty } from '../../domain/journey/dossier.ts';
import type { ScanBook, ScanStore } from '../../domain/ports/scan-store.ts';

export interface OpenScanPorts {
  readonly book: BookReader;
  readonly scans: Pick<ScanBook, 'scan'>;
  readonly store: Pick<ScanStore, 'link'>;
}

/** Gives a party a link to a verified file that lives for minutes. */
export function openScan({ book, scans, store }: OpenScanPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId, scanId } }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !isParty(dossier, caller)) return { refusal: { name: 'UnknownDossier' } };
    const scan = await scans.scan(dossierId, scanId);
    if (!scan) return { refusal: { name: 'UnknownScan' } };
    if (scan.status !== 'verified') return { refusal: { name: 'ScanNotReadable', status: scan.status } };
    const { url, expiresAt } = await store.link(scan);
    return {
      status: 200,
      body: {
        scanId,
        contentType: scan.contentType,
        size: scan.size,
        ...scan.contents,
        url,
        expiresAt: shown(expiresAt),
      },
    };
  };
}
