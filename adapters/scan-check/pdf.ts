import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import { granted, type Outcome } from '../../domain/journey/refusals.ts';
import type { OpenedScan } from '../../domain/ports/scan-check.ts';
import { isRisky, refusedScan, type ScanContents, type ScanFlag } from '../../domain/scans.ts';
import { pictureOf, readableEdge } from './page-pictures.ts';
import { hasJpegEnd, mostPixels } from './pictures.ts';
import { previewEdge } from './preview.ts';

/** A dossier's papers fill some dozens of pages; nobody scans a thousand in ten megabytes. */
export const mostPages = 1000;
/** A page is a picture within a fifth of a second, and the check has twenty of them. */
const mostPagesAsPictures = 60;
/** Nobody looks at what is drawn here; drawing makes the engine decode every picture of a page. */
const longestEdge = 200;

/** FPDF_GetLastError: a password is needed. */
const passwordError = 4;
/** FPDF_PAGEOBJ_IMAGE */
const imageObject = 3;

type Engine = WrappedPdfiumModule;
type Size = Pick<ScanContents, 'widthPixels' | 'heightPixels'>;

/** @param wasm PDFium as a WebAssembly module */
export async function startPdfium(wasm: ArrayBuffer): Promise<Engine> {
  const engine = await init({ wasmBinary: wasm });
  engine.PDFiumExt_Init();
  return engine;
}

/**
 * Opens a PDF as a reader does: every page is loaded and drawn, every picture decoded.
 * @returns what it is, with a preview, and pictures of its pages when it is risky, or ScanRefused with needs-password,
 * unreadable, truncated or too-large
 */
export function openPdf(engine: Engine, bytes: Uint8Array): Outcome<OpenedScan> {
  const memory = engine.pdfium.wasmExports.malloc(bytes.length);
  engine.pdfium.HEAPU8.set(bytes, memory);
  const document = engine.FPDF_LoadMemDocument(memory, bytes.length, '');
  if (document === 0)
    return refusedScan(engine.FPDF_GetLastError() === passwordError ? 'needs-password' : 'unreadable');
  const pages = engine.FPDF_GetPageCount(document);
  if (pages > mostPages) return refusedScan('too-large');
  let largest: Size = { widthPixels: 0, heightPixels: 0 };
  let reached = 0;
  for (let index = 0; index < pages; index += 1) {
    const page = engine.FPDF_LoadPage(document, index);
    if (page === 0) continue;
    const opened = openPage(engine, page);
    if (!opened.ok) return opened;
    if (area(opened.value) > area(largest)) largest = opened.value;
    reached += 1;
    engine.FPDF_ClosePage(page);
  }
  // A page tree with a hole in it opens everywhere; one without any page that can be shown opens nowhere.
  if (reached === 0) return refusedScan('unreadable');
  const flags = flagsOf(engine, document);
  const found = { pages, ...largest, flags };
  const preview = pictureOf(engine, document, 0, previewEdge);
  if (!isRisky(found)) return granted({ contents: found, preview, pictures: [] });
  if (pages > mostPagesAsPictures) return refusedScan('too-large');
  const pictures = Array.from({ length: pages }, (_none, index) => pictureOf(engine, document, index, readableEdge));
  return granted({ contents: { ...found, pictures: pages }, preview, pictures });
}

function area({ widthPixels, heightPixels }: Size): number {
  return widthPixels * heightPixels;
}

function openPage(engine: Engine, page: number): Outcome<Size> {
  let largest: Size = { widthPixels: 0, heightPixels: 0 };
  for (let index = 0; index < engine.FPDFPage_CountObjects(page); index += 1) {
    const object = engine.FPDFPage_GetObject(page, index);
    if (engine.FPDFPageObj_GetType(object) !== imageObject) continue;
    const size = sizeOf(engine, object);
    if (area(size) > mostPixels) return refusedScan('too-large');
    if (isCutJpeg(engine, object)) return refusedScan('truncated');
    if (area(size) > area(largest)) largest = size;
  }
  draw(engine, page);
  return { ok: true, value: largest };
}

function sizeOf(engine: Engine, image: number): Size {
  const { malloc, free } = engine.pdfium.wasmExports;
  const memory = malloc(8);
  const known = engine.FPDFImageObj_GetImagePixelSize(image, memory, memory + 4);
  const [widthPixels, heightPixels] = [memory, memory + 4].map((at) => (known ? engine.pdfium.getValue(at, 'i32') : 0));
  free(memory);
  return { widthPixels: widthPixels ?? 0, heightPixels: heightPixels ?? 0 };
}

/** A JPEG in a PDF that ends too early: the engine fills its last rows with grey and says nothing. */
function isCutJpeg(engine: Engine, image: number): boolean {
  if (engine.FPDFImageObj_GetImageFilterCount(image) !== 1) return false;
  const filter = textOf(engine, (memory, length) => engine.FPDFImageObj_GetImageFilter(image, 0, memory, length));
  if (!filter.startsWith('DCT')) return false;
  return !hasJpegEnd(bytesOf(engine, (memory, length) => engine.FPDFImageObj_GetImageDataRaw(image, memory, length)));
}

/** What a call of the engine writes that is asked twice: for the length, then for the bytes. */
function bytesOf(engine: Engine, write: (memory: number, length: number) => number): Uint8Array {
  const length = write(0, 0);
  const memory = engine.pdfium.wasmExports.malloc(length);
  write(memory, length);
  const bytes = engine.pdfium.HEAPU8.slice(memory, memory + length);
  engine.pdfium.wasmExports.free(memory);
  return bytes;
}

function textOf(engine: Engine, write: (memory: number, length: number) => number): string {
  return Buffer.from(bytesOf(engine, write)).toString('latin1');
}

function draw(engine: Engine, page: number): void {
  const [width, height] = [engine.FPDF_GetPageWidthF(page), engine.FPDF_GetPageHeightF(page)];
  const scale = Math.min(1, longestEdge / Math.max(width, height, 1));
  const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const bitmap = engine.FPDFBitmap_Create(columns, rows, 0);
  if (bitmap === 0) return;
  engine.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, 0);
  engine.FPDFBitmap_Destroy(bitmap);
}

/** Names of a PDF by which it does more than show pages (ISO 32000-1, 12.6.4). */
const dangers: readonly (readonly [ScanFlag, RegExp])[] = [
  ['javascript', /\/(JavaScript|JS)(?![\w#])/],
  ['embedded-files', /\/(EmbeddedFiles?|EF|FileAttachment|RichMedia|3D|Movie|Sound)(?![\w#])/],
  ['launches', /\/(Launch|GoTo[RE]|Rendition|ImportData|SubmitForm|XFA)(?![\w#])/],
];

function flagsOf(engine: Engine, document: number): ScanFlag[] {
  const isEncrypted = engine.FPDF_GetSecurityHandlerRevision(document) !== -1;
  if (isEncrypted) engine.EPDF_RemoveEncryption(document);
  const objects = plainObjects(engine, document);
  const found = dangers.filter(([, pattern]) => pattern.test(objects)).map(([flag]) => flag);
  return isEncrypted ? [...found, 'permissions'] : found;
}

/**
 * Every object of the document as text without the streams' contents: the engine writes it anew, so that nothing hides
 * in
 * compressed object streams, behind a permission's encryption or in escaped names.
 */
function plainObjects(engine: Engine, document: number): string {
  const writer = engine.PDFiumExt_OpenFileWriter();
  engine.PDFiumExt_SaveAsCopy(document, writer);
  const length = engine.PDFiumExt_GetFileWriterSize(writer);
  const text = textOf(engine, (memory, wanted) =>
    wanted === 0 ? length : engine.PDFiumExt_GetFileWriterData(writer, memory, wanted),
  );
  engine.PDFiumExt_CloseFileWriter(writer);
  return text
    .replaceAll(/stream\r?\n[\s\S]*?endstream/g, '')
    .replaceAll(/#([\da-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
