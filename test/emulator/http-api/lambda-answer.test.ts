import { describe, expect, it } from '@jest/globals';
import { httpAnswer } from '../../../emulator/http-api/lambda-answer.ts';

function read(result: unknown) {
  const { status, headers, cookies, body } = httpAnswer(JSON.stringify(result));
  return { status, headers, cookies, body: body.toString('utf8') };
}
const error = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: '{"message":"Internal Server Error"}',
};

describe('what a function answers', () => {
  it('what a function answers with a status code is a whole answer', () => {
    expect(
      read({
        statusCode: 201,
        headers: { 'Content-Type': 'application/json', 'X-Count': 2 },
        cookies: ['a=1', 'b=2'],
        body: '{}',
      }),
    ).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-count': '2' },
      cookies: ['a=1', 'b=2'],
      body: '{}',
    });
  });

  it('what a function answers without a content type is plain text', () => {
    expect(read({ statusCode: 200, body: 'xin chào' })).toMatchObject({
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: 'xin chào',
    });
  });

  it('what a function answers in base64 is decoded', () => {
    expect(read({ statusCode: 200, body: Buffer.from('ảnh').toString('base64'), isBase64Encoded: true }).body).toBe(
      'ảnh',
    );
  });

  it.each<[unknown, string]>([
    [{ place: 'Thu gom' }, '{"place":"Thu gom"}'],
    [['a'], '["a"]'],
    ['xin chào', 'xin chào'],
    [7, '7'],
    [null, 'null'],
  ])('what a function answers without a status code is the JSON body of a 200: %j', (result, body) => {
    expect(read(result)).toEqual({ status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body });
  });

  it.each([
    [{ statusCode: 'ok' }],
    [{ statusCode: 99 }],
    [{ statusCode: 200, body: { not: 'text' } }],
    [{ statusCode: 200, headers: { list: ['a'] } }],
    [{ statusCode: 200, cookies: 'a=1' }],
  ])('what a function answers that makes no sense is a 500: %j', (result) => {
    expect(read(result)).toEqual(error);
  });
});
