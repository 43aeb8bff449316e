import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { pictureOf } from '../../adapters/scan-check/page-pictures.ts';
import { startPdfium } from '../../adapters/scan-check/pdf.ts';

/** Debian's Chromium, or the one that CHROMIUM names. */
export const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** A page as it comes out of the printer. */
export interface PrintedPage {
  readonly widthMm: number;
  readonly heightMm: number;
  /** As whoever searches or copies it gets it: runs of white space are one space. */
  readonly text: string;
  /** What a reader finds on a picture of it at 203 dots an inch, those of a thermal printer. */
  readonly codes: readonly { readonly format: string; readonly text: string }[];
  /** How much of its end is blank, in millimetres. */
  readonly blankMm: number;
}

export interface Print {
  readonly pages: readonly PrintedPage[];
  /** Its paragraphs in the order of its source. */
  readonly source: readonly string[];
  /** Of what is on the screen of its width, whether something reaches out at the side. */
  readonly isCutOff: boolean;
}

const require = createRequire(import.meta.url);
function bytesOf(file: string): ArrayBuffer {
  return new Uint8Array(readFileSync(require.resolve(file))).buffer;
}
const millimetresOfPoint = 25.4 / 72;
const dotsPerMillimetre = 8;

/** Prints pages in a browser and looks at what comes out. */
export async function aPrinter(): Promise<{ print(html: string): Promise<Print>; close(): Promise<void> }> {
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const engine = await startPdfium(bytesOf('@embedpdf/pdfium/pdfium.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: bytesOf('zxing-wasm/reader/zxing_reader.wasm') } });
  return {
    print: async (html) => {
      const page = await browser.newPage();
      await page.setContent(html);
      const source = (await page.locator('p').allTextContents()).map((text) => text.normalize('NFC'));
      const pdf = await page.pdf({ preferCSSPageSize: true });
      await page.emulateMedia({ media: 'print' });
      const isCutOff = await page.evaluate<boolean>(
        `[...document.querySelectorAll('p, svg')].some((one) => one.scrollWidth > document.body.clientWidth + 1 || one.getBoundingClientRect().right > document.body.getBoundingClientRect().right + 1)`,
      );
      await page.close();
      const memory = engine.pdfium.wasmExports.malloc(pdf.length);
      engine.pdfium.HEAPU8.set(pdf, memory);
      const document = engine.FPDF_LoadMemDocument(memory, pdf.length, '');
      const pages: PrintedPage[] = [];
      for (let index = 0; index < engine.FPDF_GetPageCount(document); index += 1) {
        const loaded = engine.FPDF_LoadPage(document, index);
        const [widthMm, heightMm] = [engine.FPDF_GetPageWidthF(loaded), engine.FPDF_GetPageHeightF(loaded)].map(
          (points) => points * millimetresOfPoint,
        );
        const words = engine.FPDFText_LoadPage(loaded);
        const boxes = engine.pdfium.wasmExports.malloc(32);
        let lowest = heightMm ?? 0;
        const letters = Array.from({ length: engine.FPDFText_CountChars(words) }, (_none, at) => {
          engine.FPDFText_GetCharBox(words, at, boxes, boxes + 8, boxes + 16, boxes + 24);
          const letter = String.fromCodePoint(engine.FPDFText_GetUnicode(words, at));
          if (letter.trim() !== '')
            lowest = Math.min(lowest, engine.pdfium.getValue(boxes + 16, 'double') * millimetresOfPoint);
          return letter;
        });
        const picture = pictureOf(
          engine,
          document,
          index,
          Math.round(Math.max(widthMm ?? 0, heightMm ?? 0) * dotsPerMillimetre),
        );
        const found = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode', 'Code128'] });
        pages.push({
          widthMm: Math.round(widthMm ?? 0),
          heightMm: Math.round(heightMm ?? 0),
          text: letters.join('').normalize('NFC').replaceAll(/\s+/g, ' ').trim(),
          codes: found.map(({ format, text }) => ({ format, text })),
          blankMm: lowest,
        });
        engine.FPDF_ClosePage(loaded);
      }
      return { pages, source, isCutOff };
    },
    close: async () => browser.close(),
  };
}
