import type { ScanType } from '../../domain/scans.ts';

/** Readers look for a PDF's mark in the first 1,024 bytes: office scanners write a printer's line before it. */
const pdfMarkWithin = 1024;

/** Brands of the ISO container that phones keep pictures in: HEIC and AVIF. */
const heicBrands = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)$/;

/** What a file is by its first bytes; undefined for what is none of them. */
export function fileType(bytes: Uint8Array): ScanType | 'heic' | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, pdfMarkWithin + 5)).toString(
    'latin1',
  );
  if (head.startsWith('\u00FF\u00D8\u00FF')) return 'image/jpeg';
  if (head.startsWith('\u0089PNG\r\n\u001A\n')) return 'image/png';
  if (head.slice(4, 8) === 'ftyp' && heicBrands.test(head.slice(8, 12))) return 'heic';
  return head.includes('%PDF-') ? 'application/pdf' : undefined;
}
