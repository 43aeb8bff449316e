import { decode as decodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { refusedScan, type ScanContents } from '../../domain/scans.ts';
import type { Outcome } from '../../domain/journey/refusals.ts';
import { jpegOrientation, lacksPicture, pngOrientation } from './orientation.ts';

/** A hundred megapixels: twice what the largest phone camera takes, and 400 MB when decoded. */
export const mostPixels = 100_000_000;

/** Whether the end-of-image mark stands behind the last scan; phones write zeros and trailers of their own after it. */
export function hasJpegEnd(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(Buffer.of(0xff, 0xd9)) > 2;
}

/**
 * Decodes a JPEG to its last row, as strictly as libjpeg: bytes that are missing are not filled with grey.
 * @returns what it is, or ScanRefused with truncated, unreadable or too-large
 */
export function openJpeg(bytes: Uint8Array): Outcome<ScanContents> {
  try {
    const { width, height } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: mostPixels / 1e6,
      maxMemoryUsageInMB: 1400,
    });
    if (lacksPicture(bytes)) return refusedScan('unreadable');
    return { ok: true, value: picture(width, height, jpegOrientation(bytes)) };
  } catch (error) {
    if (error instanceof Error && /^max(ResolutionInMP|MemoryUsageInMB)/.test(error.message))
      return refusedScan('too-large');
    return refusedScan(hasJpegEnd(bytes) ? 'unreadable' : 'truncated');
  }
}

/**
 * Decodes a PNG to its last row, with every checksum on the way.
 * @returns what it is, or ScanRefused with truncated, unreadable or too-large
 */
export function openPng(bytes: Uint8Array): Outcome<ScanContents> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.includes('IEND', undefined, 'latin1')) return refusedScan('truncated');
  // Width and height stand in the first chunk of every PNG.
  if (file.length < 24 || file.toString('latin1', 12, 16) !== 'IHDR') return refusedScan('unreadable');
  if (file.readUInt32BE(16) * file.readUInt32BE(20) > mostPixels) return refusedScan('too-large');
  try {
    const { width, height } = decodePng(bytes, { checkCrc: true });
    return { ok: true, value: picture(width, height, pngOrientation(bytes)) };
  } catch {
    return refusedScan('unreadable');
  }
}

function picture(widthPixels: number, heightPixels: number, orientation: number | undefined): ScanContents {
  return { pages: 1, widthPixels, heightPixels, ...(orientation === undefined ? {} : { orientation }), flags: [] };
}
