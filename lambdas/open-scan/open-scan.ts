import type { UseCase } from '../../contract/operation.ts';
import type { openScan as operation } from '../../contract/open-scan.ts';
import { shown } from '../../contract/wire.ts';
import { isRisky } from '../../domain/scans.ts';
import type { Door, OpenedScans } from '../../domain/people/door.ts';
import type { ScanStore } from '../../domain/ports/scan-store.ts';

export interface OpenScanPorts {
  readonly door: Door<OpenedScans>;
  readonly store: Pick<ScanStore, 'link' | 'pictureLinks'>;
}

/** Gives a party a link to a verified file that lives for minutes. */
export function openScan({ door, store }: OpenScanPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId, scanId } }, caller) => {
    const opened = await door.open(dossierId, caller, 'scan');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const scan = await opened.scan(scanId);
    if (!scan) return { refusal: { name: 'UnknownScan' } };
    if (scan.status !== 'verified') return { refusal: { name: 'ScanNotReadable', status: scan.status } };
    const { pictures = 0, ...found } = scan.contents ?? {};
    const isShownAsPictures = scan.contents !== undefined && isRisky(scan.contents);
    const links = isShownAsPictures ? await store.pictureLinks(scan, pictures) : [await store.link(scan)];
    const [first] = links;
    // Risky, and taken before pictures were made of such files.
    if (first === undefined) return { refusal: { name: 'ScanNotReadable', status: scan.status } };
    const urls = links.map(({ url }) => url);
    return {
      status: 200,
      body: {
        scanId,
        contentType: scan.contentType,
        size: scan.size,
        ...found,
        ...(isShownAsPictures ? { pictures: urls } : { url: first.url }),
        expiresAt: shown(first.expiresAt),
      },
    };
  };
}
