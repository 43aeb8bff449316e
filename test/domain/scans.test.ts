import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect, type Scan } from '../../domain/scans.ts';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
function sample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../samples/${name}`, import.meta.url)));
}
const pdf = sample('application.pdf');
const jpeg = sample('list-of-papers.jpg');

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
  const verdict = inspect(scan, bytes && { bytes, sha256: sha256(bytes) });
  return verdict.ok ? 'as announced' : verdict.refusal;
}
/** The fault of bytes that were announced truly in size and checksum, so that their content alone is judged. */
function contentFault(contentType: Scan['contentType'], bytes: Uint8Array): unknown {
  return faultOf(announced(contentType, bytes), bytes);
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
  it('of several pages, or photographed, is taken when it is what was announced', () => {
    expect(contentFault('application/pdf', pdf)).toBe('as announced');
    expect(contentFault('image/jpeg', jpeg)).toBe('as announced');
  });

  it('that was never uploaded is not there', () => {
    expect(faultOf(announced('application/pdf', pdf), undefined)).toEqual(refused('not-uploaded'));
  });

  it('of another size is refused for its size, one byte more or less', () => {
    for (const bytes of [pdf.slice(0, -1), joined(pdf, latin('\n')), new Uint8Array()])
      expect(faultOf(announced('application/pdf', pdf), bytes)).toEqual(refused('size-differs'));
  });

  it('with one bit turned over is refused for its checksum', () => {
    const corrupted = pdf.slice();
    corrupted[1000] = (corrupted[1000] ?? 0) ^ 1;
    expect(faultOf(announced('application/pdf', pdf), corrupted)).toEqual(refused('checksum-differs'));
  });

  it.each([
    ['a photograph', jpeg],
    ['a web page', latin('<html>%PDF-1.7 %%EOF</html>')],
    ['a program', latin('MZ\u0090\0\u0003')],
    ['nothing but zeros', new Uint8Array(64)],
    ['a PDF with something before it', joined(latin(' '), pdf)],
  ])('announced as PDF that is %s is refused for its type', (_what, bytes) => {
    expect(contentFault('application/pdf', bytes)).toEqual(refused('type-differs'));
  });

  it.each([
    ['a PDF', pdf],
    ['a PNG', latin('\u0089PNG\r\n\u001A\n')],
    ['two bytes of a photograph', new Uint8Array([0xff, 0xd8])],
  ])('announced as JPEG that is %s is refused for its type', (_what, bytes) => {
    expect(contentFault('image/jpeg', bytes)).toEqual(refused('type-differs'));
  });

  it('that was cut short is refused', () => {
    expect(contentFault('application/pdf', pdf.slice(0, pdf.length / 2))).toEqual(refused('truncated'));
    expect(contentFault('image/jpeg', jpeg.slice(0, jpeg.length - 2))).toEqual(refused('truncated'));
    expect(contentFault('image/jpeg', new Uint8Array([0xff, 0xd8, 0xff]))).toEqual(refused('truncated'));
    expect(contentFault('application/pdf', latin('%PDF-'))).toEqual(refused('truncated'));
  });

  it('with the padding that scanners and phones add is taken', () => {
    expect(contentFault('application/pdf', joined(latin('%PDF-1.7\n%%EOF'), new Uint8Array(1019)))).toBe(
      'as announced',
    );
    expect(contentFault('image/jpeg', joined(jpeg, new Uint8Array(500)))).toBe('as announced');
  });

  it('whose end mark lies too far from the end is refused', () => {
    expect(contentFault('application/pdf', joined(latin('%PDF-1.7\n%%EOF'), new Uint8Array(1020)))).toEqual(
      refused('truncated'),
    );
  });
});
