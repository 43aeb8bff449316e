import { createHash } from 'node:crypto';

/**
 * A strong tag: it is of the very bytes that are answered, so two roles that see different things have different tags,
 * and what time alone changes changes it too.
 * @param version of what is shown, which stands in front: `If-Match` compares it alone
 */
export function etagOf(body: string, version?: number): string {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return version === undefined ? `"${hash}"` : `"${version}-${hash}"`;
}

/**
 * Whether the caller has it already: RFC 9110, section 13.1.2.
 * @param known `If-None-Match`; what is no list of tags matches nothing, and costs a whole answer
 */
export function isKnown(etag: string, known = ''): boolean {
  const tags = known.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes(etag) || known.trim() === '*';
}
