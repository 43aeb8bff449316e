import { bucketArn, type Access } from './access.ts';
import type { ObjectStore, Version } from './object-store.ts';
import { invalidArgument } from './refusal.ts';
import { sendXml, shownKey, type S3Request } from './request.ts';
import { element, s3Document, xmlDocument, type Xml } from './xml.ts';

/** ListBuckets. */
export function listBuckets(store: ObjectStore, { response }: S3Request, access: Access): void {
  access.demand('s3:ListAllMyBuckets', '*');
  const buckets = store
    .buckets()
    .map(({ name, created }) =>
      element('Bucket', [element('Name', name), element('CreationDate', new Date(created).toISOString())]),
    );
  sendXml(
    response,
    s3Document('ListAllMyBucketsResult', [element('Owner', [element('ID', 'local')]), element('Buckets', buckets)]),
  );
}

const pageSize = 1000;

/** ListObjectsV2, and the first version of it for clients that are older. */
export function listObjects(store: ObjectStore, request: S3Request, access: Access): void {
  const { bucket, query, response } = request;
  access.demand('s3:ListBucket', bucketArn(bucket));
  const second = query.get('list-type') === '2';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = parseLimit(query.get('max-keys'));
  const token = query.get(second ? 'continuation-token' : 'marker');
  const after =
    second && token !== null
      ? Buffer.from(token, 'base64url').toString('utf8')
      : (token ?? query.get('start-after') ?? '');

  const page = pageOf(store, bucket, { prefix, delimiter, after, limit });
  const next =
    page.next === undefined
      ? undefined
      : second
        ? Buffer.from(page.next).toString('base64url')
        : shownKey(query, page.next);
  const shared = [
    element('Name', bucket),
    element('Prefix', shownKey(query, prefix)),
    ...(delimiter === '' ? [] : [element('Delimiter', shownKey(query, delimiter))]),
    element('MaxKeys', limit),
    element('IsTruncated', page.next !== undefined),
    element('EncodingType', query.get('encoding-type') ?? undefined),
    ...page.versions.map((version) => objectElement('Contents', query, version)),
    ...page.prefixes.map((one) => element('CommonPrefixes', [element('Prefix', shownKey(query, one))])),
  ];
  const own = second
    ? [
        element('KeyCount', page.versions.length + page.prefixes.length),
        element('ContinuationToken', token ?? undefined),
        element('NextContinuationToken', next),
      ]
    : [element('Marker', shownKey(query, token ?? '')), element('NextMarker', next)];
  sendXml(response, s3Document('ListBucketResult', [...shared, ...own]));
}

interface Page {
  readonly versions: readonly Version[];
  readonly prefixes: readonly string[];
  /** Where the next page goes on, when there is more. */
  readonly next: string | undefined;
}

/** The last character: a key before it in order begins with what stands before it. */
const lastCharacter = '\u{10ffff}';

function pageOf(
  store: ObjectStore,
  bucket: string,
  { prefix, delimiter, after, limit }: { prefix: string; delimiter: string; after: string; limit: number },
): Page {
  const versions: Version[] = [];
  const prefixes: string[] = [];
  let position = after;
  for (;;) {
    const [found] = store.list(bucket, prefix, position, 1);
    if (found === undefined) return { versions, prefixes, next: undefined };
    if (versions.length + prefixes.length >= limit) return { versions, prefixes, next: position };
    const end = delimiter === '' ? -1 : found.key.indexOf(delimiter, prefix.length);
    if (end < 0) {
      versions.push(found);
      position = found.key;
    } else {
      const shared = found.key.slice(0, end + delimiter.length);
      prefixes.push(shared);
      position = shared + lastCharacter;
    }
  }
}

function parseLimit(text: string | null): number {
  const limit = text === null ? pageSize : Number(text);
  if (!Number.isInteger(limit) || limit < 0)
    throw invalidArgument('Provided max-keys not an integer or within integer range', {
      ArgumentName: 'max-keys',
      ArgumentValue: text ?? '',
    });
  return Math.min(limit, pageSize);
}

function objectElement(name: string, query: URLSearchParams, version: Version, more: readonly Xml[] = []): Xml {
  return element(name, [
    element('Key', shownKey(query, version.key)),
    ...more,
    element('LastModified', new Date(version.modified).toISOString()),
    ...(version.deleteMarker
      ? []
      : [
          element('ETag', `"${version.etag}"`),
          element('Size', version.size),
          element('StorageClass', 'STANDARD'),
          element('ChecksumAlgorithm', version.attributes.checksum?.algorithm.toUpperCase()),
        ]),
  ]);
}

/** ListObjectVersions, in one page however many there are. */
export function listVersions(store: ObjectStore, { bucket, query, response }: S3Request, access: Access): void {
  access.demand('s3:ListBucketVersions', bucketArn(bucket));
  const prefix = query.get('prefix') ?? '';
  const versions = store
    .listVersions(bucket, prefix)
    .map((version) =>
      objectElement(version.deleteMarker ? 'DeleteMarker' : 'Version', query, version, [
        element('VersionId', version.versionId),
        element('IsLatest', version.latest),
      ]),
    );
  sendXml(
    response,
    s3Document('ListVersionsResult', [
      element('Name', bucket),
      element('Prefix', shownKey(query, prefix)),
      element('EncodingType', query.get('encoding-type') ?? undefined),
      element('IsTruncated', false),
      ...versions,
    ]),
  );
}

/** GetBucketVersioning and GetBucketLocation. */
export function describeBucket(
  store: ObjectStore,
  { bucket, query, response }: S3Request,
  access: Access,
  region: string,
): void {
  if (query.has('location')) {
    access.demand('s3:GetBucketLocation', bucketArn(bucket));
    sendXml(
      response,
      xmlDocument(element('LocationConstraint', region, ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"')),
    );
    return;
  }
  access.demand('s3:GetBucketVersioning', bucketArn(bucket));
  const versioned = store.bucket(bucket)?.versioned === true;
  sendXml(response, s3Document('VersioningConfiguration', versioned ? [element('Status', 'Enabled')] : []));
}
