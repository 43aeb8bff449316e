import type { FindKey } from '../signature/access-keys.ts';
import { objectArn, type Access } from './access.ts';
import { readForm, type UploadForm } from './multipart-form.ts';
import type { ObjectStore } from './object-store.ts';
import { checkPolicy, type SizeRange } from './post-policy.ts';
import { accessDenied, invalidArgument, S3Refusal } from './refusal.ts';
import { bytesOf, header, type S3Request } from './request.ts';
import { verifyPolicy } from './signature.ts';
import { attributesFrom, holdToPromise, promisedChecksum } from './upload.ts';
import { writtenHeaders } from './write-objects.ts';
import { element, xmlDocument } from './xml.ts';

export interface PostObjectOptions {
  readonly store: ObjectStore;
  readonly findKey: FindKey;
  /** Epoch milliseconds of the virtual clock. */
  readonly now: number;
  readonly accessOf: (accessKeyId: string) => Access;
}

/**
 * An upload by a form whose policy somebody signed before: nothing is kept unless every condition of the policy holds,
 * the file's size is in its range, and its checksum is the one that the form names.
 */
export async function postObject(
  request: S3Request,
  { store, findKey, now, accessOf }: PostObjectOptions,
): Promise<void> {
  const { http, bucket } = request;
  const form = await readForm(header(http, 'content-type'), bytesOf(http));
  const fields = withFileName(form);
  const policy = need(fields, 'policy');
  const accessKeyId = verifyPolicy(
    {
      policy,
      algorithm: need(fields, 'x-amz-algorithm'),
      credential: need(fields, 'x-amz-credential'),
      date: need(fields, 'x-amz-date'),
      signature: need(fields, 'x-amz-signature'),
      sessionToken: fields.get('x-amz-security-token') ?? '',
    },
    findKey,
  );
  const range = checkPolicy(policy, bucket, fields, now);
  const key = fields.get('key');
  if (key === undefined)
    throw invalidArgument(
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      { ArgumentName: 'key', ArgumentValue: '' },
    );
  if (form.file === undefined)
    throw invalidArgument('POST requires exactly one file upload per request.', {
      ArgumentName: 'file',
      ArgumentValue: '0',
    });
  accessOf(accessKeyId).demand('s3:PutObject', objectArn(bucket, key), undefined, false);

  const promised = promisedChecksum(fields);
  const received = await store.receive(
    withinRange(form.file.content, range),
    promised === undefined ? [] : [promised.algorithm],
  );
  holdToPromise(store, received, promised);
  const version = store.commit(bucket, key, received, attributesFrom(fields, promised));
  succeed(request, fields, key, writtenHeaders(version));
}

/** S3 puts the file's name where the key says `${filename}`. */
function withFileName({ fields, file }: UploadForm): ReadonlyMap<string, string> {
  const key = fields.get('key');
  if (key === undefined || file === undefined) return fields;
  return new Map(fields).set(
    'key',
    key.replaceAll('${filename}', () => file.name),
  );
}

/** A form without a policy is an anonymous one, and this bucket is nobody's but its owner's. */
function need(fields: ReadonlyMap<string, string>, name: string): string {
  const value = fields.get(name);
  if (value === undefined)
    throw name === 'policy'
      ? accessDenied()
      : invalidArgument(
          `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
          { ArgumentName: name, ArgumentValue: '' },
        );
  return value;
}

/** Lets the bytes through until there are too many, so that an upload without end does not fill the disk. */
async function* withinRange(content: AsyncIterable<Buffer>, { minimum, maximum }: SizeRange): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > maximum)
      throw new S3Refusal(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
        ProposedSize: String(size),
        MaxSizeAllowed: String(maximum),
      });
    yield chunk;
  }
  if (size < minimum)
    throw new S3Refusal(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      ProposedSize: String(size),
      MinSizeAllowed: String(minimum),
    });
}

function succeed(
  { http, response, bucket }: S3Request,
  fields: ReadonlyMap<string, string>,
  key: string,
  written: Record<string, string>,
): void {
  const location = `http://${header(http, 'host')}/${bucket}/${key
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')}`;
  const etag = written['etag'] ?? '';
  const redirect = fields.get('success_action_redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const to = new URL(redirect);
    for (const [name, value] of [
      ['bucket', bucket],
      ['key', key],
      ['etag', etag],
    ] as const)
      to.searchParams.set(name, value);
    response.writeHead(303, { ...written, location: to.href }).end();
    return;
  }
  const status = fields.get('success_action_status');
  if (status === '201') {
    const document = xmlDocument(
      element('PostResponse', [
        element('Location', location),
        element('Bucket', bucket),
        element('Key', key),
        element('ETag', etag),
      ]),
    );
    response.writeHead(201, { ...written, location, 'content-type': 'application/xml' }).end(document);
    return;
  }
  response.writeHead(status === '200' ? 200 : 204, { ...written, location }).end();
}
