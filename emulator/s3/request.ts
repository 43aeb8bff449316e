import type { IncomingMessage, ServerResponse } from 'node:http';
import { invalidArgument, S3Refusal } from './refusal.ts';
import { headerText, uriEncode } from '../signature/signature-v4.ts';

/** A request that S3 understood the address of. */
export interface S3Request {
  readonly http: IncomingMessage;
  readonly response: ServerResponse;
  /** Empty: the service itself (ListBuckets). */
  readonly bucket: string;
  /** Empty: the bucket itself. */
  readonly key: string;
  /** The path as sent, which is what was signed. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** S3's own limit, in bytes of UTF-8. */
const longestKey = 1024;

/**
 * Finds bucket and key: `/bucket/key` at 127.0.0.1 or localhost, or `/key` at a host named `<bucket>.` before one of
 * them.
 * @throws S3Refusal for a path that is not percent-encoded UTF-8 and a key that is too long
 */
export function parseRequest(http: IncomingMessage, response: ServerResponse): S3Request {
  const [path = '/', ...rest] = (http.url ?? '/').split('?');
  const query = new URLSearchParams(rest.join('?'));
  const segments = decodePath(path);
  const bucket = bucketInHost(http) ?? segments.shift() ?? '';
  const key = segments.join('/');
  if (Buffer.byteLength(key) > longestKey)
    throw new S3Refusal(400, 'KeyTooLongError', 'Your key is too long', { MaxSizeAllowed: String(longestKey) });
  return { http, response, bucket, key, path, query };
}

/** The name of the bucket that a request is about, whatever else is wrong with it. */
export function bucketNameOf(http: IncomingMessage): string {
  return bucketInHost(http) ?? /^\/([^/?]*)/.exec(http.url ?? '')?.[1] ?? '';
}

/** Names of hosts are the same in upper case, and with a dot at the end. */
function bucketInHost({ headers: { host = '' } }: IncomingMessage): string | undefined {
  return /^(.+?)\.(?:s3\.)?(?:127\.0\.0\.1|localhost)\.?(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase();
}

function decodePath(path: string): string[] {
  try {
    return path
      .slice(1)
      .split('/')
      .map((segment) => decodeURIComponent(segment));
  } catch {
    throw new S3Refusal(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** A header that has one value; empty when it was not sent. */
export function header(http: IncomingMessage, name: string): string {
  return headerText(http.headers, name);
}

/** The whole of a small XML body. */
export async function readText(http: IncomingMessage, limit = 1024 * 1024): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytesOf(http)) {
    size += chunk.length;
    if (size > limit)
      throw new S3Refusal(
        400,
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * A request's body as the buffers that it is. Whoever stops early leaves the connection open, so that it can still
 * carry the answer.
 */
export async function* bytesOf(http: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const chunk of http.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A request body has an encoding set');
    yield chunk;
  }
}

/** Source of a copy: bucket, key and, after `?versionId=`, the version. */
export function parseCopySource(source: string): {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
} {
  const [path = '', versionId] = source.split('?versionId=');
  const parts = /^\/?([^/]+)\/(.+)$/.exec(decodeCopyPath(path));
  if (parts === null)
    throw invalidArgument('Invalid copy source object key', {
      ArgumentName: 'x-amz-copy-source',
      ArgumentValue: source,
    });
  return { bucket: parts[1] ?? '', key: parts[2] ?? '', versionId };
}

function decodeCopyPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A key as lists show it: percent-encoded when the client asked for `encoding-type=url`. */
export function shownKey(query: URLSearchParams, key: string): string {
  return query.get('encoding-type') === 'url' ? key.split('/').map(uriEncode).join('/') : key;
}

/** Answers with a document. */
export function sendXml(
  response: ServerResponse,
  document: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(document),
    ...headers,
  });
  response.end(document);
}
