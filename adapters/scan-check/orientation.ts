const orientationTag = 0x0112;

/**
 * How a picture must be turned to stand upright, by its EXIF data (CIPA DC-008, tag 0x0112).
 * @param tiff the TIFF block: behind `Exif\0\0` in a JPEG's APP1 segment, the `eXIf` chunk of a PNG
 * @returns 2 to 8; undefined where it stands upright or nothing readable is said
 */
function orientationIn(tiff: Uint8Array): number | undefined {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = view.byteLength < 8 ? 0 : view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return undefined;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > view.byteLength) return undefined;
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

interface Segment {
  /** The second byte of its mark. */
  readonly marker: number;
  readonly content: Buffer;
}

/** The segments of a JPEG file up to its picture or its end; up to what is no segment, in other files. */
function* jpegSegments(bytes: Uint8Array): Generator<Segment, void> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 2 <= file.length && file[at] === 0xff;) {
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isLast = marker === 0xda || marker === 0xd9;
    const end = isLast || at + 4 > file.length ? at + 2 : at + 2 + file.readUInt16BE(at + 2);
    yield { marker, content: file.subarray(at + 4, end) };
    if (isLast) return;
    at = end;
  }
}

/** The same of a whole JPEG file: the first APP1 segment that holds EXIF, before the picture begins. */
export function jpegOrientation(bytes: Uint8Array): number | undefined {
  for (const { marker, content } of jpegSegments(bytes))
    if (marker === 0xe1 && content.toString('latin1', 0, 6) === 'Exif\0\0') return orientationIn(content.subarray(6));
  return undefined;
}

/** Whether a JPEG file ends before any picture begins: tables and a size, and nothing that they would describe. */
export function lacksPicture(bytes: Uint8Array): boolean {
  return [...jpegSegments(bytes)].at(-1)?.marker === 0xd9;
}

/** The same of a whole PNG file. */
export function pngOrientation(bytes: Uint8Array): number | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= file.length;) {
    const [length, type] = [file.readUInt32BE(at), file.toString('latin1', at + 4, at + 8)];
    if (type === 'eXIf') return orientationIn(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return undefined;
}
