import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asAnnounced, type Scan } from '../../domain/scans.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
function sample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../samples/${name}`, import.meta.url)));
}
const pdf = sample('application.pdf');

function announced(contentType: Scan['contentType'], bytes: Uint8Array): Scan {
  return {
    scanId: 's-1',
    dossierId: 'd-1',
    kind: 'papers',
    contentType,
    size: bytes.length,
    sha256: sha256(bytes),
    status: 'awaited',
    requestedAt: 0,
  };
}
function faultOf(scan: Scan, bytes: Uint8Array | undefined): unknown {
  const verdict = asAnnounced(scan, bytes && { bytes, sha256: sha256(bytes) });
  return verdict.ok ? 'as announced' : verdict.refusal;
}
function refused(why: string): unknown {
  return { name: 'ScanRefused', why };
}

function latin(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

describe('a scan', () => {
  it('a scan is taken on when it is what was announced', () => {
    expect(faultOf(announced('application/pdf', pdf), pdf)).toBe('as announced');
  });

  it('a scan that was never uploaded is not there', () => {
    expect(faultOf(announced('application/pdf', pdf), undefined)).toEqual(refused('not-uploaded'));
  });

  it('a scan of another size is refused for its size, one byte more or less', () => {
    for (const bytes of [pdf.slice(0, -1), joined(pdf, latin('\n')), new Uint8Array()])
      expect(faultOf(announced('application/pdf', pdf), bytes)).toEqual(refused('size-differs'));
  });

  it('a scan with one bit turned over is refused for its checksum', () => {
    const corrupted = pdf.slice();
    corrupted[1000] = (corrupted[1000] ?? 0) ^ 1;
    expect(faultOf(announced('application/pdf', pdf), corrupted)).toEqual(refused('checksum-differs'));
  });
});
