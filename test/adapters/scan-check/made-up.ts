import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import { startPdfium } from '../../../adapters/scan-check/pdf.ts';

/** Bytes from text and bytes, text letter by letter. */
export function bytesOf(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
  );
}

export function sample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../samples/${name}`, import.meta.url)));
}

/** A PDF of objects numbered from 1, of which the first is its catalogue. */
export function pdfOf(objects: readonly (string | Uint8Array)[]): Uint8Array {
  const body: Uint8Array[] = [bytesOf('%PDF-1.7\n')];
  const starts: number[] = [];
  let length = body[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const whole = bytesOf(`${index + 1} 0 obj\n`, object, '\nendobj\n');
    starts.push(length);
    length += whole.length;
    body.push(whole);
  }
  const rows = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return bytesOf(
    ...body,
    `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
  );
}

export function stream(dictionary: string, bytes: Uint8Array): Uint8Array {
  return bytesOf(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`, bytes, '\nendstream');
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly filter: 'DCTDecode' | 'FlateDecode';
  readonly bytes: Uint8Array;
}

/** A scanner's PDF: one picture on each page, the same on all. */
export function scannedPages(pages: number, { width, height, filter, bytes }: Picture, catalogue = ''): Uint8Array {
  const numbers = Array.from({ length: pages }, (_none, index) => 5 + index);
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    `<< /Type /Pages /Count ${pages} /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}] >>`,
    stream(
      `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /${filter}`,
      bytes,
    ),
    stream('', bytesOf('q 595 0 0 842 0 0 cm /P Do Q')),
    ...numbers.map(
      () =>
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /P 3 0 R >> >> >>',
    ),
  ]);
}

/** A page with a red square, and whatever else its catalogue says. */
export function plainPage(catalogue = '', ...more: readonly string[]): Uint8Array {
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>',
    stream('', bytesOf('1 0 0 rg 10 10 50 50 re f')),
    ...more,
  ]);
}

/** Zeros as Flate packs them: a thousandth of their size. */
export function packedZeros(length: number): Uint8Array {
  return new Uint8Array(deflateSync(Buffer.alloc(length), { level: 9 }));
}

/** The same document as its owner locked it. */
export async function locked(pdf: Uint8Array, userPassword: string): Promise<Uint8Array> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const engine = await startPdfium(new Uint8Array(wasm).buffer);
  const { malloc } = engine.pdfium.wasmExports;
  const memory = malloc(pdf.length);
  engine.pdfium.HEAPU8.set(pdf, memory);
  const document = engine.FPDF_LoadMemDocument(memory, pdf.length, '');
  if (!engine.EPDF_SetEncryption(document, userPassword, 'owner', 0)) throw new Error('the engine locks nothing');
  const writer = engine.PDFiumExt_OpenFileWriter();
  engine.PDFiumExt_SaveAsCopy(document, writer);
  const length = engine.PDFiumExt_GetFileWriterSize(writer);
  const copy = malloc(length);
  engine.PDFiumExt_GetFileWriterData(writer, copy, length);
  return engine.pdfium.HEAPU8.slice(copy, copy + length);
}
