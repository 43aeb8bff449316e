import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { HttpAnswer } from './endpoint.ts';
import { httpEvent } from './event.ts';
import { withSecurityHeaders } from './security-headers.ts';

/**
 * Answers with one file that does not change while the function lives, and with 304 whoever has it already.
 * @param file beside the function's bundle
 * @param type of its content
 */
export function documentEndpoint(file: URL, type: string): (event: unknown) => Promise<HttpAnswer> {
  const body = readFileSync(file, 'utf8');
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = withSecurityHeaders({ 'content-type': type, 'cache-control': 'public, max-age=300', etag });
  return async (event) => {
    const known = httpEvent.parse(event).headers['if-none-match'] ?? '';
    const hasIt = known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
    return hasIt ? { statusCode: 304, headers, body: '' } : { statusCode: 200, headers, body };
  };
}
