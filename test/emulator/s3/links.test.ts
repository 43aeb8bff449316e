import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { startTestS3, type TestS3 } from './s3-server.ts';

async function open(url: string, init?: RequestInit) {
  const answer = await fetch(url, init);
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    code: /<Code>(.*?)<\/Code>/.exec(text)?.[1],
    message: /<Message>(.*?)<\/Message>/.exec(text)?.[1],
    headers: answer.headers,
  };
}

describe('a signed link', () => {
  let server: TestS3;
  beforeAll(async () => {
    server = await startTestS3();
    await server.client().send(
      new PutObjectCommand({
        Bucket: 'scans',
        Key: 'verified/giấy 1',
        Body: 'the scan',
        ContentType: 'application/pdf',
      }),
    );
  });
  afterAll(() => server.close());

  const link = (seconds = 60, key = 'local') =>
    getSignedUrl(
      server.client(key),
      new GetObjectCommand({
        Bucket: 'scans',
        Key: 'verified/giấy 1',
        ResponseContentDisposition: 'inline; filename="1.pdf"',
      }),
      { expiresIn: seconds, signingDate: new Date(server.clock.now()) },
    );
  it('a signed link opens the object without credentials, with the headers it was signed with', async () => {
    const opened = await open(await link());
    expect([opened.status, opened.text]).toEqual([200, 'the scan']);
    expect(opened.headers.get('content-type')).toBe('application/pdf');
    expect(opened.headers.get('content-disposition')).toBe('inline; filename="1.pdf"');
  });

  it('a signed link shows a page what it opens, as a program in it could run nothing under our address', async () => {
    const put = new PutObjectCommand({ Bucket: 'plain', Key: 'page', Body: '<script>', ContentType: 'text/html' });
    await server.client().send(put);
    const url = await getSignedUrl(server.client(), new GetObjectCommand({ Bucket: 'plain', Key: 'page' }), {
      signingDate: new Date(server.clock.now()),
    });
    const safety = (headers: Headers) => [
      headers.get('content-security-policy'),
      headers.get('x-content-type-options'),
    ];
    const framed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    const shown = await fetch(url, { headers: framed });
    expect([shown.status, shown.headers.get('content-type'), ...safety(shown.headers)]).toEqual([
      200,
      'text/html',
      'sandbox',
      'nosniff',
    ]);
    expect(safety((await fetch(`${server.url}/plain/page`)).headers)).toEqual(['sandbox', 'nosniff']);
    // Read by a page is what only the bucket's rules allow, and this bucket has none.
    expect((await fetch(url, { headers: { origin: 'https://portal.example.vn' } })).status).toBe(403);
  });

  it('a signed link opens nothing once it has expired by the virtual clock', async () => {
    const url = await link(60);
    server.clock.forward(59_000);
    expect((await open(url)).status).toBe(200);
    server.clock.forward(1001);
    expect(await open(url)).toMatchObject({ status: 403, code: 'AccessDenied', message: 'Request has expired' });
  });

  it('a signed link opens nothing else than what was signed', async () => {
    const url = await link();
    expect(await open(url.replace('gi%E1%BA%A5y%201', 'another'))).toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
    expect(await open(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
    expect(await open(url, { method: 'PUT', body: 'x' })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  });

  it('a signed link is malformed without its parts, or for longer than a week', async () => {
    const url = await link();
    expect(await open(url.replace(/X-Amz-Date=[^&]+&/, ''))).toMatchObject({
      status: 400,
      code: 'AuthorizationQueryParametersError',
    });
    expect(await open(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801'))).toMatchObject({
      status: 400,
      code: 'AuthorizationQueryParametersError',
    });
  });

  it('a signed link of the future is not valid yet', async () => {
    const url = await getSignedUrl(server.client(), new GetObjectCommand({ Bucket: 'scans', Key: 'x' }), {
      signingDate: new Date(server.clock.now() + 3_600_000),
    });
    expect(await open(url)).toMatchObject({ status: 403, message: 'Request is not valid yet' });
  });

  it('a link signed in the old way is told the new one', async () => {
    expect(await open(`${server.url}/scans/x?AWSAccessKeyId=local&Signature=x&Expires=1`)).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      message: expect.stringContaining('AWS4-HMAC-SHA256'),
    });
  });

  it('a signed link of an unknown key opens nothing', async () => {
    expect(await open(await link(60, 'stranger'))).toMatchObject({ status: 403, code: 'InvalidAccessKeyId' });
  });

  it('a signed link may put an object', async () => {
    const url = await getSignedUrl(server.client(), new PutObjectCommand({ Bucket: 'plain', Key: 'put' }), {
      signingDate: new Date(server.clock.now()),
    });
    expect((await open(url, { method: 'PUT', body: 'by link' })).status).toBe(200);
    const read = await server.client().send(new GetObjectCommand({ Bucket: 'plain', Key: 'put' }));
    expect(await read.Body?.transformToString()).toBe('by link');
  });
});
