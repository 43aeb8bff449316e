import * as z from 'zod';
import { objectArn, type Access } from './access.ts';
import type { ObjectStore, Version } from './object-store.ts';
import { findReadable } from './read-objects.ts';
import { invalidRequest } from './refusal.ts';
import { header, readText, sendXml, type S3Request } from './request.ts';
import { element, s3Document, textsOf } from './xml.ts';

/** S3's own limits. */
const Tags = z.record(z.string().min(1).max(128), z.string().max(256)).refine((tags) => Object.keys(tags).length <= 10);
type Tags = z.infer<typeof Tags>;

/** The tags of a version. */
export function tagsOf({ attributes }: Version): Tags {
  return attributes.tags ?? {};
}

/** Tags as the header `x-amz-tagging` has them. @throws S3Refusal InvalidRequest */
export function taggingIn(http: S3Request['http']): Tags | undefined {
  const text = header(http, 'x-amz-tagging');
  return text === '' ? undefined : parsed(Object.fromEntries(new URLSearchParams(text)));
}

function parsed(tags: unknown): Tags {
  const { data } = Tags.safeParse(tags);
  if (data === undefined) throw invalidRequest('The TagSet that was provided is invalid');
  return data;
}

/** GetObjectTagging and PutObjectTagging. */
export async function answerTagging(store: ObjectStore, request: S3Request, access: Access): Promise<void> {
  const { http, response, bucket, key, query } = request;
  const versionId = query.get('versionId') ?? undefined;
  const action = `${http.method === 'PUT' ? 's3:Put' : 's3:Get'}Object${versionId === undefined ? '' : 'Version'}Tagging`;
  access.demand(action, objectArn(bucket, key));
  const version = findReadable(store, bucket, key, versionId, access);
  const headers = version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId };
  if (http.method === 'PUT') {
    const sent = [...(await readText(http)).matchAll(/<Tag>([^]*?)<\/Tag>/g)].map(([, tag = '']) => tag);
    const tags = sent.map((tag) => [textsOf(tag, 'Key')[0] ?? '', textsOf(tag, 'Value')[0] ?? ''] as const);
    store.setTags(bucket, version, parsed(Object.fromEntries(tags)));
    response.writeHead(200, headers).end();
    return;
  }
  const tags = Object.entries(tagsOf(version)).map(([name, value]) =>
    element('Tag', [element('Key', name), element('Value', value)]),
  );
  sendXml(response, s3Document('Tagging', [element('TagSet', tags)]), headers);
}
