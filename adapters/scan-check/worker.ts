/** The thread in which one file is opened: it may be ended at any time, and takes its memory with it. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import type { OpenedScan } from '../../domain/ports/scan-check.ts';
import { scanTypes } from '../../domain/scans.ts';
import type { Outcome } from '../../domain/journey/refusals.ts';
import { openPdf, startPdfium } from './pdf.ts';
import { openJpeg, openPng } from './pictures.ts';

const Work = z.object({ bytes: z.instanceof(Uint8Array), type: z.enum(scanTypes), engine: z.string() });

async function open({ bytes, type, engine }: z.infer<typeof Work>): Promise<Outcome<OpenedScan>> {
  if (type === 'image/jpeg') return openJpeg(bytes);
  if (type === 'image/png') return openPng(bytes);
  const wasm = readFileSync(new URL(engine));
  return openPdf(await startPdfium(new Uint8Array(wasm).buffer), bytes);
}

// A port has no origin; the rule that asks for one means windows.
parentPort?.postMessage(await open(Work.parse(workerData)), []);
