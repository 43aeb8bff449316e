import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

function sample(name: string): Buffer {
  return readFileSync(new URL(name, import.meta.url));
}
const sizeLimit = 60 * 1024;

/** The offsets of the objects in use, from the classic cross-reference table that the file's end points to. */
function objectOffsets(pdf: string): Map<number, number> {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf)?.[1]);
  const rows = /^xref\n0 \d+\n(?<rows>(?:\d{10} \d{5} [nf] \n)+)trailer/.exec(pdf.slice(start))?.groups?.['rows'] ?? '';
  return new Map(
    rows
      .trimEnd()
      .split('\n')
      .map((row, number): [number, number] => [number, / n ?$/.test(row) ? Number(row.slice(0, 10)) : -1])
      .filter(([, offset]) => offset >= 0),
  );
}

/** The markers of a JPEG in order, up to the start of the picture data. */
function markersOf(jpeg: Buffer): number[] {
  const markers: number[] = [];
  let at = 2;
  while (jpeg[at] === 0xff && markers.at(-1) !== 0xda) {
    markers.push(jpeg.readUInt8(at + 1));
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return markers;
}

describe('the sample scans', () => {
  it('application.pdf is a whole PDF of three pages whose cross-reference table finds every object', () => {
    const pdf = sample('application.pdf').toString('latin1');
    expect(pdf.length).toBeLessThan(sizeLimit);
    expect(pdf).toMatch(/^%PDF-1\.\d/);
    const offsets = objectOffsets(pdf);
    expect(offsets.size).toBeGreaterThan(10);
    for (const [number, offset] of offsets)
      expect(pdf.slice(offset, offset + 12)).toMatch(new RegExp(`^${number} 0 obj`));
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(3);
  });

  it('list-of-papers.jpg is a whole baseline JPEG without EXIF, so without the place where it was taken', () => {
    const jpeg = sample('list-of-papers.jpg');
    expect(jpeg.length).toBeLessThan(sizeLimit);
    expect(jpeg.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(jpeg.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    const markers = markersOf(jpeg);
    expect(markers).toContain(0xc0);
    expect(markers).not.toContain(0xe1);
    expect(markers.at(-1)).toBe(0xda);
  });
});
