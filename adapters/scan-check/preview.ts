import { encode } from 'jpeg-js';

/** The longest edge of a preview, in pixels: what a phone shows whole, some 100 kB. */
export const previewEdge = 1000;
const quality = 75;
/** So many points in a row are mixed into one: enough for lines of writing not to break. */
const mostMixed = 4;

/** A decoded picture: its samples point by point, row by row; of fewer than eight bits several lie in a byte. */
export interface Points {
  readonly width: number;
  readonly height: number;
  /** Grey, or red, green and blue; one more for how opaque a point is. */
  readonly channels: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly data: ArrayLike<number>;
  /** The colours that samples stand for. */
  readonly palette?: readonly (readonly number[])[];
}

/**
 * A small picture of a picture: upright, on white, with nothing else of the file in it.
 * @param orientation as EXIF has it, 1 to 8
 * @returns JPEG
 */
export function previewOf(points: Points, orientation = 1): Uint8Array {
  const isOnItsSide = orientation >= 5;
  const scale = Math.min(1, previewEdge / Math.max(points.width, points.height));
  const mixed = Math.min(mostMixed, Math.ceil(1 / scale));
  const [wide, high] = [points.width, points.height].map((length) => Math.max(1, Math.round(length * scale)));
  const [width = 1, height = 1] = isOnItsSide ? [high, wide] : [wide, high];
  const across = picked((isOnItsSide ? height : width) * mixed, points.width, [2, 3, 7, 8].includes(orientation));
  const down = picked((isOnItsSide ? width : height) * mixed, points.height, [3, 4, 6, 7].includes(orientation));
  const read = readerOf(points);
  const data = new Uint8Array(width * height * 4);
  const sum = [0, 0, 0];
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      sum.fill(0);
      for (let part = 0; part < mixed * mixed; part += 1) {
        const [inRow, inColumn] = [row * mixed + Math.floor(part / mixed), column * mixed + (part % mixed)];
        const x = across[isOnItsSide ? inRow : inColumn] ?? 0;
        const y = down[isOnItsSide ? inColumn : inRow] ?? 0;
        for (let colour = 0; colour < 3; colour += 1) sum[colour] = (sum[colour] ?? 0) + read(x, y, colour);
      }
      for (let colour = 0; colour < 3; colour += 1)
        data[(row * width + column) * 4 + colour] = (sum[colour] ?? 0) / (mixed * mixed);
    }
  return new Uint8Array(encode({ data, width, height }, quality).data);
}

/** Where in a row or column of the picture each sample of the small one is taken, evenly spread. */
function picked(samples: number, length: number, isTurned: boolean): Int32Array {
  return Int32Array.from({ length: samples }, (_none, sample) => {
    const at = Math.floor(((sample + 0.5) / samples) * length);
    return isTurned ? length - 1 - at : at;
  });
}

/** Reads a colour (red, green, blue) of a point, of 0 to 255, as it stands on white. */
function readerOf({ width, channels, depth, data, palette }: Points): (x: number, y: number, colour: number) => number {
  const samplesInRow = width * channels;
  const most = 2 ** depth - 1;
  const inByte = 8 / depth;
  const bytesInRow = Math.ceil(samplesInRow / inByte);
  const sampleAt = (y: number, index: number): number =>
    depth >= 8
      ? (data[y * samplesInRow + index] ?? 0)
      : ((data[y * bytesInRow + Math.floor(index / inByte)] ?? 0) >> (8 - depth * ((index % inByte) + 1))) & most;
  if (palette !== undefined)
    return (x, y, colour) => {
      const entry = palette[sampleAt(y, x)] ?? [];
      return onWhite(entry[colour] ?? 0, (entry[3] ?? 255) / 255);
    };
  const isGrey = channels < 3;
  const hasAlpha = channels % 2 === 0;
  return (x, y, colour) => {
    const first = x * channels;
    const value = (sampleAt(y, isGrey ? first : first + colour) / most) * 255;
    return hasAlpha ? onWhite(value, sampleAt(y, first + channels - 1) / most) : value;
  };
}

function onWhite(value: number, opacity: number): number {
  return value * opacity + 255 * (1 - opacity);
}
