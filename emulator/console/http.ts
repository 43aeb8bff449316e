import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Html } from './html.ts';

/** What a request of a browser is answered with. */
export interface Answer {
  readonly status: number;
  readonly type?: 'text/html' | 'text/css' | 'text/javascript' | 'application/json';
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function page(body: Html, status = 200): Answer {
  return { status, type: 'text/html', body: body.text };
}

/** To another page, which is fetched with GET. */
export function seeOther(location: string): Answer {
  return { status: 303, headers: { location } };
}

/**
 * Nothing but what we serve ourselves, in no frame, sent to nobody. `same-origin` keeps the Origin in our own forms.
 */
const safety = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, type = 'text/html', body = '', headers = {} }: Answer,
): void {
  response.writeHead(status, {
    ...safety,
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** A browser says where a form comes from: only ours may change anything, and no program that does not say so. */
export function isFromOurForm({ headers: { origin, host } }: IncomingMessage): boolean {
  return host !== undefined && origin === `http://${host}`;
}

const longestForm = 10_000;

/** The fields of a form; what is too long is cut off. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (Buffer.isBuffer(chunk) && size < longestForm) chunks.push(chunk);
    size += Buffer.isBuffer(chunk) ? chunk.length : 0;
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8').slice(0, longestForm));
}
