import type { ScanType } from '../../domain/scans.ts';

/** Readers look for a PDF's mark in the first 1,024 bytes: office scanners write a printer's line before it. */
const pdfMarkWithin = 1024;

/** Brands by which the ISO container says that it keeps pictures (ISO/IEC 23008-12): HEIC, AVIF and their kin. */
const heifBrands = /^(hei[cfmsx]|hev[cmsx]|mif[12]|miaf|msf1|avi[fs]|avc[is])$/;

/** What a file is by its first bytes; undefined for what is none of them. */
export function fileType(bytes: Uint8Array): ScanType | 'heic' | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, pdfMarkWithin + 5));
  const head = file.toString('latin1');
  if (head.startsWith('\u00FF\u00D8\u00FF')) return 'image/jpeg';
  if (head.startsWith('\u0089PNG\r\n\u001A\n')) return 'image/png';
  if (head.startsWith('ftyp', 4)) {
    const brands = head.slice(8, file.readUInt32BE()).match(/[^]{4}/g) ?? [];
    if (brands.some((brand) => heifBrands.test(brand))) return 'heic';
  }
  return head.includes('%PDF-') ? 'application/pdf' : undefined;
}
