import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { encode } from 'jpeg-js';

/** A sheet of A4 is read well at 100 dots an inch. */
export const readableEdge = 1170;
const quality = 75;

/** FPDF_REVERSE_BYTE_ORDER: red before blue, as JPEG wants it. */
const redFirst = 0x10;
const white = 0xffffffff;

/**
 * A page of an open PDF as a picture that does nothing: upright, on white; without what annotations and scripts would
 * add. A page that cannot be loaded is a white sheet.
 * @param index counted from 0
 * @param longestEdge in pixels
 * @returns JPEG
 */
export function pictureOf(
  engine: WrappedPdfiumModule,
  document: number,
  index: number,
  longestEdge: number,
): Uint8Array {
  const page = engine.FPDF_LoadPage(document, index);
  const [width, height] = page === 0 ? [595, 842] : [engine.FPDF_GetPageWidthF(page), engine.FPDF_GetPageHeightF(page)];
  const scale = longestEdge / Math.max(width, height, 1);
  const [columns, rows] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const bitmap = engine.FPDFBitmap_Create(columns, rows, 0);
  engine.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, white);
  if (page !== 0) {
    engine.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, redFirst);
    engine.FPDF_ClosePage(page);
  }
  const memory = engine.FPDFBitmap_GetBuffer(bitmap);
  const data = engine.pdfium.HEAPU8.slice(memory, memory + columns * rows * 4);
  engine.FPDFBitmap_Destroy(bitmap);
  return new Uint8Array(encode({ data, width: columns, height: rows }, quality).data);
}
