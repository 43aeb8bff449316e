import { describe, expect, it } from '@jest/globals';
import { wrongWith } from './judge.ts';
import { drawRequest } from './request.ts';
import { fuzz } from './run.ts';
import type { Answer, Sent, World } from './world.ts';

// Holds what docs/api/limits.md says of it. All 20,000 requests, and other seeds: `npm run fuzz`.
describe('the fuzzer', () => {
  it('the fuzzer sends thousands of requests drawn from the contract, and every answer is one of the contract', async () => {
    const { found, requests } = await fuzz({ seed: 1, requests: 2500, seconds: 40 });
    expect(found).toBeUndefined();
    expect(requests).toBeGreaterThan(100);
  }, 180_000);

  const world: Pick<World, 'vocabularyOf' | 'secretsFrom' | 'resolved'> = {
    vocabularyOf: () => ({ dossierId: ['~play0.id~'] }),
    secretsFrom: () => ['Trịnh Bí Mật Một', '1234-5678-9015'],
    resolved: (text) => text.replace('~code~', '1234-5678-9015'),
  };

  it('the fuzzer draws the same request from a seed and a number every time', () => {
    for (let number = 0; number < 300; number += 1)
      expect(drawRequest(7, number, world)).toEqual(drawRequest(7, number, world));
    expect(drawRequest(8, 1, world).sent).not.toEqual(drawRequest(7, 1, world).sent);
  });

  const sent: Sent = {
    caller: 'nobody',
    from: '127.0.0.9',
    method: 'GET',
    path: '/v1/health',
    headers: [],
    body: undefined,
  };
  const healthy: Answer = {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: '{"status":"ok"}',
  };
  const problem = (status: number, code: string, headers = {}): Partial<Answer> => ({
    status,
    headers: { ...healthy.headers, 'content-type': 'application/problem+json; charset=utf-8', ...headers },
    body: JSON.stringify({
      type: 'x',
      status,
      code,
      retryable: false,
      title: 'x',
      detail: 'x',
      titleVi: 'x',
      detailVi: 'x',
    }),
  });

  it('the fuzzer finds nothing wrong with what the contract says', () => {
    expect(wrongWith(sent, healthy, world)).toBeUndefined();
    expect(wrongWith(sent, { ...healthy, ...problem(400, 'InvalidRequest') }, world)).toBeUndefined();
    expect(
      wrongWith(sent, { ...healthy, ...problem(429, 'TooManyRequests', { 'retry-after': '7' }) }, world),
    ).toBeUndefined();
    const gateways = { headers: { 'content-type': 'application/json' }, body: '{"message":"Not Found"}' };
    expect(wrongWith(sent, { ...gateways, status: 404 }, world)).toBeUndefined();
    const tracked = { ...sent, path: '/t/~code~' };
    expect(wrongWith(tracked, { ...healthy, ...problem(404, 'UnknownDossier') }, world)).toBeUndefined();
  });

  it.each<[string, Partial<Answer>, RegExp]>([
    ['an error of ours', { status: 500 }, /answered 500/],
    ['an answer that is none of the contract', { body: '{"status":"ok","more":1}' }, /not what the contract says/],
    ['half an answer', { body: '{"status":' }, /not what the contract says/],
    ['a status that the operation does not have', { status: 201 }, /201, which is none of 200/],
    ['a problem that the operation does not have', problem(409, 'Overtaken'), /not said to answer Overtaken/],
    ['a problem under another status', { ...problem(400, 'InvalidRequest'), status: 404 }, /says 400/],
    ['a 429 that does not say for how long', problem(429, 'TooManyRequests'), /without Retry-After/],
    ['an answer without the security headers', { headers: { 'content-type': 'application/json' } }, /security headers/],
    ['a page where data should be', { headers: { ...healthy.headers, 'content-type': 'text/html' } }, /is text\/html/],
    ['a name that is not theirs to know', { body: '{"status":"Trịnh Bí Mật Một"}' }, /not theirs to know/],
    ['a code that is not theirs to know', { body: '{"status":"1234-5678-9015"}' }, /not theirs to know/],
  ])('the fuzzer finds %s', (_what, change, found) => {
    expect(wrongWith(sent, { ...healthy, ...change }, world)).toMatch(found);
  });
});
