import { describe, expect, it } from '@jest/globals';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import type { ScanType } from '../../../domain/scans.ts';
import { bytesOf, locked, packedZeros, pdfOf, plainPage, sample, scannedPages, stream } from './made-up.ts';
import { scanCheck } from './scan-check.ts';

const check = scanCheck();
const pdf = sample('application.pdf');
const photo = sample('list-of-papers.jpg');
const screenshot = encode({ width: 40, height: 30, data: new Uint8Array(40 * 30 * 4), channels: 4 });
const size = jpeg.decode(photo);
/** Sixteen by eight red points. */
const progressive = new Uint8Array(
  Buffer.from(
    '/9j/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuC' +
      'guv/////////////////////////////////////////////////////////////////////////wgARCAAIABADASIAAhEBAxEB/8QAFQABAQAA' +
      'AAAAAAAAAAAAAAAAAAL/xAAVAQEBAAAAAAAAAAAAAAAAAAABAv/aAAwDAQACEAMQAAABkF//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAEF' +
      'Aj//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAEDAQE/AX//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/AX//xAAUEAEAAAAAAAAAAAAA' +
      'AAAAAAAQ/9oACAEBAAY/Aj//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/IT//2gAMAwEAAgADAAAAEPf/xAAUEQEAAAAAAAAAAAAAAAAA' +
      'AAAA/9oACAEDAQE/EH//xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oACAECAQE/EH//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAE/ED//2Q==',
    'base64',
  ),
);

/** The verdict in a word, or what was found. */
async function verdict(bytes: Uint8Array, type: ScanType): Promise<unknown> {
  const outcome = await check.open(bytes, type);
  if (outcome.ok) return outcome.value.contents;
  return 'why' in outcome.refusal ? outcome.refusal.why : outcome.refusal.name;
}

/** An APP1 segment that says how the picture must be turned. */
function exif(orientation: number, order: 'II' | 'MM'): Uint8Array {
  const [tag, type, count, value] =
    order === 'II'
      ? ['\x12\x01', '\x03\0', '\x01\0\0\0', `${String.fromCharCode(orientation)}\0\0\0`]
      : ['\x01\x12', '\0\x03', '\0\0\0\x01', `\0${String.fromCharCode(orientation)}\0\0`];
  const head = order === 'II' ? 'II*\0\x08\0\0\0\x01\0' : 'MM\0*\0\0\0\x08\0\x01';
  const tiff = `Exif\0\0${head}${tag}${type}${count}${value}\0\0\0\0`;
  return bytesOf(`\u00FF\u00E1\0${String.fromCharCode(tiff.length + 2)}`, tiff);
}
function photoWith(segment: Uint8Array): Uint8Array {
  return bytesOf(photo.slice(0, 2), segment, photo.slice(2));
}

/** A PNG whose points are numbers of colours, of so many bits. */
function paletted(width: number, height: number, depth: number, palette: readonly number[][], rows: Uint8Array) {
  const chunk = (type: string, content: Uint8Array) => {
    const body = bytesOf(type, content);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(content.length);
    whole.set(body, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([depth, 3, 0, 0, 0], 8);
  return bytesOf(
    '\u0089PNG\r\n\u001A\n',
    chunk('IHDR', head),
    chunk('PLTE', new Uint8Array(palette.flat())),
    chunk('IDAT', new Uint8Array(deflateSync(rows))),
    chunk('IEND', new Uint8Array()),
  );
}

/** A JPEG's tables and size without what they describe, ended in order. */
function headless(picture: Uint8Array): Uint8Array {
  return bytesOf(picture.slice(0, Buffer.from(picture).indexOf('\u00FF\u00DA', 'latin1')), '\u00FF\u00D9');
}
/** The first box of an ISO container with its brands. */
function heif(...brands: readonly string[]): Uint8Array {
  const [first = '', ...others] = brands;
  return bytesOf('\0\0\0', String.fromCharCode(12 + 4 * brands.length), 'ftyp', first, '\0\0\0\0', ...others);
}

// Holds ADR 0015.
describe('a photograph', () => {
  const found = { pages: 1, widthPixels: size.width, heightPixels: size.height, flags: [] };

  it('a photograph is opened to its last row, and its size is found', async () => {
    expect(await verdict(photo, 'image/jpeg')).toEqual(found);
  });

  it.each([
    ['Samsung’s trailer', bytesOf('SEFH\x6b\0\0\0', new Uint8Array(60), 'SEFT')],
    ['a film, as phones keep what moved', bytesOf('\0\0\0\x18ftypmp42\0\0\0\0isommp42', new Uint8Array(5000))],
    ['half a second picture', photo.slice(0, 5000)],
    ['zeros', new Uint8Array(500)],
    ['a second picture, as phones keep depth', photo],
    ['any bytes', bytesOf('these are not of the picture \u00FF\u00D8\u00FF')],
  ])('a photograph with %s behind its end is taken', async (_what, trailer) => {
    expect(await verdict(bytesOf(photo, trailer), 'image/jpeg')).toEqual(found);
  });

  it('a photograph that comes line by line ever finer (progressive) is opened, and refused when it is cut', async () => {
    expect(await verdict(progressive, 'image/jpeg')).toMatchObject({ widthPixels: 16, heightPixels: 8 });
    expect(await verdict(progressive.slice(0, -2), 'image/jpeg')).toBe('truncated');
    expect(await verdict(bytesOf(progressive.slice(0, 300), '\u00FF\u00D9'), 'image/jpeg')).toBe('unreadable');
  });

  it.each([2, 3, 4, 5, 6, 7, 8])(
    'a photograph taken with the camera turned (EXIF %i) is known to stand so',
    async (orientation) => {
      for (const order of ['II', 'MM'] as const)
        expect(await verdict(photoWith(exif(orientation, order)), 'image/jpeg')).toEqual({ ...found, orientation });
    },
  );

  it.each([0, 1, 9])('a photograph whose EXIF says %i stands upright', async (orientation) => {
    expect(await verdict(photoWith(exif(orientation, 'MM')), 'image/jpeg')).toEqual(found);
  });

  it.each([
    ['without its last byte', photo.slice(0, -1), 'truncated'],
    ['without its last half', photo.slice(0, photo.length / 2), 'truncated'],
    ['with its last rows missing before the end mark', bytesOf(photo.slice(0, -2000), '\u00FF\u00D9'), 'unreadable'],
    ['of five bytes', bytesOf('\u00FF\u00D8\u00FF\u00FF\u00D9'), 'unreadable'],
    ['that is a script', bytesOf('\u00FF\u00D8\u00FF<script>alert(1)</script>\u00FF\u00D9'), 'unreadable'],
    ['that ends before its picture begins', headless(photo), 'unreadable'],
    ['that is only a head', photo.slice(0, 300), 'truncated'],
    ['that is a web page', bytesOf('<html></html>'), 'type-differs'],
    ['that is a PDF', pdf, 'type-differs'],
    ['that is a screenshot', screenshot, 'type-differs'],
    ['of nothing', new Uint8Array(), 'type-differs'],
    ['as an iPhone keeps it', bytesOf('\0\0\0\x24ftypheic\0\0\0\0mif1heic', new Uint8Array(300)), 'heic'],
    ['as Android keeps it', bytesOf('\0\0\0\x1cftypmif1\0\0\0\0mif1heix', new Uint8Array(300)), 'heic'],
    ['as a newer iPhone keeps it', heif('mif2', 'miaf'), 'heic'],
    ['as a camera keeps a series', heif('hevs', 'msf1'), 'heic'],
    ['that says it is HEIC among other brands', heif('jxyz', 'mif1', 'heic'), 'heic'],
    ['in AVIF', bytesOf('\0\0\0\x1cftypavif\0\0\0\0avifmif1', new Uint8Array(300)), 'heic'],
    ['that is a film', bytesOf(heif('isom', 'iso2'), 'heicheic'), 'type-differs'],
  ])('a photograph %s is refused', async (_what, bytes, why) => {
    expect(await verdict(bytes, 'image/jpeg')).toBe(why);
  });

  it('a photograph that claims more pixels than any camera takes is refused before it is decoded', async () => {
    const frame = photo.findIndex(
      (byte, index) => byte === 0xff && (photo[index + 1] ?? 0) >= 0xc0 && (photo[index + 1] ?? 0) <= 0xc2,
    );
    const bomb = photo.slice();
    bomb.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    expect(await verdict(bomb, 'image/jpeg')).toBe('too-large');
  });
});

describe('the preview of a file', () => {
  /** What the check makes of it, in points. */
  async function previewOf(bytes: Uint8Array, type: ScanType) {
    const outcome = await check.open(bytes, type);
    if (!outcome.ok) throw new Error(outcome.refusal.name);
    const { width, height, data } = jpeg.decode(outcome.value.preview);
    const at = (x: number, y: number): string => {
      const [red = 0, green = 0, blue = 0] = data.subarray(
        (Math.floor(y * height) * width + Math.floor(x * width)) * 4,
      );
      return [red > 170, green > 170, blue > 170].map(Number).join('');
    };
    /** The corners, clockwise from the upper left: red, green, blue as ones and zeros. */
    return { width, height, corners: [at(0.1, 0.1), at(0.9, 0.1), at(0.9, 0.9), at(0.1, 0.9)] };
  }
  const [red, green, blue, white] = ['100', '010', '001', '111'];
  /** A quarter each red, green, blue and white, clockwise from the upper left. */
  const quarters = (width: number, height: number) =>
    Array.from({ length: width * height }, (_none, index) => {
      const [isRight, isLow] = [index % width >= width / 2, index >= (width * height) / 2];
      return isLow ? (isRight ? [0, 0, 255] : [255, 255, 255]) : isRight ? [0, 255, 0] : [255, 0, 0];
    });
  const flat = (points: readonly (readonly number[])[]) => new Uint8Array(points.flat());

  it('the preview of a file has no more than a thousand points on a side, and no more than the file', async () => {
    const large = await previewOf(
      encode({ width: 3000, height: 1500, data: flat(quarters(3000, 1500)), channels: 3 }),
      'image/png',
    );
    expect(large).toEqual({ width: 1000, height: 500, corners: [red, green, blue, white] });
    const small = await previewOf(
      encode({ width: 64, height: 32, data: flat(quarters(64, 32)), channels: 3 }),
      'image/png',
    );
    expect(small).toEqual({ width: 64, height: 32, corners: [red, green, blue, white] });
    expect(await previewOf(pdf, 'application/pdf')).toMatchObject({ height: 1000 });
  });

  it.each([
    [2, [green, red, white, blue]],
    [3, [blue, white, red, green]],
    [4, [white, blue, green, red]],
    [5, [red, white, blue, green]],
    [6, [white, red, green, blue]],
    [7, [blue, green, red, white]],
    [8, [green, blue, white, red]],
  ])('the preview of a file stands upright, though the camera was turned (EXIF %i)', async (orientation, corners) => {
    const points = quarters(64, 32).map(([r = 0, g = 0, b = 0]) => [r, g, b, 255]);
    const plain = new Uint8Array(jpeg.encode({ width: 64, height: 32, data: flat(points) }, 95).data);
    const turned = bytesOf(plain.slice(0, 2), exif(orientation, 'MM'), plain.slice(2));
    const isOnItsSide = orientation >= 5;
    expect(await previewOf(turned, 'image/jpeg')).toEqual({
      width: isOnItsSide ? 32 : 64,
      height: isOnItsSide ? 64 : 32,
      corners,
    });
  });

  it('the preview of a file shows on white what is not opaque', async () => {
    const points = quarters(64, 32).map(([r = 0, g = 0, b = 0], index) => [r, g, b, index % 64 < 32 ? 0 : 255]);
    const bytes = encode({ width: 64, height: 32, data: flat(points), channels: 4 });
    expect((await previewOf(bytes, 'image/png')).corners).toEqual([white, green, blue, white]);
  });

  it.each([
    [
      'sixteen bits',
      {
        depth: 16,
        channels: 3,
        data: new Uint16Array(
          quarters(64, 32)
            .flat()
            .map((one) => one * 257),
        ),
      },
      [red, green, blue, white],
    ],
    ['grey', { channels: 1, data: new Uint8Array(quarters(64, 32).map(([r = 0]) => r)) }, [white, '000', '000', white]],
    [
      'grey and opacity',
      { channels: 2, data: flat(quarters(64, 32).map(([r = 0]) => [0, r])) },
      ['000', white, white, '000'],
    ],
  ] as const)('the preview of a file shows its colours, kept as %s', async (_how, picture, corners) => {
    const bytes = encode({ width: 64, height: 32, ...picture });
    expect((await previewOf(bytes, 'image/png')).corners).toEqual(corners);
  });

  it.each([1, 2, 4, 8] as const)(
    'the preview of a file shows its colours, kept as a palette of %i bits',
    async (depth) => {
      const palette = [
        [255, 255, 255],
        [255, 0, 0],
      ];
      const [width, height] = [66, 32];
      const rows = Array.from({ length: height }, (_row, row) => {
        const bits = Array.from({ length: width }, (_none, column) =>
          Number(column >= width / 2 === row >= height / 2)
            .toString(2)
            .padStart(depth, '0'),
        ).join('');
        return (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
      });
      const bytes = paletted(width, height, depth, palette, new Uint8Array(rows.flatMap((row) => [0, ...row])));
      expect((await previewOf(bytes, 'image/png')).corners).toEqual([red, white, red, white]);
    },
  );
});

describe('a screenshot', () => {
  const adam7 = { interlace: 'Adam7' } as const;

  it('a screenshot is opened to its last row', async () => {
    expect(await verdict(screenshot, 'image/png')).toEqual({ pages: 1, widthPixels: 40, heightPixels: 30, flags: [] });
    expect(await verdict(bytesOf(screenshot, 'anything behind it'), 'image/png')).toMatchObject({ widthPixels: 40 });
  });

  it.each([
    ['in wide colours', { depth: 16, data: new Uint16Array(40 * 30 * 3), channels: 3 }, {}],
    ['in grey', { depth: 8, data: new Uint8Array(40 * 30), channels: 1 }, {}],
    ['in the order that slow lines liked', { depth: 8, data: new Uint8Array(40 * 30 * 4), channels: 4 }, adam7],
    ['in wide colours and that order', { depth: 16, data: new Uint16Array(40 * 30 * 3), channels: 3 }, adam7],
  ] as const)('a screenshot %s is opened', async (_what, picture, options) => {
    const bytes = encode({ width: 40, height: 30, ...picture }, options);
    expect(await verdict(bytes, 'image/png')).toMatchObject({ widthPixels: 40, heightPixels: 30 });
  });

  it('a screenshot that was cut, corrupted or made up is refused', async () => {
    const corrupted = screenshot.slice();
    corrupted[45] = (corrupted[45] ?? 0) ^ 1;
    const bomb = screenshot.slice();
    bomb.set([0, 0xff, 0xff, 0xff, 0, 0xff, 0xff, 0xff], 16);
    expect(await verdict(screenshot.slice(0, -8), 'image/png')).toBe('truncated');
    expect(await verdict(corrupted, 'image/png')).toBe('unreadable');
    expect(await verdict(bytesOf('\u0089PNG\r\n\u001A\n', 'IEND'), 'image/png')).toBe('unreadable');
    expect(await verdict(bomb, 'image/png')).toBe('too-large');
    expect(await verdict(bytesOf(screenshot.slice(0, 8), '\0\0\0\0tEXtcrc.', bomb.slice(8)), 'image/png')).toBe(
      'unreadable',
    );
    expect(await verdict(photo, 'image/png')).toBe('type-differs');
  });
});

describe('a PDF', () => {
  const page = plainPage();
  const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
  const onePage = { pages: 1, widthPixels: 0, heightPixels: 0, flags: [] };
  const scanned = { width: size.width, height: size.height, filter: 'DCTDecode', bytes: photo } as const;

  it('a PDF is opened page by page, and its largest picture is found', async () => {
    expect(await verdict(pdf, 'application/pdf')).toMatchObject({ pages: 3, flags: [] });
    expect(await verdict(scannedPages(2, scanned), 'application/pdf')).toEqual({
      pages: 2,
      widthPixels: size.width,
      heightPixels: size.height,
      flags: [],
    });
  });

  it('a PDF of a hundred scanned pages and ten megabytes is taken', async () => {
    const padding = stream('', new Uint8Array(10_000_000));
    const hundred = scannedPages(100, scanned);
    expect(await verdict(bytesOf(hundred, '999 0 obj\n', padding, '\nendobj\n'), 'application/pdf')).toMatchObject({
      pages: 100,
    });
  });

  it.each([
    ['a byte-order mark', '\u00EF\u00BB\u00BF'],
    ['a printer’s line', '\u001B%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n'],
    ['a mark of another byte order', '\u00FF\u00FE'],
    ['1,023 bytes', 'x'.repeat(1023)],
    ['1,024 bytes', 'x'.repeat(1024)],
  ])('a PDF with %s before it is taken', async (_what, before) => {
    expect(await verdict(bytesOf(before, page), 'application/pdf')).toEqual(onePage);
  });

  it.each([
    ['behind more than 1,024 bytes', bytesOf(' '.repeat(1025), page), 'type-differs'],
    ['that is fifteen bytes', bytesOf('%PDF-hello%%EOF'), 'unreadable'],
    ['that is a mark', bytesOf('%PDF-'), 'unreadable'],
    ['cut at its first thousand bytes', pdf.slice(0, 1000), 'unreadable'],
    [
      'without pages',
      pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 0 /Kids [] >>']),
      'unreadable',
    ],
    ['whose photograph is cut', scannedPages(1, { ...scanned, bytes: photo.slice(0, -4000) }), 'truncated'],
    ['that is a photograph', photo, 'type-differs'],
  ])('a PDF %s is refused', async (_what, bytes, why) => {
    expect(await verdict(bytes, 'application/pdf')).toBe(why);
  });

  it('a PDF that needs a password is refused by that name, and one with permissions only is taken and says so', async () => {
    expect(await verdict(await locked(page, 'secret'), 'application/pdf')).toBe('needs-password');
    expect(await verdict(await locked(page, ''), 'application/pdf')).toEqual({ ...onePage, flags: ['permissions'] });
  });

  it.each([
    ['runs a script when it is opened', plainPage(`/OpenAction ${script}`), ['javascript']],
    ['names it with escapes', plainPage('/OpenAction << /S /J#61vaScript /#4AS (app.alert\\(1\\)) >>'), ['javascript']],
    [
      'carries a file',
      plainPage('/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>', '<< /Type /Filespec /F (a) >>'),
      ['embedded-files'],
    ],
    [
      'carries a file that does not say what it is',
      plainPage(
        '/AF [5 0 R]',
        '<< /Type /Filespec /F (a) /EF << /F 6 0 R >> >>',
        '<< /Length 1 >>\nstream\nx\nendstream',
      ),
      ['embedded-files'],
    ],
    ['shows a film', plainPage('/OpenAction 5 0 R', '<< /S /Movie /Operation /Play >>'), ['embedded-files']],
    ['runs a script when it is closed', plainPage(`/AA << /WC ${script} >>`), ['javascript']],
    ['runs a named script', plainPage(`/Names << /JavaScript << /Names [(a) ${script}] >> >>`), ['javascript']],
    [
      'runs a script from its outline',
      plainPage(
        '/Outlines 5 0 R',
        '<< /Type /Outlines /First 6 0 R /Last 6 0 R /Count 1 >>',
        `<< /Title (a) /Parent 5 0 R /A ${script} >>`,
      ),
      ['javascript'],
    ],
    ['opens another file', plainPage('/OpenAction << /S /GoToR /F (other.pdf) /D [0 /Fit] >>'), ['launches']],
    ['opens a file within', plainPage('/OpenAction << /S /GoToE /T << /R /C /N (a) >> >>'), ['launches']],
    ['sends what was typed', plainPage('/OpenAction << /S /SubmitForm /F (there) >>'), ['launches']],
    ['starts a program', plainPage('/OpenAction << /S /Launch /F (cmd.exe) >>'), ['launches']],
    ['is a form of its own kind', plainPage('/AcroForm << /XFA [] >>'), ['launches']],
  ])('a PDF that %s is taken and flagged', async (_what, bytes, flags) => {
    expect(await verdict(bytes, 'application/pdf')).toEqual({ ...onePage, flags, pictures: 1 });
  });

  it.each([
    ['is touched', `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A ${script} >>]`],
    ['is shown', `/AA << /O ${script} >>`],
  ])('a PDF that runs a script when a page of it %s is taken and flagged', async (_what, more) => {
    const bytes = pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] ${more} >>`,
    ]);
    expect(await verdict(bytes, 'application/pdf')).toEqual({ ...onePage, flags: ['javascript'], pictures: 1 });
  });

  it('a PDF that is locked hides its script no better', async () => {
    expect(await verdict(await locked(plainPage(`/OpenAction ${script}`), ''), 'application/pdf')).toEqual({
      ...onePage,
      flags: ['javascript', 'permissions'],
      pictures: 1,
    });
  });

  it('a PDF that runs a script is shown as upright pictures of its pages, in their order', async () => {
    const colour = (red: number, green: number) => stream('', bytesOf(`${red} ${green} 0 rg 0 0 200 50 re f`));
    const sheet = (contents: number, more = '') =>
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents ${contents} 0 R ${more} >>`;
    const bytes = pdfOf([
      `<< /Type /Catalog /Pages 2 0 R /OpenAction ${script} >>`,
      '<< /Type /Pages /Count 2 /Kids [5 0 R 6 0 R] >>',
      colour(1, 0),
      colour(0, 1),
      sheet(3),
      sheet(4, '/Rotate 90'),
    ]);
    const outcome = await check.open(bytes, 'application/pdf');
    if (!outcome.ok) throw new Error(outcome.refusal.name);
    const pictures = outcome.value.pictures.map((picture) => jpeg.decode(picture));
    expect(pictures.map(({ width, height }) => [width, height])).toEqual([
      [1170, 585],
      [585, 1170],
    ]);
    const at = (picture: number, column: number, row: number) => {
      const { width = 0, data } = pictures[picture] ?? {};
      const [red = 0, green = 0, blue = 0] = data?.subarray((row * width + column) * 4) ?? [];
      return [red > 200, green > 200, blue > 200];
    };
    // The lower half is painted; the second page is turned to the right, so that its lower half is on the left.
    expect([at(0, 585, 100), at(0, 585, 500)]).toEqual([
      [true, true, true],
      [true, false, false],
    ]);
    expect([at(1, 500, 585), at(1, 100, 585)]).toEqual([
      [true, true, true],
      [false, true, false],
    ]);
  });

  it('a PDF that runs a script and has more pages than can be drawn is refused', async () => {
    const opening = `/OpenAction ${script}`;
    expect(await verdict(scannedPages(61, scanned, opening), 'application/pdf')).toBe('too-large');
    expect(await verdict(scannedPages(60, scanned, opening), 'application/pdf')).toMatchObject({ pictures: 60 });
  });

  it('a PDF whose text speaks of scripts is not flagged', async () => {
    const text = stream('', bytesOf('BT (/JavaScript /Launch /EmbeddedFiles) Tj ET'));
    const bytes = pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>',
      text,
    ]);
    expect(await verdict(bytes, 'application/pdf')).toEqual(onePage);
  });

  it('a PDF made to stop a reader is refused: too many pixels, too many pages, pages in a circle', async () => {
    const pixels = { width: 60_000, height: 60_000, filter: 'FlateDecode', bytes: packedZeros(50_000_000) } as const;
    expect(await verdict(scannedPages(1, pixels), 'application/pdf')).toBe('too-large');
    expect(await verdict(scannedPages(1001, scanned), 'application/pdf')).toBe('too-large');
    const circle = pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 999 /Kids [2 0 R] /Parent 2 0 R >>',
    ]);
    expect(await verdict(circle, 'application/pdf')).toBe('unreadable');
  });
});

describe('a file that takes too long', () => {
  it('a file that takes too long is refused when its time is over', async () => {
    const outcome = await scanCheck(1).open(pdf, 'application/pdf');
    expect(outcome).toEqual({ ok: false, refusal: { name: 'ScanRefused', why: 'too-slow' } });
  });
});
