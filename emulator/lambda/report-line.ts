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
