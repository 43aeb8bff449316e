import { threadedScanCheck } from '../../../adapters/scan-check/scan-check.ts';
import type { ScanCheck } from '../../../domain/ports/scan-check.ts';

/** The real scan check from its sources. */
export function scanCheck(mostMilliseconds = 20_000): ScanCheck {
  return threadedScanCheck({
    worker: new URL('../../../adapters/scan-check/worker.ts', import.meta.url),
    engine: new URL('../../../node_modules/@embedpdf/pdfium/dist/pdfium.wasm', import.meta.url),
    mostMilliseconds,
  });
}
