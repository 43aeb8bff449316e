import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Called, CallFault } from '../../domain/feeds/webhook.ts';
import type { CallReceiver } from '../../domain/ports/webhooks.ts';
import { AddressRefused, mayBeCalled, publicLookup } from './public-address.ts';

export interface ReceiverOptions {
  /** Receivers on this very machine may be called, without encryption: only where a stage says so. */
  readonly toLoopback: boolean;
  /** From the look-up of the name to the status of the answer. */
  readonly mostMilliseconds: number;
  readonly lookup?: LookupFunction;
  /** Beside the usual certificate authorities. */
  readonly ca?: string;
}

/** Of an answer so much is read, so that a polite receiver can say it; nobody looks at it. */
const mostAnswerBytes = 64 * 1024;

/**
 * Calls a receiver over HTTPS: once, never beyond a redirect, never into a network that is not everybody's, and never
 * for longer than it may take.
 */
export function receiverCalls({
  toLoopback,
  mostMilliseconds,
  lookup = publicLookup(),
  ca,
}: ReceiverOptions): CallReceiver {
  const isAllowed = mayBeCalled(toLoopback);
  return async (url, headers, body) => {
    const begun = performance.now();
    const took = (said: Omit<Called, 'tookMs'>): Called => ({ ...said, tookMs: Math.round(performance.now() - begun) });
    if (!isAllowed(url)) return took({ fault: 'address-refused' });
    const target = new URL(url);
    const isLoopback = target.protocol === 'http:';
    const signal = AbortSignal.timeout(mostMilliseconds);
    try {
      const status = await statusOf(
        isLoopback ? httpRequest : httpsRequest,
        target,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          agent: false,
          signal,
          ...(isLoopback ? {} : { lookup, ...(ca === undefined ? {} : { ca }) }),
        },
        body,
      );
      const fault = faultOf(status);
      return took({ status, ...(fault === undefined ? {} : { fault }) });
    } catch (error) {
      return took({ fault: signal.aborted ? 'too-late' : thrownFault(error) });
    }
  };
}

/** The status alone tells whether it was taken: the rest of the answer is let in, up to a measure, and forgotten. */
async function statusOf(
  request: typeof httpsRequest,
  target: URL,
  options: RequestOptions,
  body: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(target, options, (answer: IncomingMessage) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostAnswerBytes) answer.destroy();
      });
      answer.on('error', () => {});
      answer.on('close', () => resolve(answer.statusCode ?? 0));
    });
    call.on('error', reject);
    call.end(body);
  });
}

function faultOf(status: number): CallFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}

function thrownFault(error: unknown): CallFault {
  if (error instanceof AddressRefused) return 'address-refused';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'not-found';
  return /CERT|TLS|SSL|VERIFY|SIGNED/.test(code) ? 'not-secure' : 'unreachable';
}
