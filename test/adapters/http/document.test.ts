import { describe, expect, it } from '@jest/globals';
import { documentEndpoint } from '../../../adapters/http/document.ts';
import { httpEventOf } from './requests.ts';

const file = new URL('../../../contract/openapi.json', import.meta.url);

const page = new URL('../../../contract/docs.html', import.meta.url);

describe('a document', () => {
  it('a document that is a page may style itself, and may use nothing of the device', async () => {
    const { headers } = await documentEndpoint(page, 'text/html; charset=utf-8')(httpEventOf({}));
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("style-src 'unsafe-inline'"),
      'permissions-policy': expect.stringContaining('geolocation=()'),
      'x-content-type-options': 'nosniff',
    });
  });

  it('a document is answered whole, with a tag, and may neither run nor load anything', async () => {
    const { statusCode, headers, body } = await documentEndpoint(file, 'application/json')(httpEventOf({}));
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ openapi: '3.1.0' });
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      'referrer-policy': 'no-referrer',
      'etag': expect.stringMatching(/^"[\w-]{22}"$/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it('a document is not sent again to whoever has it', async () => {
    const serve = documentEndpoint(file, 'application/json');
    const etag = (await serve(httpEventOf({}))).headers['etag'] ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`])
      expect(await serve(httpEventOf({ headers: { 'if-none-match': known } }))).toMatchObject({
        statusCode: 304,
        body: '',
      });
    expect((await serve(httpEventOf({ headers: { 'if-none-match': '"other"' } }))).statusCode).toBe(200);
  });
});
