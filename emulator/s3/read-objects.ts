import { checksumType } from './checksums.ts';
import { pipeline } from 'node:stream/promises';
import { bucketArn, objectArn, type Access } from './access.ts';
import { lockHeaders } from './object-lock.ts';
import type { ObjectStore, Version } from './object-store.ts';
import { accessDenied, noSuchKey, preconditionFailed, S3Refusal } from './refusal.ts';
import { header, type S3Request } from './request.ts';
import { sameEtag } from './upload.ts';

/**
 * The version that a reader asked for.
 * @throws S3Refusal NoSuchKey, but AccessDenied for a caller who may not list the bucket: S3 does not tell him what is
 * there
 */
export function findReadable(
  store: ObjectStore,
  bucket: string,
  key: string,
  versionId: string | undefined,
  access: Access,
): Version {
  const version = store.find(bucket, key, versionId);
  if (version !== undefined && !version.deleteMarker) return version;
  if (!access.may('s3:ListBucket', bucketArn(bucket))) throw accessDenied();
  if (version !== undefined && versionId !== undefined)
    throw new S3Refusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  if (versionId !== undefined)
    throw new S3Refusal(404, 'NoSuchVersion', 'The specified version does not exist.', {
      Key: key,
      VersionId: versionId,
    });
  throw noSuchKey(key);
}

/** GetObject and HeadObject: conditions, ranges, versions, and the answer headers that a link may set. */
export async function getObject(store: ObjectStore, request: S3Request, access: Access): Promise<void> {
  const { http, response, bucket, key, query } = request;
  const versionId = query.get('versionId') ?? undefined;
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  access.demand(action, objectArn(bucket, key));
  const version = findReadable(store, bucket, key, versionId, access);
  access.demand(action, objectArn(bucket, key), version.attributes.tags ?? {});
  if (!isModified(http, version)) {
    response.writeHead(304, { etag: `"${version.etag}"` }).end();
    return;
  }
  const range = parseRange(header(http, 'range'), version.size);
  response.writeHead(range === undefined ? 200 : 206, {
    ...describe(version),
    ...lockHeaders(version, bucket, access),
    ...overrides(query),
    ...checksumHeaders(http, version, range === undefined),
    'content-length': range === undefined ? version.size : range.to - range.from + 1,
    ...(range && { 'content-range': `bytes ${range.from}-${range.to}/${version.size}` }),
  });
  if (http.method === 'HEAD') response.end();
  else await pipeline(store.read(version, range?.from, range?.to), response);
}

function describe({ etag, modified, versionId, attributes }: Version): Record<string, string> {
  const tags = Object.keys(attributes.tags ?? {}).length;
  return {
    ...attributes.headers,
    'content-type': attributes.contentType,
    'etag': `"${etag}"`,
    'last-modified': new Date(modified).toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
    ...(tags > 0 && { 'x-amz-tagging-count': String(tags) }),
    ...(versionId !== 'null' && { 'x-amz-version-id': versionId }),
  };
}

const overridable = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
] as const;

function overrides(query: URLSearchParams): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of overridable) {
    const value = query.get(`response-${name}`);
    if (value !== null) headers[name] = value;
  }
  return headers;
}

/** The sum of the whole object says nothing about a part of it. */
function checksumHeaders(
  http: S3Request['http'],
  { attributes: { checksum } }: Version,
  whole: boolean,
): Record<string, string> {
  if (checksum === undefined || !whole || header(http, 'x-amz-checksum-mode').toUpperCase() !== 'ENABLED') return {};
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksumType(checksum) };
}

function isModified(http: S3Request['http'], version: Version): boolean {
  const match = header(http, 'if-match');
  if (match !== '' && !sameEtag(match, version.etag)) throw preconditionFailed('If-Match');
  const unmodifiedSince = Date.parse(header(http, 'if-unmodified-since'));
  if (match === '' && wholeSeconds(version.modified) > unmodifiedSince) throw preconditionFailed('If-Unmodified-Since');
  const noneMatch = header(http, 'if-none-match');
  if (noneMatch !== '') return !sameEtag(noneMatch, version.etag);
  return !(wholeSeconds(version.modified) <= Date.parse(header(http, 'if-modified-since')));
}

/** HTTP dates have no milliseconds. */
function wholeSeconds(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * `bytes=0-9`, `bytes=10-` or `bytes=-5`; anything else counts as no range, as on S3.
 * @throws S3Refusal InvalidRange for one that begins behind the end
 */
function parseRange(text: string, size: number): ByteRange | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(text);
  if (parts === null || (parts[1] === '' && parts[2] === '')) return undefined;
  const [, first = '', last = ''] = parts;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from >= size)
    throw new S3Refusal(416, 'InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: text,
      ActualObjectSize: String(size),
    });
  return from > to ? undefined : { from, to };
}
