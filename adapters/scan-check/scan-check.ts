import { Worker } from 'node:worker_threads';
import type { Outcome } from '../../domain/journey/refusals.ts';
import type { OpenedScan, ScanCheck } from '../../domain/ports/scan-check.ts';
import { refusedScan, type ScanType } from '../../domain/scans.ts';
import { fileType } from './file-type.ts';

export interface ScanCheckOptions {
  /** The thread's program (`worker.ts`). */
  readonly worker: URL;
  /** The file of PDFium as a WebAssembly module. */
  readonly engine: URL;
  readonly mostMilliseconds: number;
}

/** A JPEG of a hundred megapixels fits; PDFium's own memory is bounded by WebAssembly. */
const heapMegabytes = 1600;

/** Opens files in a thread of their own, which a file made to stop its readers does not outlive. */
export function threadedScanCheck({ worker, engine, mostMilliseconds }: ScanCheckOptions): ScanCheck {
  return {
    open: async (bytes, announced) => {
      const type = fileType(bytes);
      if (type === 'heic') return refusedScan('heic');
      return type === announced ? inThread(bytes, type) : refusedScan('type-differs');
    },
  };

  function inThread(bytes: Uint8Array, type: ScanType): Promise<Outcome<OpenedScan>> {
    return new Promise((resolve) => {
      const thread = new Worker(worker, {
        workerData: { bytes, type, engine: engine.href },
        resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
        // The engine prints what it finds odd in a file, and names in it are people's.
        stdout: true,
        stderr: true,
      });
      const done = (outcome: Outcome<OpenedScan>) => {
        clearTimeout(deadline);
        resolve(outcome);
        void thread.terminate();
      };
      const deadline = setTimeout(() => done(refusedScan('too-slow')), mostMilliseconds);
      thread.once('message', done);
      // Out of memory, or a fault of the engine at this file: no reader should be given it.
      thread.once('error', (error: NodeJS.ErrnoException) =>
        done(refusedScan(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-large' : 'unreadable')),
      );
      thread.once('exit', () => done(refusedScan('unreadable')));
    });
  }
}
