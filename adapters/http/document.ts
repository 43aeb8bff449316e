import { readFileSync } from 'node:fs';
import type { HttpAnswer } from './endpoint.ts';
import { etagOf, isKnown } from './etag.ts';
import { httpEvent } from './event.ts';
import { withSecurityHeaders } from './security-headers.ts';

/**
 * Answers with one file that does not change while the function lives, and with 304 whoever has it already.
 * @param file beside the function's bundle
 * @param type of its content
 */
export function documentEndpoint(file: URL, type: string): (event: unknown) => Promise<HttpAnswer> {
  const body = readFileSync(file, 'utf8');
  const etag = etagOf(body);
  const headers = withSecurityHeaders({ 'content-type': type, 'cache-control': 'public, max-age=300', etag });
  return async (event) => {
    return isKnown(etag, httpEvent.parse(event).headers['if-none-match'])
      ? { statusCode: 304, headers, body: '' }
      : { statusCode: 200, headers, body };
  };
}
