import { checksumType } from './checksums.ts';
import { bucketArn, objectArn, type Access } from './access.ts';
import type { Bucket, ObjectStore, Version } from './object-store.ts';
import { invalidRequest, noSuchBucket, preconditionFailed, S3Refusal } from './refusal.ts';
import { header, parseCopySource, readText, sendXml, type S3Request } from './request.ts';
import { demandSum, demandUnlocked } from './object-lock.ts';
import { findReadable } from './read-objects.ts';
import { taggingIn, tagsOf } from './object-tags.ts';
import {
  attributesFrom,
  checkWriteConditions,
  headerPairs,
  isOnlyIfNew,
  namedAlgorithm,
  receiveBody,
  sameEtag,
} from './upload.ts';
import { element, s3Document, textsOf } from './xml.ts';

/** PutObject. @param payload what the signer promised about the body */
export async function putObject(
  store: ObjectStore,
  request: S3Request,
  access: Access,
  payload: string,
): Promise<void> {
  const { http, response, bucket, key } = request;
  access.demand('s3:PutObject', objectArn(bucket, key), undefined, isOnlyIfNew(http));
  demandSum(http, store.retention(bucket));
  checkWriteConditions(http, store.find(bucket, key));
  const tags = taggingIn(http);
  if (tags !== undefined) access.demand('s3:PutObjectTagging', objectArn(bucket, key));
  const { received, checksum } = await receiveBody(store, http, payload);
  const attributes = { ...attributesFrom(headerPairs(http), checksum), ...(tags && { tags }) };
  const version = store.commit(bucket, key, received, attributes);
  response.writeHead(200, writtenHeaders(version)).end();
}

/** The headers that tell a client what he wrote. */
export function writtenHeaders({ etag, versionId, attributes: { checksum } }: Version): Record<string, string> {
  return {
    'etag': `"${etag}"`,
    'x-amz-server-side-encryption': 'AES256',
    ...versionHeader(versionId),
    ...(checksum && {
      [`x-amz-checksum-${checksum.algorithm}`]: checksum.value,
      'x-amz-checksum-type': checksumType(checksum),
    }),
  };
}

function versionHeader(versionId: string): Record<string, string> {
  return versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
}

/** CopyObject: the bytes are read and summed again, as a copy that nobody checked is no proof. */
export async function copyObject(store: ObjectStore, request: S3Request, access: Access): Promise<void> {
  const { http, response, bucket, key } = request;
  const source = parseCopySource(header(http, 'x-amz-copy-source'));
  access.demand(
    source.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
    objectArn(source.bucket, source.key),
  );
  access.demand('s3:PutObject', objectArn(bucket, key), undefined, false);
  if (store.bucket(source.bucket) === undefined) throw noSuchBucket(source.bucket);
  const original = findReadable(store, source.bucket, source.key, source.versionId, access);
  access.demand(
    source.versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
    objectArn(source.bucket, source.key),
    tagsOf(original),
  );
  const tags = taggingOfCopy(request, source, original, access);
  checkCopyConditions(http, original);
  const replace = header(http, 'x-amz-metadata-directive').toUpperCase() === 'REPLACE';
  if (!replace && source.bucket === bucket && source.key === key && source.versionId === undefined) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const algorithm = namedAlgorithm(header(http, 'x-amz-checksum-algorithm')) ?? original.attributes.checksum?.algorithm;
  const received = await store.receive(store.read(original), algorithm === undefined ? [] : [algorithm]);
  const value = algorithm === undefined ? undefined : received.sums.get(algorithm);
  const checksum = algorithm !== undefined && value !== undefined ? { algorithm, value } : undefined;
  const attributes = {
    ...(replace
      ? attributesFrom(headerPairs(http), checksum)
      : { ...original.attributes, ...(checksum && { checksum }) }),
    tags,
  };
  const version = store.commit(bucket, key, received, attributes);
  const sum = checksum && element(`Checksum${checksum.algorithm.toUpperCase()}`, checksum.value);
  const document = s3Document('CopyObjectResult', [
    element('LastModified', new Date(version.modified).toISOString()),
    element('ETag', `"${version.etag}"`),
    ...(sum ? [sum, element('ChecksumType', 'FULL_OBJECT')] : []),
  ]);
  sendXml(response, document, {
    ...versionHeader(version.versionId),
    'x-amz-server-side-encryption': 'AES256',
    ...(original.versionId !== 'null' && { 'x-amz-copy-source-version-id': original.versionId }),
  });
}

/** The tags of a copy: those of the original unless others are said; whoever copies some must be allowed to. */
function taggingOfCopy(
  { http, bucket, key }: S3Request,
  source: ReturnType<typeof parseCopySource>,
  original: Version,
  access: Access,
): Record<string, string> {
  const isReplaced = header(http, 'x-amz-tagging-directive').toUpperCase() === 'REPLACE';
  const tags = isReplaced ? (taggingIn(http) ?? {}) : tagsOf(original);
  if (Object.keys(tags).length === 0) return {};
  if (!isReplaced)
    access.demand(
      source.versionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging',
      objectArn(source.bucket, source.key),
    );
  access.demand('s3:PutObjectTagging', objectArn(bucket, key));
  return tags;
}

function checkCopyConditions(http: S3Request['http'], original: Version): void {
  const match = header(http, 'x-amz-copy-source-if-match');
  if (match !== '' && !sameEtag(match, original.etag)) throw preconditionFailed('x-amz-copy-source-If-Match');
  const noneMatch = header(http, 'x-amz-copy-source-if-none-match');
  if (noneMatch !== '' && sameEtag(noneMatch, original.etag))
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
}

/** DeleteObject. Deleting what is not there succeeds, as on AWS. */
export function deleteObject(store: ObjectStore, request: S3Request, access: Access, now: number): void {
  const { bucket, key, query, response } = request;
  const versionId = query.get('versionId') ?? undefined;
  access.demand(versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', objectArn(bucket, key));
  if (versionId !== undefined) demandUnlocked(store.find(bucket, key, versionId), request, access, now);
  const removed = store.remove(bucket, key, versionId);
  response.writeHead(204, {
    ...(removed && versionHeader(removed.versionId)),
    ...(removed?.deleteMarker === true && { 'x-amz-delete-marker': 'true' }),
  });
  response.end();
}

/** DeleteObjects: up to 1,000 keys at once. */
export async function deleteObjects(
  store: ObjectStore,
  request: S3Request,
  access: Access,
  now: number,
): Promise<void> {
  const { bucket, http, response } = request;
  const wanted = objectBlocks(await readText(http)).map((block) => ({
    key: textsOf(block, 'Key')[0] ?? '',
    versionId: textsOf(block, 'VersionId')[0],
  }));
  const results = wanted.map(({ key, versionId }) => {
    try {
      access.demand(versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', objectArn(bucket, key));
      if (versionId !== undefined) demandUnlocked(store.find(bucket, key, versionId), request, access, now);
    } catch (error) {
      if (!(error instanceof S3Refusal)) throw error;
      return element('Error', [element('Key', key), element('Code', error.code), element('Message', error.message)]);
    }
    const removed = store.remove(bucket, key, versionId);
    const marker =
      removed?.deleteMarker === true
        ? [element('DeleteMarker', true), element('DeleteMarkerVersionId', removed.versionId)]
        : [];
    return element('Deleted', [element('Key', key), element('VersionId', versionId), ...marker]);
  });
  sendXml(response, s3Document('DeleteResult', results));
}

/** The `<Object>` elements as they stand, still escaped. */
function objectBlocks(xml: string): readonly string[] {
  const blocks = [...xml.matchAll(/<Object>([^]*?)<\/Object>/g)].map((match) => match[1] ?? '');
  if (blocks.length === 0 || blocks.length > 1000)
    throw new S3Refusal(
      400,
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  return blocks;
}

/** CreateBucket, for an outsider who wants one of his own. */
export function createBucket(
  store: ObjectStore,
  { bucket, response }: S3Request,
  access: Access,
  existing: Bucket | undefined,
): void {
  access.demand('s3:CreateBucket', bucketArn(bucket));
  if (existing !== undefined)
    throw new S3Refusal(
      409,
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { BucketName: bucket },
    );
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new S3Refusal(400, 'InvalidBucketName', 'The specified bucket is not valid.', { BucketName: bucket });
  store.putBucket(bucket, { versioned: false, cors: '[]' });
  response.writeHead(200, { location: `/${bucket}` }).end();
}
