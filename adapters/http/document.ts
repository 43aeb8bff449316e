import { readFileSync } from 'node:fs';
import type { HttpAnswer } from './endpoint.ts';
import { etagOf, isKnown } from './etag.ts';
import { httpEvent, type HttpEvent } from './event.ts';
import { withSecurityHeaders } from './security-headers.ts';

/**
 * Answers with one file that does not change while the function lives, and with 304 whoever has it already.
 * @param file beside the function's bundle
 * @param type of its content
 */
export function documentEndpoint(file: URL, type: string): (event: unknown) => Promise<HttpAnswer> {
  const body = readFileSync(file, 'utf8');
  return async (event) => shown(httpEvent.parse(event), body, type);
}

/** A page as it is answered to this request. */
export function shown({ headers: { 'if-none-match': known } }: HttpEvent, body: string, type: string): HttpAnswer {
  const etag = etagOf(body);
  const headers = withSecurityHeaders({ 'content-type': type, 'cache-control': 'public, max-age=300', etag });
  return isKnown(etag, known) ? { statusCode: 304, headers, body: '' } : { statusCode: 200, headers, body };
}
