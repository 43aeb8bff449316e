import type { Outcome, ScanFault } from './journey/refusals.ts';

/** A scan that was asked for; the object lies in quarantine until its bytes are what was announced. */
export interface Scan {
  readonly scanId: string;
  readonly dossierId: string;
  readonly kind: 'papers' | 'signature' | 'photo' | 'result';
  readonly contentType: 'application/pdf' | 'image/jpeg';
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly status: 'awaited' | 'verified' | 'refused';
  readonly requestedAt: number;
  readonly decidedAt?: number;
  readonly fault?: ScanFault;
}

/** What lies in quarantine under a scan's key. */
export interface Upload {
  readonly bytes: Uint8Array;
  /** Hexadecimal. */
  readonly sha256: string;
}

function startsWith(bytes: Uint8Array, signature: readonly number[], offset = 0): boolean {
  return signature.every((byte, index) => bytes[offset + index] === byte);
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** `%PDF-` opens a PDF and `%%EOF` closes it (ISO 32000-1, 7.5); readers forgive up to 1,024 bytes behind the mark. */
function pdfFault(bytes: Uint8Array): ScanFault | undefined {
  if (!startsWith(bytes, ascii('%PDF-'))) return 'type-differs';
  const endMark = ascii('%%EOF');
  for (let offset = bytes.length - endMark.length; offset >= Math.max(0, bytes.length - 1024); offset -= 1) {
    if (startsWith(bytes, endMark, offset)) return undefined;
  }
  return 'truncated';
}

/** Start-of-image FF D8 FF and end-of-image FF D9 (ITU-T T.81); phones pad with zeros behind the end. */
function jpegFault(bytes: Uint8Array): ScanFault | undefined {
  if (!startsWith(bytes, [0xff, 0xd8, 0xff])) return 'type-differs';
  const end = bytes.findLastIndex((byte) => byte !== 0);
  return startsWith(bytes, [0xff, 0xd9], end - 1) ? undefined : 'truncated';
}

/**
 * Are the uploaded bytes what was announced?
 * @param upload undefined when nothing lies in quarantine
 * @returns granted, or ScanRefused with the first fault found
 */
export function inspect(scan: Scan, upload: Upload | undefined): Outcome<undefined> {
  const fault = faultOf(scan, upload);
  return fault ? { ok: false, refusal: { name: 'ScanRefused', why: fault } } : { ok: true, value: undefined };
}

function faultOf(scan: Scan, upload: Upload | undefined): ScanFault | undefined {
  if (!upload) return 'not-uploaded';
  if (upload.bytes.length !== scan.size) return 'size-differs';
  if (upload.sha256 !== scan.sha256) return 'checksum-differs';
  return scan.contentType === 'application/pdf' ? pdfFault(upload.bytes) : jpegFault(upload.bytes);
}
