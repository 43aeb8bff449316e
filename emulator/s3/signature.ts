import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { accessDenied, S3Refusal } from './refusal.ts';

/** The secret of an access key, or undefined when there is no such key. */
export type SecretOf = (accessKeyId: string) => string | undefined;

/**
 * What Signature Version 4 signs of a request;
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export interface SignedRequest {
  readonly method: string;
  /** The path as sent, percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Who asks, and what he promised about the body: its SHA-256 in hexadecimal, `UNSIGNED-PAYLOAD`, or a `STREAMING-`
 * form.
 */
export interface Signer {
  readonly accessKeyId: string;
  readonly payload: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
const longestLinkSeconds = 7 * 24 * 3600;
/** A link from further in the future than this is not valid yet. */
const skewMs = 15 * 60 * 1000;

/**
 * Who signed the request, in its Authorization header or, for a link, in its query.
 * The date of an Authorization header is not compared with the clock: the clock may be days ahead, and an outsider's is
 * not.
 * A link's date is, because a link that never expires locally would hide a mistake.
 * @param now epoch milliseconds of the virtual clock
 * @throws S3Refusal when nobody signed, the key is unknown, the signature is wrong, or the link has expired
 */
export function verifyRequest(request: SignedRequest, secretOf: SecretOf, now: number): Signer {
  if (request.query.has('X-Amz-Signature') || request.query.has('X-Amz-Algorithm'))
    return verifyLink(request, secretOf, now);
  if (request.query.has('AWSAccessKeyId') || request.headers.authorization?.startsWith('AWS ') === true) {
    throw new S3Refusal(
      400,
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  if (request.headers.authorization === undefined) throw accessDenied();
  return verifyHeader(request, request.headers.authorization, secretOf);
}

function verifyHeader(request: SignedRequest, authorization: string, secretOf: SecretOf): Signer {
  const parts = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)$/.exec(
    authorization.trim(),
  );
  if (parts === null)
    throw new S3Refusal(
      400,
      'AuthorizationHeaderMalformed',
      'The authorization header that you provided is not valid.',
    );
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  const payload = headerText(request.headers, 'x-amz-content-sha256');
  if (payload === '')
    throw new S3Refusal(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  const scope = parseCredential(credential, secretOf);
  const date = headerText(request.headers, 'x-amz-date');
  compare(scope, date, canonicalRequest(request, request.query, signedHeaders, payload), signature);
  return { accessKeyId: scope.accessKeyId, payload };
}

function verifyLink(request: SignedRequest, secretOf: SecretOf, now: number): Signer {
  const need = (name: string) => {
    const value = request.query.get(name);
    if (value === null || value === '')
      throw badLink(
        `Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.`,
      );
    return value;
  };
  if (need('X-Amz-Algorithm') !== algorithm) throw badLink('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const [date, seconds, signature, signedHeaders] = [
    need('X-Amz-Date'),
    Number(need('X-Amz-Expires')),
    need('X-Amz-Signature'),
    need('X-Amz-SignedHeaders'),
  ];
  const scope = parseCredential(need('X-Amz-Credential'), secretOf);
  const signedAt = parseAmzDate(date);
  if (!Number.isInteger(seconds) || signedAt === undefined)
    throw badLink("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\" and X-Amz-Expires a number");
  if (seconds < 0) throw badLink('X-Amz-Expires must be non-negative');
  if (seconds > longestLinkSeconds) throw badLink('X-Amz-Expires must be less than a week (in seconds) that is 604800');
  if (signedAt > now + skewMs) throw accessDenied('Request is not valid yet');
  const expires = signedAt + seconds * 1000;
  if (now > expires)
    throw accessDenied('Request has expired', {
      'X-Amz-Expires': String(seconds),
      'Expires': isoSeconds(expires),
      'ServerTime': isoSeconds(now),
    });

  const unsigned = new URLSearchParams(request.query);
  unsigned.delete('X-Amz-Signature');
  const payload =
    request.query.get('X-Amz-Content-Sha256') ??
    (headerText(request.headers, 'x-amz-content-sha256') || 'UNSIGNED-PAYLOAD');
  compare(scope, date, canonicalRequest(request, unsigned, signedHeaders, payload), signature);
  return { accessKeyId: scope.accessKeyId, payload };
}

/** What a form says about who signed its policy. */
export interface PolicySignature {
  readonly policy: string;
  readonly algorithm: string;
  readonly credential: string;
  readonly date: string;
  readonly signature: string;
}

/**
 * The access key that signed a POST policy;
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 * @throws S3Refusal when the key is unknown or the signature is wrong
 */
export function verifyPolicy(signed: PolicySignature, secretOf: SecretOf): string {
  if (signed.algorithm !== algorithm) throw new S3Refusal(400, 'InvalidArgument', 'Only AWS4-HMAC-SHA256 is supported');
  const scope = parseCredential(signed.credential, secretOf);
  if (!sameText(hmac(signingKey(scope), signed.policy).toString('hex'), signed.signature)) throw mismatch();
  return scope.accessKeyId;
}

interface Scope {
  readonly accessKeyId: string;
  readonly secret: string;
  /** `<date>/<region>/<service>/aws4_request`. */
  readonly parts: readonly string[];
}

function parseCredential(credential: string, secretOf: SecretOf): Scope {
  const [accessKeyId = '', ...parts] = credential.split('/');
  if (parts.length !== 4 || parts[3] !== 'aws4_request') {
    throw new S3Refusal(
      400,
      'AuthorizationHeaderMalformed',
      'The Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  const secret = secretOf(accessKeyId);
  if (secret === undefined) {
    throw new S3Refusal(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      { AWSAccessKeyId: accessKeyId },
    );
  }
  return { accessKeyId, secret, parts };
}

function compare(scope: Scope, date: string, canonical: string, signature: string): void {
  const text = [algorithm, date, scope.parts.join('/'), createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  );
  if (!date.startsWith(scope.parts[0] ?? '-') || !sameText(hmac(signingKey(scope), text).toString('hex'), signature))
    throw mismatch();
}

function signingKey({ secret, parts }: Scope): Buffer {
  return parts.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

function canonicalRequest(
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
    .map((segment) => uriEncode(decodeURIComponent(segment)))
    .join('/');
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

function headerText(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** `20260102T030405Z` as epoch milliseconds. */
function parseAmzDate(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(instant) ? undefined : instant;
}

function isoSeconds(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

function badLink(message: string): S3Refusal {
  return new S3Refusal(400, 'AuthorizationQueryParametersError', message);
}

function mismatch(): S3Refusal {
  return new S3Refusal(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
}
