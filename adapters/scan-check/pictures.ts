import { decode as decodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { granted, type Outcome } from '../../domain/journey/refusals.ts';
import type { OpenedScan } from '../../domain/ports/scan-check.ts';
import { refusedScan } from '../../domain/scans.ts';
import { jpegOrientation, lacksPicture, pngOrientation } from './orientation.ts';
import { previewOf, type Points } from './preview.ts';

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
export function openJpeg(bytes: Uint8Array): Outcome<OpenedScan> {
  try {
    const decoded = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: mostPixels / 1e6,
      maxMemoryUsageInMB: 1400,
    });
    if (lacksPicture(bytes)) return refusedScan('unreadable');
    return granted(picture({ ...decoded, channels: 3, depth: 8 }, jpegOrientation(bytes)));
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
export function openPng(bytes: Uint8Array): Outcome<OpenedScan> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.includes('IEND', undefined, 'latin1')) return refusedScan('truncated');
  // Width and height stand in the first chunk of every PNG.
  if (file.length < 24 || file.toString('latin1', 12, 16) !== 'IHDR') return refusedScan('unreadable');
  if (file.readUInt32BE(16) * file.readUInt32BE(20) > mostPixels) return refusedScan('too-large');
  try {
    return granted(picture(decodePng(bytes, { checkCrc: true }), pngOrientation(bytes)));
  } catch {
    return refusedScan('unreadable');
  }
}

function picture(points: Points, orientation: number | undefined): OpenedScan {
  const { width: widthPixels, height: heightPixels } = points;
  const turned = orientation === undefined ? {} : { orientation };
  return {
    contents: { pages: 1, widthPixels, heightPixels, ...turned, flags: [] },
    preview: previewOf(points, orientation),
    pictures: [],
  };
}
