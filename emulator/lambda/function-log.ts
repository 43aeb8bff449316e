import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A log that has grown beyond this is set aside at the next start: one older file is kept. */
const longestBytes = 10 * 1024 * 1024;

export interface FunctionLog {
  readonly file: string;
  write(text: string): void;
}

/**
 * Opens the log of a function, `<directory>/<function name>.log`. The worker writes the function's own lines into the
 * same file.
 */
export function openFunctionLog(directory: string, functionName: string): FunctionLog {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${functionName}.log`);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > longestBytes) renameSync(file, `${file}.1`);
  return { file, write: (text) => appendFileSync(file, text) };
}

/** The line with which Lambda ends an invocation. */
export function reportLine(
  requestId: string,
  durationMs: number,
  memoryMb: number,
  initMs: number | undefined,
): string {
  const init = initMs === undefined ? '' : `Init Duration: ${initMs.toFixed(2)} ms\t`;
  return `END RequestId: ${requestId}\nREPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: ${memoryMb} MB\t${init}\n`;
}
