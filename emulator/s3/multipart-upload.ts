import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { objectArn, bucketArn, type Access } from './access.ts';
import { checksumAlgorithms, startDigest, type Checksum } from './checksums.ts';
import { Attributes, type ObjectStore, type Part, type Received } from './object-store.ts';
import { notImplemented, S3Refusal } from './refusal.ts';
import { header, readText, sendXml, shownKey, type S3Request } from './request.ts';
import { attributesFrom, headerPairs, isOnlyIfNew, namedAlgorithm, receiveBody } from './upload.ts';
import { writtenHeaders } from './write-objects.ts';
import { element, s3Document, textsOf, type Xml } from './xml.ts';

/** All parts but the last; https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const smallestPart = 5 * 1024 * 1024;
const highestNumber = 10_000;

/** What an upload in parts will be, once it is complete. */
const Plan = z.object({
  attributes: Attributes,
  algorithm: z.enum(checksumAlgorithms).optional(),
  /** Whether the sum is over the whole object, or over the parts' sums. */
  whole: z.boolean(),
});

function noSuchUpload(): S3Refusal {
  return new S3Refusal(
    404,
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  );
}

/** CreateMultipartUpload. */
export function createUpload(store: ObjectStore, { http, response, bucket, key }: S3Request, access: Access): void {
  access.demand('s3:PutObject', objectArn(bucket, key));
  const algorithm = namedAlgorithm(header(http, 'x-amz-checksum-algorithm'));
  const type = header(http, 'x-amz-checksum-type').toUpperCase();
  const plan: z.infer<typeof Plan> = {
    attributes: attributesFrom(headerPairs(http), undefined),
    ...(algorithm === undefined ? {} : { algorithm }),
    whole: type === '' ? algorithm === 'crc64nvme' : type === 'FULL_OBJECT',
  };
  const id = randomUUID().replaceAll('-', '');
  store.openUpload({ id, bucket, key, plan: JSON.stringify(plan) });
  const document = s3Document('InitiateMultipartUploadResult', [
    element('Bucket', bucket),
    element('Key', key),
    element('UploadId', id),
  ]);
  sendXml(
    response,
    document,
    algorithm === undefined
      ? {}
      : {
          'x-amz-checksum-algorithm': algorithm.toUpperCase(),
          'x-amz-checksum-type': plan.whole ? 'FULL_OBJECT' : 'COMPOSITE',
        },
  );
}

/** UploadPart: sent again, the same number is another part. */
export async function uploadPart(
  store: ObjectStore,
  { http, response, bucket, key, query }: S3Request,
  access: Access,
  payload: string,
): Promise<void> {
  access.demand('s3:PutObject', objectArn(bucket, key));
  if (http.headers['x-amz-copy-source'] !== undefined) throw notImplemented('UploadPartCopy');
  const number = Number(query.get('partNumber'));
  if (!Number.isSafeInteger(number) || number < 1 || number > highestNumber)
    throw new S3Refusal(
      400,
      'InvalidArgument',
      `Part number must be an integer between 1 and ${highestNumber}, inclusive`,
      { ArgumentName: 'partNumber', ArgumentValue: query.get('partNumber') ?? '' },
    );
  const upload = uploadOf(store, bucket, key, query);
  const { received, checksum } = await receiveBody(store, http, payload);
  const part = store.putPart(upload.id, number, received, checksum);
  // Whoever aborted it meanwhile wants none of it.
  if (part === undefined) {
    store.discard(received);
    throw noSuchUpload();
  }
  response
    .writeHead(200, {
      'etag': `"${part.etag}"`,
      'x-amz-server-side-encryption': 'AES256',
      ...(checksum && { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value }),
    })
    .end();
}

function uploadOf(store: ObjectStore, bucket: string, key: string, query: URLSearchParams) {
  const upload = store.upload(query.get('uploadId') ?? '');
  if (upload === undefined || upload.bucket !== bucket || upload.key !== key) throw noSuchUpload();
  return { ...upload, ...Plan.parse(JSON.parse(upload.plan)) };
}

/** CompleteMultipartUpload: the parts that the client names, in their order, become the object. */
export async function completeUpload(store: ObjectStore, request: S3Request, access: Access): Promise<void> {
  const { http, response, bucket, key, query } = request;
  access.demand('s3:PutObject', objectArn(bucket, key), undefined, isOnlyIfNew(http));
  const upload = uploadOf(store, bucket, key, query);
  const parts = chosenParts(await readText(http), store.parts(upload.id));
  const { algorithm } = upload;
  const received = await store.receive(store.readParts(parts), algorithm === undefined ? [] : [algorithm]);
  const checksum = wholeSum(upload, parts, received);
  const version = store.completeUpload(upload, received, etagOf(parts), {
    ...upload.attributes,
    ...(checksum && { checksum }),
  });
  const sum = checksum && element(`Checksum${checksum.algorithm.toUpperCase()}`, checksum.value);
  const document = s3Document('CompleteMultipartUploadResult', [
    element('Location', `http://${header(http, 'host')}/${bucket}/${key}`),
    element('Bucket', bucket),
    element('Key', key),
    element('ETag', `"${version.etag}"`),
    ...(sum ? [sum, element('ChecksumType', upload.whole ? 'FULL_OBJECT' : 'COMPOSITE')] : []),
  ]);
  const { etag: _inDocument, ...headers } = writtenHeaders(version);
  sendXml(response, document, headers);
}

/** @throws S3Refusal: MalformedXML, InvalidPartOrder, InvalidPart or EntityTooSmall */
function chosenParts(xml: string, known: readonly Part[]): readonly Part[] {
  const wanted =
    textsOf(xml, 'Part').length === 0 ? [] : [...xml.matchAll(/<Part>([^]*?)<\/Part>/g)].map(([one]) => one);
  if (wanted.length === 0)
    throw new S3Refusal(
      400,
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  let before = 0;
  const parts = wanted.map((one) => {
    const number = Number(textsOf(one, 'PartNumber')[0]);
    const etag = (textsOf(one, 'ETag')[0] ?? '').replaceAll('"', '');
    if (number <= before)
      throw new S3Refusal(
        400,
        'InvalidPartOrder',
        'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
      );
    before = number;
    const part = known.find((candidate) => candidate.number === number && candidate.etag === etag);
    if (part === undefined)
      throw new S3Refusal(
        400,
        'InvalidPart',
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { PartNumber: String(number) },
      );
    return part;
  });
  const small = parts.slice(0, -1).find(({ size }) => size < smallestPart);
  if (small !== undefined)
    throw new S3Refusal(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      ProposedSize: String(small.size),
      MinSizeAllowed: String(smallestPart),
      PartNumber: String(small.number),
    });
  return parts;
}

/** The MD5 of the parts' MD5s, and how many they were: such an ETag is no sum of the object. */
function etagOf(parts: readonly Part[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

function wholeSum(
  { algorithm, whole }: z.infer<typeof Plan>,
  parts: readonly Part[],
  received: Received,
): Checksum | undefined {
  if (algorithm === undefined) return undefined;
  if (whole) {
    const value = received.sums.get(algorithm);
    return value === undefined ? undefined : { algorithm, value };
  }
  const digest = startDigest(algorithm);
  for (const { sum } of parts) digest.update(Buffer.from(sum, 'base64'));
  return { algorithm, value: `${digest.digest().toString('base64')}-${parts.length}` };
}

/** AbortMultipartUpload. */
export function abortUpload(store: ObjectStore, { response, bucket, key, query }: S3Request, access: Access): void {
  access.demand('s3:AbortMultipartUpload', objectArn(bucket, key));
  store.abortUpload(uploadOf(store, bucket, key, query).id);
  response.writeHead(204).end();
}

/** ListParts. */
export function listParts(store: ObjectStore, { response, bucket, key, query }: S3Request, access: Access): void {
  access.demand('s3:ListMultipartUploadParts', objectArn(bucket, key));
  const upload = uploadOf(store, bucket, key, query);
  const parts = store
    .parts(upload.id)
    .map(({ number, etag, size, modified }) =>
      element('Part', [
        element('PartNumber', number),
        element('LastModified', new Date(modified).toISOString()),
        element('ETag', `"${etag}"`),
        element('Size', size),
      ]),
    );
  sendXml(
    response,
    s3Document('ListPartsResult', [...named(bucket, key, upload.id), ...parts, element('IsTruncated', false)]),
  );
}

function named(bucket: string, key: string, uploadId: string): readonly Xml[] {
  return [element('Bucket', bucket), element('Key', key), element('UploadId', uploadId)];
}

/** ListMultipartUploads. */
export function listUploads(store: ObjectStore, { response, bucket, query }: S3Request, access: Access): void {
  access.demand('s3:ListBucketMultipartUploads', bucketArn(bucket));
  const prefix = query.get('prefix') ?? '';
  const uploads = store
    .uploads(bucket)
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ id, key, initiated }) =>
      element('Upload', [
        element('Key', shownKey(query, key)),
        element('UploadId', id),
        element('Initiated', new Date(initiated).toISOString()),
      ]),
    );
  sendXml(
    response,
    s3Document('ListMultipartUploadsResult', [element('Bucket', bucket), ...uploads, element('IsTruncated', false)]),
  );
}
