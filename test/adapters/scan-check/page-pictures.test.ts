import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { decode } from 'jpeg-js';
import { pictureOf } from '../../../adapters/scan-check/page-pictures.ts';
import { openPdf, startPdfium } from '../../../adapters/scan-check/pdf.ts';
import { locked, pdfOf, plainPage } from './made-up.ts';

type Engine = Awaited<ReturnType<typeof startPdfium>>;

/** What takes memory of the engine, and what gives it back. */
const taking = { FPDF_LoadPage: 1, FPDFBitmap_Create: 1 } as const;
const giving = { FPDF_ClosePage: 1, FPDFBitmap_Destroy: 1 } as const;

/** The engine, which counts what it was asked for: handles taken, less those given back. */
function counting(engine: Engine): { readonly counted: Engine; readonly calls: Map<string, number> } {
  const calls = new Map<string, number>();
  const counted = new Proxy(engine, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || !(Object.hasOwn(taking, name) || Object.hasOwn(giving, name))) return member;
      return (...given: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, target, given);
        if (Object.hasOwn(giving, name) || answer !== 0) calls.set(String(name), (calls.get(String(name)) ?? 0) + 1);
        return answer;
      };
    },
  });
  return { counted, calls };
}

describe('pictures of pages', () => {
  let engine: Engine;
  beforeAll(async () => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
    engine = await startPdfium(new Uint8Array(wasm).buffer);
  });

  /** An open document, and its pictures' sizes. */
  function pictured(index: number, edge: number) {
    const bytes = plainPage();
    const memory = engine.pdfium.wasmExports.malloc(bytes.length);
    engine.pdfium.HEAPU8.set(bytes, memory);
    const document = engine.FPDF_LoadMemDocument(memory, bytes.length, '');
    const { counted, calls } = counting(engine);
    const { width, height, data } = decode(pictureOf(counted, document, index, edge));
    engine.FPDF_CloseDocument(document);
    return { size: [width, height], calls: Object.fromEntries(calls), first: Array.from(data.subarray(0, 3)) };
  }

  it('a picture of a page is as long as was asked for, white where nothing is drawn, and leaves nothing in memory', () => {
    const { size, calls, first } = pictured(0, 200);
    expect(Math.max(...size)).toBe(200);
    expect(calls).toEqual({ FPDF_LoadPage: 1, FPDFBitmap_Create: 1, FPDF_ClosePage: 1, FPDFBitmap_Destroy: 1 });
    expect(first).toEqual([255, 255, 255]);
  });

  it('a picture of a page that cannot be loaded is a white sheet of A4', () => {
    const { size, calls, first } = pictured(7, 842);
    expect(size).toEqual([595, 842]);
    expect(calls).toEqual({ FPDFBitmap_Create: 1, FPDFBitmap_Destroy: 1 });
    expect(first).toEqual([255, 255, 255]);
  });

  it('a PDF that was opened, whatever became of it, leaves no page and no bitmap in memory: a hundred pages share it', async () => {
    const scripted = plainPage('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>');
    for (const bytes of [plainPage(), scripted, await locked(plainPage(), 'secret'), pdfOf(['<< /Type /Catalog >>'])]) {
      const { counted, calls } = counting(engine);
      openPdf(counted, bytes);
      const left = (taken: string, given: string): number => (calls.get(taken) ?? 0) - (calls.get(given) ?? 0);
      expect([left('FPDF_LoadPage', 'FPDF_ClosePage'), left('FPDFBitmap_Create', 'FPDFBitmap_Destroy')]).toEqual([
        0, 0,
      ]);
    }
  });
});
