import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, ApiRefusal, call } from '../../client/call.ts';
import { readDossier } from '../../contract/read-dossier.ts';
import { reportHealth } from '../../contract/report-health.ts';

interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

describe('the client', () => {
  let server: Server;
  let apiUrl: string;
  let next: Said = { status: 200, body: '{"status":"ok"}' };
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(next.status, { 'apigw-requestid': 'request-1', ...next.headers }).end(next.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    apiUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  });
  afterAll(() => void server.close());
  const refusalOf = async (said: Said): Promise<ApiRefusal> => {
    next = said;
    try {
      await call({ apiUrl }, readDossier, { path: { dossierId: 'd-00000000' } });
    } catch (error) {
      if (error instanceof ApiRefusal) return error;
      throw error;
    }
    throw new Error('it was no refusal');
  };

  it.each([
    [400, 'BadRequest', false],
    [401, 'Unauthorized', false],
    [403, 'Forbidden', false],
    [413, 'TooLarge', false],
    [429, 'TooManyRequests', true],
    [431, 'BadRequest', false],
    [500, 'Unavailable', true],
    [503, 'Unavailable', true],
  ])('the client gives the gateway’s own %i the shape of all problems', async (status, code, retryable) => {
    const refusal = await refusalOf({ status, body: '{"message":"Words of the gateway"}' });
    expect(refusal).toMatchObject({
      status,
      code,
      problem: { type: `/docs/problems/${code}`, status, code, retryable, requestId: 'request-1' },
    });
    expect(refusal.problem.titleVi).not.toBe('');
  });

  it.each(['', '<html>502 Bad Gateway</html>', '"Bad Gateway"'])(
    'the client is not thrown off by what something on the way says: %p',
    async (body) => {
      expect(await refusalOf({ status: 502, body })).toMatchObject({
        code: 'Unavailable',
        problem: { retryable: true },
      });
    },
  );

  it('the client hands on a problem of ours as it is, and how long to wait', async () => {
    const problem = {
      type: '/docs/problems/StillInFlight',
      status: 409,
      code: 'StillInFlight',
      retryable: true,
      title: 'a',
      titleVi: 'b',
      detail: 'c',
      detailVi: 'd',
      retryAfter: 2,
      requestId: 'request-2',
    };
    const refusal = await refusalOf({ status: 409, headers: { 'retry-after': '2' }, body: JSON.stringify(problem) });
    expect([refusal.problem, refusal.retryAfter]).toEqual([problem, 2]);
  });

  it('the client tells the tag of a read, and whether an answer was given before', async () => {
    next = { status: 200, headers: { 'etag': '"abc"', 'idempotency-replayed': 'true' }, body: '{"status":"ok"}' };
    expect(await ask({ apiUrl }, reportHealth, {})).toEqual({
      status: 200,
      body: { status: 'ok' },
      etag: '"abc"',
      replayed: true,
    });
  });
});
