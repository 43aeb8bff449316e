import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startTestS3, type TestS3 } from './s3-server.ts';

function sha256(bytes: string | Uint8Array) {
  return createHash('sha256').update(bytes).digest('base64');
}
const scan = Buffer.concat([Buffer.from('%PDF-1.7\r\n--not-the-boundary\r\n'), Buffer.alloc(30_000, 7)]);
const key = 'quarantine/01J8/scan-1';
const limit = 100_000;

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly headers: Headers;
  readonly text: string;
}

async function upload(
  { url, fields }: PresignedPost,
  file: Uint8Array<ArrayBuffer> | undefined,
  changes: Record<string, string | undefined> = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...changes })) {
    if (value !== undefined) form.append(name, value);
  }
  if (file !== undefined) form.append('file', new Blob([file]), 'C:\\fakepath\\giấy.pdf');
  const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  const text = await answer.text();
  return {
    status: answer.status,
    code: /<Code>(.*?)<\/Code>/.exec(text)?.[1],
    message: /<Message>(.*?)<\/Message>/.exec(text)?.[1],
    headers: answer.headers,
    text,
  };
}

describe('an upload by a signed form', () => {
  let server: TestS3;
  let s3: S3Client;
  beforeAll(async () => {
    server = await startTestS3((accessKeyId, action) =>
      accessKeyId === 'nobody' ? `nobody may not ${action}` : undefined,
    );
    s3 = server.client();
  });
  afterAll(() => server.close());
  let fileCount = 0;
  beforeEach(() => {
    server.clock.toRealTime();
    fileCount = readdirSync(join(server.dataDir, 's3', 'bodies')).length;
  });

  const signed = async (change: Partial<PresignedPostOptions> = {}, client = s3): Promise<PresignedPost> => {
    const fields = {
      'Content-Type': 'application/pdf',
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': sha256(scan),
    };
    return await createPresignedPost(client, {
      Bucket: 'scans',
      Key: key,
      Expires: 600,
      Fields: fields,
      Conditions: [
        ['content-length-range', 1, limit],
        ['eq', '$Content-Type', 'application/pdf'],
      ],
      ...change,
    });
  };
  const expectNothingKept = () => expect(readdirSync(join(server.dataDir, 's3', 'bodies'))).toHaveLength(fileCount);

  it('an upload by a signed form is kept, byte by byte, when it keeps every condition', async () => {
    const answer = await upload(await signed(), scan);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers.get('x-amz-checksum-sha256')).toBe(sha256(scan));
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'scans', Key: key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({
      ContentType: 'application/pdf',
      ContentLength: scan.length,
      ChecksumSHA256: sha256(scan),
      VersionId: answer.headers.get('x-amz-version-id'),
    });
    const read = await s3.send(new GetObjectCommand({ Bucket: 'scans', Key: key }));
    expect(Buffer.compare(Buffer.from((await read.Body?.transformToByteArray()) ?? []), scan)).toBe(0);
  });

  it.each([
    [
      'larger than the policy allows',
      Buffer.alloc(limit + 1),
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size',
    ],
    [
      'much larger than the policy allows',
      Buffer.alloc(4 * 1024 * 1024),
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size',
    ],
    ['empty', Buffer.alloc(0), 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size'],
    [
      'not the file that was announced',
      Buffer.from('another'),
      'BadDigest',
      'The SHA256 you specified did not match the calculated checksum.',
    ],
  ])('an upload by a signed form is refused when the file is %s', async (_what, file, code, message) => {
    expect(await upload(await signed(), file)).toMatchObject({ status: 400, code, message });
    expectNothingKept();
  });

  it('an upload by a signed form says how large it was and how large it may be', async () => {
    expect((await upload(await signed(), Buffer.alloc(limit + 1))).text).toContain(
      `<MaxSizeAllowed>${limit}</MaxSizeAllowed>`,
    );
  });

  it.each([
    [
      'another key',
      { key: 'verified/scan-1' },
      'Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$key&quot;, &quot;quarantine/01J8/scan-1&quot;]',
    ],
    [
      'another content type',
      { 'Content-Type': 'text/html' },
      'Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$Content-Type&quot;, &quot;application/pdf&quot;]',
    ],
    [
      'another checksum',
      { 'x-amz-checksum-sha256': sha256('x') },
      `Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$x-amz-checksum-sha256&quot;, &quot;${sha256(scan)}&quot;]`,
    ],
    [
      'no content type',
      { 'Content-Type': undefined },
      'Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$Content-Type&quot;, &quot;application/pdf&quot;]',
    ],
    [
      'a field that the policy does not name',
      { 'x-amz-meta-note': 'x' },
      'Invalid according to Policy: Extra input fields: x-amz-meta-note',
    ],
  ])('an upload by a signed form is refused with %s', async (_what, changes, message) => {
    expect(await upload(await signed(), scan, changes)).toMatchObject({ status: 403, code: 'AccessDenied', message });
    expectNothingKept();
  });

  it('an upload by a signed form is refused in another bucket than the one that was signed for', async () => {
    const form = await signed();
    expect(await upload({ ...form, url: `${server.url}/plain` }, scan)).toMatchObject({
      status: 403,
      message:
        'Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$bucket&quot;, &quot;scans&quot;]',
    });
  });

  it('an upload by a signed form is refused when the policy has expired by the virtual clock', async () => {
    const form = await signed();
    server.clock.forward(500_000);
    expect((await upload(form, scan)).status).toBe(204);
    server.clock.forward(200_000);
    expect(await upload(form, scan)).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'Invalid according to Policy: Policy expired.',
    });
  });

  it('an upload by a signed form is refused when the policy was changed after it was signed', async () => {
    const form = await signed();
    const policy: unknown = JSON.parse(Buffer.from(form.fields['Policy'] ?? '', 'base64').toString());
    const wider = Buffer.from(JSON.stringify(policy).replace(String(limit), String(limit * 10))).toString('base64');
    expect(await upload(form, scan, { Policy: wider })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expectNothingKept();
  });

  it('an upload by a signed form is refused when an unknown key signed', async () => {
    expect(await upload(await signed({}, server.client('stranger')), scan)).toMatchObject({
      status: 403,
      code: 'InvalidAccessKeyId',
    });
  });

  it('an upload by a signed form is refused when who signed may not put', async () => {
    expect(await upload(await signed({}, server.client('nobody')), scan)).toMatchObject({
      status: 403,
      code: 'AccessDenied',
      message: 'nobody may not s3:PutObject',
    });
  });

  it.each([
    ['a policy', { Policy: undefined }, 403, 'AccessDenied'],
    ['a signature', { 'X-Amz-Signature': undefined }, 400, 'InvalidArgument'],
  ])('an upload by a signed form is refused without %s', async (_what, changes, status, code) => {
    expect(await upload(await signed(), scan, changes)).toMatchObject({ status, code });
  });

  it('an upload by a signed form is refused without a file', async () => {
    expect(await upload(await signed(), undefined)).toMatchObject({
      status: 400,
      code: 'InvalidArgument',
      message: 'POST requires exactly one file upload per request.',
    });
  });

  it('an upload by a signed form is refused with a sum that is none', async () => {
    const form = await signed({ Fields: { 'x-amz-checksum-sha256': 'abc' }, Conditions: [] });
    expect(await upload(form, scan)).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: 'Value for x-amz-checksum-sha256 header is invalid.',
    });
  });

  it('an upload by a signed form is refused with too much before the file', async () => {
    expect(await upload(await signed(), scan, { 'x-ignore-much': 'x'.repeat(30_000) })).toMatchObject({
      status: 400,
      code: 'MaxPostPreDataLengthExceeded',
    });
  });

  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    [
      'an end before the last boundary',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nvalue',
    ],
    [
      'a part without a name',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Type: text/plain\r\n\r\nvalue\r\n--b--\r\n',
    ],
  ])('an upload by a signed form is refused as malformed with %s', async (_what, contentType, body) => {
    const answer = await fetch(`${server.url}/scans`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('<Code>MalformedPOSTRequest</Code>'),
    ]);
  });

  it('an upload by a signed form puts the name of the file where the key asks for it, and takes a prefix for a condition', async () => {
    const form = await signed({
      Key: 'quarantine/named/${filename}',
      Fields: {},
      Conditions: [['starts-with', '$Content-Type', 'image/']],
    });
    expect((await upload(form, scan, { 'Content-Type': 'image/jpeg' })).status).toBe(204);
    const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'scans', Prefix: 'quarantine/named/' }));
    expect(listed.Contents?.map((one) => one.Key)).toEqual(['quarantine/named/giấy.pdf']);
  });

  it('an upload by a signed form answers with the status or the redirect that the form asks for', async () => {
    const created = await signed({ Fields: { success_action_status: '201' }, Conditions: [] });
    expect(await upload(created, scan)).toMatchObject({
      status: 201,
      text: expect.stringContaining(`<Key>${key}</Key>`),
    });
    const redirected = await signed({
      Fields: { success_action_redirect: 'https://portal.example.vn/done?a=1' },
      Conditions: [],
    });
    const answer = await upload(redirected, scan);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^https:\/\/portal\.example\.vn\/done\?a=1&bucket=scans&key=/),
    ]);
  });

  it('an upload by a signed form leaves nothing when its sender hangs up half-way', async () => {
    const { fields } = await signed();
    const parts = Object.entries(fields).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = `POST /scans HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000\r\n\r\n`;
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(
      `${head}${parts.join('')}--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n${'x'.repeat(20_000)}`,
    );
    const bodies = () => readdirSync(join(server.dataDir, 's3', 'bodies')).length;
    while (bodies() === fileCount) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    while (bodies() > fileCount) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(bodies()).toBe(fileCount);
  });

  it('an upload by a signed form may be asked for by a page of an origin that the bucket names, and by no other', async () => {
    const ask = (origin: string) =>
      fetch(`${server.url}/scans`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
    const allowed = await ask('https://portal.example.vn');
    expect([
      allowed.status,
      allowed.headers.get('access-control-allow-origin'),
      allowed.headers.get('access-control-max-age'),
    ]).toEqual([200, 'https://portal.example.vn', '300']);
    const refused = await ask('https://evil.example.com');
    expect([refused.status, await refused.text()]).toEqual([
      403,
      expect.stringContaining('<Code>AccessForbidden</Code>'),
    ]);
    const answer = await fetch(`${server.url}/scans/x`, { headers: { origin: 'https://portal.example.vn' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      403,
      'https://portal.example.vn',
    ]);
  });
});
