import { describe, expect, it } from '@jest/globals';
import { jpegOrientation, pngOrientation } from '../../../adapters/scan-check/orientation.ts';
import { bytesOf } from './made-up.ts';

/** Big-endian, as cameras of most makers write. */
function short(value: number): string {
  return String.fromCharCode(value >> 8, value & 0xff);
}
function long(value: number): string {
  return short(Math.floor(value / 0x10000)) + short(value % 0x10000);
}
function entry(tag: number, value: number): string {
  return `${short(tag)}${short(3)}${long(1)}${short(value)}\0\0`;
}
const [orientation, maker] = [0x0112, 0x010f];

/** A TIFF block with its directory at an offset, filled with zeros up to it. */
function tiff(entries: readonly string[], { at = 8, count = entries.length } = {}): string {
  return `MM\0*${long(at)}${'\0'.repeat(at - 8)}${short(count)}${entries.join('')}`;
}
function segment(marker: number, content: string): string {
  return `\u00FF${String.fromCharCode(marker)}${short(content.length + 2)}${content}`;
}
function app1(block: string): string {
  return segment(0xe1, `Exif\0\0${block}`);
}
function jpeg(...segments: readonly string[]): number | undefined {
  return jpegOrientation(bytesOf('\u00FF\u00D8', ...segments));
}
function chunk(type: string, content: string): string {
  return `${long(content.length)}${type}${content}crc.`;
}
function png(...chunks: readonly string[]): number | undefined {
  return pngOrientation(bytesOf('\u0089PNG\r\n\u001A\n', ...chunks));
}

const turned = tiff([entry(orientation, 6)]);
const startOfScan = segment(0xda, 'the picture');
const endOfPicture = '\u00FF\u00D9';

describe('how a photograph must be turned', () => {
  it.each([
    ['its first segment', [app1(turned)]],
    ['a segment behind others', [segment(0xe0, 'JFIF\0'), segment(0xe2, 'ICC_PROFILE'), app1(turned), startOfScan]],
    ['a segment behind another APP1, which holds words', [segment(0xe1, 'http://ns.adobe.com/'), app1(turned)]],
    ['a segment behind fill bytes', ['\u00FF\u00FF', app1(turned)]],
    ['a segment as short as it can be', [segment(0xe0, ''), app1(turned)]],
    ['the second entry of its directory', [app1(tiff([entry(maker, 3), entry(orientation, 6)]))]],
    ['a directory further behind', [app1(tiff([entry(orientation, 6)], { at: 26 }))]],
  ])('how a photograph must be turned is read in %s', (_where, segments) => {
    expect(jpeg(...segments)).toBe(6);
  });

  it.each([
    ['comes behind the beginning of the picture', [startOfScan, app1(turned)]],
    ['comes behind the end of the picture', [endOfPicture, app1(turned)]],
    ['stands in another segment', [segment(0xe2, `Exif\0\0${turned}`)]],
    ['is said of another kind', [segment(0xe1, `Exxf\0\0${turned}`)]],
    ['stands in a list that is cut short', [app1(tiff([entry(orientation, 6).slice(0, -3)]))]],
    [
      'stands behind the entries that are counted',
      [app1(tiff([entry(maker, 3), entry(orientation, 6)], { count: 1 }))],
    ],
    ['is said with neither byte order', [app1(turned.replace('MM', 'MI'))]],
    ['lies behind the end of its block', [app1(`MM\0*${long(5_000)}`)]],
    ['lies at the very end of its block', [app1(`MM\0*${long(8)}`)]],
    ['is missing, with more entries counted than there are', [app1(tiff([entry(maker, 3)], { count: 9 }))]],
    ['is missing in a block of seven bytes', [app1('MM\0*\0\0\0')]],
    ['is missing in an empty block', [app1('')]],
    ['is missing', [segment(0xe0, 'JFIF\0'), startOfScan]],
    ['follows a segment that says it is longer than the file', [`\u00FF\u00E0${short(60_000)}JFIF`, app1(turned)]],
    ['follows what is no segment', ['any bytes', app1(turned)]],
  ])('how a photograph must be turned is unknown when it %s', (_what, segments) => {
    expect(jpeg(...segments)).toBeUndefined();
  });

  it('how a photograph must be turned is unknown of a file that ends in the middle of a segment’s head', () => {
    for (const end of ['', '\u00FF', '\u00FF\u00E1', '\u00FF\u00E1\0']) expect(jpeg(end)).toBeUndefined();
  });
});

describe('how a picture in PNG must be turned', () => {
  const header = chunk('IHDR', 'thirteen byte');

  it('how a picture in PNG must be turned is read in its eXIf chunk, wherever that is', () => {
    expect(png(header, chunk('eXIf', turned), chunk('IEND', ''))).toBe(6);
    expect(png(header, chunk('tEXt', 'words'), chunk('IDAT', 'rows'), chunk('eXIf', turned))).toBe(6);
  });

  it('how a picture in PNG must be turned is unknown without one, and when the file is cut', () => {
    expect(png(header, chunk('IDAT', 'rows'), chunk('IEND', ''))).toBeUndefined();
    for (let cut = 0; cut <= 10; cut += 1) expect(png(header, chunk('eXIf', turned).slice(0, cut))).toBeUndefined();
    expect(png()).toBeUndefined();
  });

  it('how a picture in PNG must be turned is read in the chunk’s own bytes and no others', () => {
    expect(png(header, chunk('eXIf', tiff([], { count: 1 })), entry(orientation, 6))).toBeUndefined();
  });
});
