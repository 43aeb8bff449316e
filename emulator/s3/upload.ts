import type { IncomingMessage } from 'node:http';
import { decodeAwsChunked } from './aws-chunked.ts';
import {
  checksumAlgorithms,
  checksumBytes,
  checksumFieldAlgorithm,
  type Checksum,
  type ChecksumAlgorithm,
} from './checksums.ts';
import type { Attributes, ObjectStore, Received, Version } from './object-store.ts';
import { invalidRequest, preconditionFailed, S3Refusal } from './refusal.ts';
import { bytesOf, header } from './request.ts';

/** The sum that a client promised, from headers, trailers or form fields. */
export function promisedChecksum(fields: Iterable<readonly [string, string]>): Checksum | undefined {
  for (const [name, value] of fields) {
    const algorithm = checksumFieldAlgorithm(name);
    if (algorithm === undefined) continue;
    if (Buffer.from(value, 'base64').length !== checksumBytes[algorithm])
      throw invalidRequest(`Value for x-amz-checksum-${algorithm} header is invalid.`);
    return { algorithm, value };
  }
  return undefined;
}

/**
 * Throws the bytes away and refuses when they are not what was promised.
 * @throws S3Refusal BadDigest
 */
export function holdToPromise(store: ObjectStore, received: Received, promised: Checksum | undefined): void {
  if (promised === undefined || received.sums.get(promised.algorithm) === promised.value) return;
  store.discard(received);
  throw new S3Refusal(
    400,
    'BadDigest',
    `The ${promised.algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
  );
}

/** The attributes that headers or form fields of an upload set. */
export function attributesFrom(
  fields: Iterable<readonly [string, string]>,
  checksum: Checksum | undefined,
): Attributes {
  const headers: Record<string, string> = {};
  let contentType = 'binary/octet-stream';
  for (const [name, value] of fields) {
    const lower = name.toLowerCase();
    if (lower === 'content-type') contentType = value;
    else if (lower === 'content-encoding') setUnlessEmpty(headers, lower, withoutAwsChunked(value));
    else if (keptHeaders.has(lower) || lower.startsWith('x-amz-meta-')) headers[lower] = value;
  }
  return { contentType, headers, ...(checksum && { checksum }) };
}

const keptHeaders = new Set(['cache-control', 'content-disposition', 'content-language', 'expires']);

function setUnlessEmpty(headers: Record<string, string>, name: string, value: string): void {
  if (value !== '') headers[name] = value;
}

/** `aws-chunked` is how the body travelled, and no part of the object. */
function withoutAwsChunked(encoding: string): string {
  return encoding
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== 'aws-chunked')
    .join(',');
}

/** The single-valued headers of a request as pairs. */
export function headerPairs(http: IncomingMessage): readonly (readonly [string, string])[] {
  return Object.entries(http.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
}

/**
 * Receives the body of a PutObject and holds it to everything that was promised about it.
 * @param payload the signer's promise: a SHA-256, `UNSIGNED-PAYLOAD` or a `STREAMING-` form
 */
export async function receiveBody(
  store: ObjectStore,
  http: IncomingMessage,
  payload: string,
): Promise<{ readonly received: Received; readonly checksum: Checksum | undefined }> {
  const trailers = new Map<string, string>();
  const bytes = payload.startsWith('STREAMING-') ? decodeAwsChunked(bytesOf(http), trailers) : bytesOf(http);
  const early = promisedChecksum(headerPairs(http));
  const algorithm =
    early?.algorithm ??
    checksumFieldAlgorithm(header(http, 'x-amz-trailer')) ??
    namedAlgorithm(header(http, 'x-amz-sdk-checksum-algorithm'));
  const signedHash = /^[0-9a-f]{64}$/.test(payload) ? payload : undefined;
  const wanted = new Set<ChecksumAlgorithm>([
    ...(algorithm === undefined ? [] : [algorithm]),
    ...(signedHash === undefined ? [] : (['sha256'] as const)),
  ]);

  const received = await store.receive(bytes, [...wanted]);
  if (signedHash !== undefined && hexOf(received.sums.get('sha256')) !== signedHash) {
    store.discard(received);
    throw new S3Refusal(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  const md5 = header(http, 'content-md5');
  if (md5 !== '' && received.md5.toString('base64') !== md5) {
    store.discard(received);
    throw new S3Refusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const promised = early ?? promisedChecksum(trailers);
  holdToPromise(store, received, promised);
  const value = algorithm === undefined ? undefined : received.sums.get(algorithm);
  return {
    received,
    checksum: promised ?? (algorithm !== undefined && value !== undefined ? { algorithm, value } : undefined),
  };
}

/** An algorithm by the name that clients give it, for example `SHA256`. */
export function namedAlgorithm(name: string): ChecksumAlgorithm | undefined {
  return checksumAlgorithms.find((algorithm) => algorithm === name.toLowerCase());
}

function hexOf(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('hex');
}

/**
 * `If-Match` and `If-None-Match` of a write.
 * @throws S3Refusal PreconditionFailed
 */
export function checkWriteConditions(http: IncomingMessage, current: Version | undefined): void {
  const there = current !== undefined && !current.deleteMarker;
  const match = header(http, 'if-match');
  if (match !== '' && !(there && sameEtag(match, current.etag))) throw preconditionFailed('If-Match');
  if (header(http, 'if-none-match') === '*' && there) throw preconditionFailed('If-None-Match');
}

/** Whether a write is one that writes over nothing. */
export function isOnlyIfNew(http: IncomingMessage): boolean {
  return header(http, 'if-none-match') !== '';
}

/** Whether a condition's list of ETags names this one. */
export function sameEtag(list: string, etag: string): boolean {
  return list.split(',').some((one) => one.trim() === '*' || one.trim().replaceAll('"', '') === etag);
}
