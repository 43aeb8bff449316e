import { createHash, createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { AccessKey, FindKey } from './access-keys.ts';

/**
 * What Signature Version 4 signs of a request;
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export interface SignedRequest {
  readonly method: string;
  /** The path as sent, percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** What is wrong with a signature. Each service has its own words for it. */
export type SignatureFault = 'missing' | 'malformed' | 'unknown-key' | 'wrong-token' | 'mismatch';

export class BadSignature extends Error {
  override readonly name = 'BadSignature';
  readonly fault: SignatureFault;
  /** Of whoever says that he signed; empty when nobody does. */
  readonly accessKeyId: string;

  constructor(fault: SignatureFault, accessKeyId = '') {
    super(`The signature is ${fault}`);
    this.fault = fault;
    this.accessKeyId = accessKeyId;
  }
}

export const algorithm = 'AWS4-HMAC-SHA256';

/**
 * Who signed a request in its Authorization header. Its date is not compared with the clock: the clock may be days
 * ahead, and an outsider's is not.
 * @param payload the SHA-256 of the body in hexadecimal, or what the service takes in its place
 * @returns the access key's id
 * @throws BadSignature
 */
export function verifyHeader(request: SignedRequest, payload: string, findKey: FindKey): string {
  const { authorization } = request.headers;
  if (authorization === undefined) throw new BadSignature('missing');
  const parts = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
    authorization.trim(),
  );
  if (parts === null) throw new BadSignature('malformed');
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  const scope = scopeOf(credential, headerText(request.headers, 'x-amz-security-token'), findKey);
  const date = headerText(request.headers, 'x-amz-date');
  compare(scope, date, canonicalRequest(request, request.query, signedHeaders, payload), signature);
  return scope.key.accessKeyId;
}

export interface Scope {
  readonly key: AccessKey;
  /** `<date>/<region>/<service>/aws4_request`. */
  readonly parts: readonly string[];
}

/**
 * Reads `<key id>/<date>/<region>/<service>/aws4_request`.
 * @param sessionToken that came along; empty when none did
 * @throws BadSignature
 */
export function scopeOf(credential: string, sessionToken: string, findKey: FindKey): Scope {
  const [accessKeyId = '', ...parts] = credential.split('/');
  if (parts.length !== 4 || parts[3] !== 'aws4_request') throw new BadSignature('malformed', accessKeyId);
  const key = findKey(accessKeyId);
  if (key === undefined) throw new BadSignature('unknown-key', accessKeyId);
  if (!sameText(key.sessionToken ?? '', sessionToken)) throw new BadSignature('wrong-token', accessKeyId);
  return { key, parts };
}

/**
 * Holds a signature against what it should sign.
 * @param date of the request, for example `20260102T030405Z`
 * @throws BadSignature
 */
export function compare(scope: Scope, date: string, canonical: string, signature: string): void {
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = [algorithm, date, scope.parts.join('/'), hash].join('\n');
  if (!date.startsWith(scope.parts[0] ?? '-') || !isSignatureOf(scope, text, signature))
    throw new BadSignature('mismatch', scope.key.accessKeyId);
}

/** Whether `signature` is that of `text`, in hexadecimal. */
export function isSignatureOf(scope: Scope, text: string, signature: string): boolean {
  return sameText(hmac(signingKeyOf(scope), text).toString('hex'), signature);
}

/**
 * Of each access key, the signing key of each service that was derived last: a day's calls of it are signed with the
 * same.
 */
const derived = new WeakMap<AccessKey, DerivedKeys>();
type DerivedKeys = Map<string, { readonly scope: string; readonly signingKey: KeyObject }>;

function signingKeyOf({ key, parts }: Scope): KeyObject {
  const scope = parts.join('/');
  const [, , service = ''] = parts;
  const ofServices: DerivedKeys = derived.get(key) ?? new Map();
  derived.set(key, ofServices);
  const last = ofServices.get(service);
  if (last?.scope === scope) return last.signingKey;
  const signingKey = createSecretKey(
    parts.reduce<Buffer>((part, next) => hmac(part, next), Buffer.from(`AWS4${key.secretAccessKey}`)),
  );
  ofServices.set(service, { scope, signingKey });
  return signingKey;
}

/** @param query what of the request's query is signed */
export function canonicalRequest(
  request: SignedRequest,
  query: URLSearchParams,
  signedHeaders: string,
  payload: string,
): string {
  const headers = signedHeaders
    .split(';')
    .map((name) => `${name}:${headerText(request.headers, name).trim().replaceAll(/\s+/g, ' ')}\n`);
  const pairs = [...query].map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`).toSorted(byBytes);
  return [request.method, canonicalPath(request.path), pairs.join('&'), headers.join(''), signedHeaders, payload].join(
    '\n',
  );
}

/** Every segment encoded exactly once, whatever the client chose to leave as it is. */
function canonicalPath(path: string): string {
  return path
    .split('/')
    .map((segment) => uriEncode(decoded(segment)))
    .join('/');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** RFC 3986, which AWS signs by: stricter than JavaScript's own. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function byBytes(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** A header's value, empty when it was not sent: a client chooses the name, and may choose `constructor`. */
export function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

function hmac(key: Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
