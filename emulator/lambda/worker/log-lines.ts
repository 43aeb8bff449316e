import { appendFileSync } from 'node:fs';
import { format } from 'node:util';

const levels = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/**
 * Sends `console` to a file in one of Lambda's two formats,
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 * Lines are written before `console` returns, so that the last words of a thread are not lost with it. What cannot be
 * written is lost: who writes the same log outside tells it.
 */
export function logInto(file: string, jsonLog: boolean, requestId: () => string): void {
  for (const [method, level] of Object.entries(levels)) {
    Object.defineProperty(console, method, {
      configurable: true,
      writable: true,
      value: (...parts: unknown[]) => {
        const line = jsonLog
          ? jsonLine(level, requestId(), parts)
          : `${new Date().toISOString()}\t${requestId()}\t${level}\t${format(...parts)}`;
        try {
          appendFileSync(file, `${line}\n`);
        } catch {
          // As above.
        }
      },
    });
  }
}

function jsonLine(level: string, requestId: string, parts: readonly unknown[]): string {
  const [first] = parts;
  const message =
    parts.length === 1 && !(first instanceof Error) && typeof first === 'object' ? first : format(...parts);
  return JSON.stringify({ timestamp: new Date().toISOString(), level, requestId, message });
}
