import { noBorder, type UseCase } from '../../contract/operation.ts';
import type { openScan as operation } from '../../contract/open-scan.ts';
import { shown } from '../../contract/wire.ts';
import { isRisky } from '../../domain/scans.ts';
import type { Door, OpenedFiles } from '../../domain/people/door.ts';

/**
 * Gives a party links to a verified file, or to pictures of it, that live for minutes.
 * @param virusCheck only what a virus check has passed is handed out
 */
export function openScan(door: Door<OpenedFiles>, virusCheck = false): UseCase<typeof operation> {
  return async ({ path: { dossierId, scanId } }, caller, { requestId } = noBorder) => {
    const opened = await door.open(dossierId, caller, 'scan');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const scan = await opened.scan(scanId);
    if (!scan) return { refusal: { name: 'UnknownScan' } };
    const isHeldBack = virusCheck && scan.contents?.virusFree !== true;
    if (scan.status !== 'verified' || isHeldBack) return { refusal: { name: 'ScanNotReadable', status: scan.status } };
    const { pictures = 0, preview, ...found } = scan.contents ?? {};
    const isShownAsPictures = scan.contents !== undefined && isRisky(scan.contents);
    const store = await opened.links(scan, requestId);
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
        ...(preview === undefined ? {} : { preview: (await store.previewLink(scan)).url }),
        expiresAt: shown(first.expiresAt),
      },
    };
  };
}
