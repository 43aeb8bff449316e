import {
  algorithm,
  BadSignature,
  canonicalRequest,
  compare,
  headerText,
  isSignatureOf,
  scopeOf,
  verifyHeader,
  type SignedRequest,
} from '../signature/signature-v4.ts';
import type { FindKey } from '../signature/access-keys.ts';
import { accessDenied, S3Refusal } from './refusal.ts';

/**
 * Who asks, and what he promised about the body: its SHA-256 in hexadecimal, `UNSIGNED-PAYLOAD`, or a `STREAMING-`
 * form.
 */
export interface Signer {
  readonly accessKeyId: string;
  readonly payload: string;
}

const longestLinkSeconds = 7 * 24 * 3600;
/** A link from further in the future than this is not valid yet. */
const skewMs = 15 * 60 * 1000;

/**
 * Who signed the request, in its Authorization header or, for a link, in its query.
 * A link's date is compared with the clock, because a link that never expires locally would hide a mistake.
 * @param now epoch milliseconds of the virtual clock
 * @throws S3Refusal when nobody signed, the key is unknown, the signature is wrong, or the link has expired
 */
export function verifyRequest(request: SignedRequest, findKey: FindKey, now: number): Signer {
  if (request.query.has('AWSAccessKeyId') || request.headers.authorization?.startsWith('AWS ') === true) {
    throw new S3Refusal(
      400,
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  return inWordsOfS3(() =>
    request.query.has('X-Amz-Signature') || request.query.has('X-Amz-Algorithm')
      ? verifyLink(request, findKey, now)
      : verifySigned(request, findKey),
  );
}

function verifySigned(request: SignedRequest, findKey: FindKey): Signer {
  const payload = headerText(request.headers, 'x-amz-content-sha256');
  if (payload === '' && request.headers.authorization !== undefined)
    throw new S3Refusal(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  return { accessKeyId: verifyHeader(request, payload, findKey), payload };
}

function inWordsOfS3<T>(verify: () => T): T {
  try {
    return verify();
  } catch (error) {
    throw error instanceof BadSignature ? refusalFor(error) : error;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function refusalFor({ fault, accessKeyId }: BadSignature): S3Refusal {
  switch (fault) {
    case 'missing':
      return accessDenied();
    case 'malformed':
      return new S3Refusal(
        400,
        'AuthorizationHeaderMalformed',
        'The authorization header that you provided is not valid; expecting a Credential of the form "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      );
    case 'unknown-key':
      return new S3Refusal(
        403,
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        { AWSAccessKeyId: accessKeyId },
      );
    case 'wrong-token':
      return new S3Refusal(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
    case 'mismatch':
      return new S3Refusal(
        403,
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      );
    default:
      return fault satisfies never;
  }
}

function verifyLink(request: SignedRequest, findKey: FindKey, now: number): Signer {
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
  const sessionToken = request.query.get('X-Amz-Security-Token') ?? '';
  const scope = scopeOf(need('X-Amz-Credential'), sessionToken, findKey);
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
  return { accessKeyId: scope.key.accessKeyId, payload };
}

/** What a form says about who signed its policy. */
export interface PolicySignature {
  readonly policy: string;
  readonly algorithm: string;
  readonly credential: string;
  readonly date: string;
  readonly signature: string;
  /** Empty when the keys have none. */
  readonly sessionToken: string;
}

/**
 * The access key that signed a POST policy;
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 * @throws S3Refusal when the key is unknown or the signature is wrong
 */
export function verifyPolicy(signed: PolicySignature, findKey: FindKey): string {
  if (signed.algorithm !== algorithm) throw new S3Refusal(400, 'InvalidArgument', 'Only AWS4-HMAC-SHA256 is supported');
  return inWordsOfS3(() => {
    const scope = scopeOf(signed.credential, signed.sessionToken, findKey);
    const { accessKeyId } = scope.key;
    if (!isSignatureOf(scope, signed.policy, signed.signature)) throw new BadSignature('mismatch', accessKeyId);
    return accessKeyId;
  });
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
