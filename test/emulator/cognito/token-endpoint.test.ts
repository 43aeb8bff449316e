import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as z from 'zod';
import { basic, callback, clientOf, poolOf, startPool, systemOf, type LocalPool } from './local-pool.ts';

let local: LocalPool;
beforeAll(async () => {
  local = await startPool(
    poolOf(
      systemOf('portal'),
      systemOf('mute', { flows: [] }),
      clientOf('phone'),
      clientOf('desk', { callbackUrls: [callback, 'https://desk.example/'] }),
      clientOf('kiosk', { mayRevoke: false }),
      clientOf('server', { hasSecret: true }),
    ),
  );
});
afterAll(() => local.close());

const Tokens = z.strictObject({
  id_token: z.string().optional(),
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number(),
  token_type: z.literal('Bearer'),
});
const verifier = 'a verifier of at least forty-three characters, as RFC 7636 has it';
const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
const pkce = { code_challenge: codeChallenge, code_challenge_method: 'S256' };

function ask(form: Record<string, string>, headers?: Record<string, string>) {
  return local.post('/oauth2/token', form, headers);
}
function refused(error: string) {
  return { status: 400, body: { error } };
}

/** A code of somebody who signed in. */
async function codeFor(client: string, more: Record<string, string> = {}): Promise<string> {
  const query = { response_type: 'code', client_id: client, redirect_uri: callback, ...more };
  const location = (await local.signIn(query)).headers.get('location') ?? '';
  return new URL(location).searchParams.get('code') ?? '';
}
function byCode(code: string, more: Record<string, string> = {}) {
  return ask({ grant_type: 'authorization_code', client_id: 'phone', redirect_uri: callback, code, ...more });
}
async function refreshTokenOf(client = 'phone') {
  const { body } = await byCode(await codeFor(client), { client_id: client });
  return Tokens.parse(body).refresh_token ?? '';
}
function byRefresh(token: string) {
  return ask({ grant_type: 'refresh_token', client_id: 'phone', refresh_token: token });
}

// Holds ADR 0027.
describe('the token endpoint for a system', () => {
  it('the token endpoint for a system gives all of its scopes where none is asked for, to a secret in Basic', async () => {
    const { status, body, headers } = await ask(
      { grant_type: 'client_credentials' },
      basic('portal', local.secretOf('portal')),
    );
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const { access_token: token, ...rest } = Tokens.parse(body);
    expect(rest).toEqual({ expires_in: 3600, token_type: 'Bearer' });
    expect(decodeJwt(token)).toMatchObject({
      sub: 'portal',
      client_id: 'portal',
      scope: 'server/write server/list',
      token_use: 'access',
      iat: 1796086800,
      exp: 1796086800 + 3600,
    });
  });

  it('the token endpoint for a system takes the secret in the form too, and gives the scope that is asked for', async () => {
    const secret = { client_id: 'portal', client_secret: local.secretOf('portal') };
    const { body } = await ask({ grant_type: 'client_credentials', scope: 'server/list', ...secret });
    expect(decodeJwt(Tokens.parse(body).access_token)['scope']).toBe('server/list');
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['a wrong secret', {}, 'x', 'invalid_client'],
    ['no secret', {}, '', 'invalid_client'],
    ['two clients', { client_id: 'phone' }, 'right', 'invalid_request'],
    ['the scope of another client', { scope: 'server/read' }, 'right', 'invalid_scope'],
    ['a scope of its own and a foreign one', { scope: 'server/list server/read' }, 'right', 'invalid_scope'],
    ['a grant that nobody knows', { grant_type: 'password' }, 'right', 'unsupported_grant_type'],
    ['the name of something that every object has', { grant_type: 'constructor' }, 'right', 'unsupported_grant_type'],
    ['no grant', { grant_type: '' }, 'right', 'invalid_request'],
    ['the grant of people', { grant_type: 'refresh_token', refresh_token: 'x' }, 'right', 'unauthorized_client'],
    [
      'a code, which it may not have',
      { grant_type: 'authorization_code', code: 'x', redirect_uri: callback },
      'right',
      'unauthorized_client',
    ],
  ])('the token endpoint for a system refuses %s', async (_what, form, secret, error) => {
    const headers = basic('portal', secret === 'right' ? local.secretOf('portal') : secret);
    expect(await ask({ grant_type: 'client_credentials', ...form }, headers)).toMatchObject(refused(error));
  });

  it('the token endpoint for a system refuses clients that nobody knows, that name nothing, or that may not', async () => {
    const grant = { grant_type: 'client_credentials' };
    expect(await ask(grant, basic('stranger', 'x'))).toMatchObject(refused('invalid_client'));
    expect(await ask(grant)).toMatchObject(refused('invalid_request'));
    expect(await ask({ ...grant, client_id: 'phone' })).toMatchObject(refused('unauthorized_client'));
    expect(await ask(grant, basic('mute', local.secretOf('mute')))).toMatchObject(refused('unauthorized_client'));
  });

  it('the token endpoint for a system reads forms only, and answers to POST only', async () => {
    const url = `${local.url}/oauth2/token`;
    const headers = { 'content-type': 'text/plain', ...basic('portal', local.secretOf('portal')) };
    const body = 'grant_type=client_credentials';
    const answer = await fetch(url, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_request' }]);
    expect((await fetch(`${url}?grant_type=client_credentials`, { headers })).status).toBe(405);
  });

  it('the token endpoint for a system knows secrets that are the data directory’s own, and stay over a restart', async () => {
    const [same, other] = [await local.again(), await local.again(mkdtempSync(join(tmpdir(), 'pool-')))];
    const secrets = [local, same, other].map(({ secretOf }) => secretOf('portal'));
    expect(secrets[0]).toMatch(/^[a-z0-9]{52}$/);
    expect(secrets[1]).toBe(secrets[0]);
    expect(secrets[2]).not.toBe(secrets[0]);
    expect(local.secretOf('server')).not.toBe(secrets[0]);
    expect(local.appClients.find(({ clientId }) => clientId === 'phone')).not.toHaveProperty('clientSecret');
  });

  it('the token endpoint for a system answers pages of every origin, as Cognito’s does', async () => {
    const origin = 'https://app.example';
    const url = `${local.url}/oauth2/token`;
    const asked = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const preflight = await fetch(url, { method: 'OPTIONS', headers: asked });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const answer = await ask({}, { origin });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([400, '*']);
  });
});

describe('the token endpoint for a code', () => {
  it('the token endpoint for a code gives the three tokens of whoever signed in, with openid', async () => {
    const code = await codeFor('phone', { scope: 'openid server/read', nonce: 'n-1', ...pkce });
    const { status, body } = await byCode(code, { code_verifier: verifier });
    const tokens = Tokens.parse(body);
    expect([status, tokens.expires_in]).toEqual([200, 3600]);
    const access = decodeJwt(tokens.access_token);
    expect(access).toMatchObject({
      'cognito:groups': ['clerks', 'couriers'],
      'client_id': 'phone',
      'scope': 'openid server/read',
      'token_use': 'access',
      'username': access.sub,
    });
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({
      'aud': 'phone',
      'token_use': 'id',
      'sub': access.sub,
      'nonce': 'n-1',
      'cognito:groups': ['clerks', 'couriers'],
      'cognito:username': access.sub,
      'origin_jti': access['origin_jti'],
    });
    expect(decodeProtectedHeader(tokens.refresh_token ?? '')).toEqual({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' });
  });

  it('the token endpoint for a code gives no id token without openid', async () => {
    const { body } = await byCode(await codeFor('phone', { scope: 'server/read' }));
    expect(Object.keys(Tokens.parse(body)).toSorted()).toEqual([
      'access_token',
      'expires_in',
      'refresh_token',
      'token_type',
    ]);
  });

  it('the token endpoint for a code of a client with a secret wants the secret', async () => {
    const form = { client_id: 'server', code_verifier: verifier };
    expect(await byCode(await codeFor('server', pkce), form)).toMatchObject(refused('invalid_client'));
    const { status } = await byCode(await codeFor('server', pkce), {
      ...form,
      client_secret: local.secretOf('server'),
    });
    expect(status).toBe(200);
  });

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['with another verifier', pkce, { code_verifier: `${verifier}x` }, 'invalid_grant'],
    ['without the verifier', pkce, {}, 'invalid_grant'],
    ['with a verifier that was never announced', {}, { code_verifier: verifier }, 'invalid_grant'],
    ['of another client', {}, { client_id: 'desk' }, 'invalid_grant'],
    ['that does not exist', {}, { code: 'x' }, 'invalid_grant'],
    ['without the code', {}, { code: '' }, 'invalid_request'],
    ['without the address', {}, { redirect_uri: '' }, 'invalid_request'],
    ['with an address that is not registered', {}, { redirect_uri: `${callback}/` }, 'unauthorized_client'],
    ['with a secret where there is none', {}, { client_secret: 'x' }, 'invalid_client'],
  ])('the token endpoint for a code refuses one %s', async (_what, query, form, error) => {
    expect(await byCode(await codeFor('phone', query), form)).toMatchObject(refused(error));
  });

  it('the token endpoint for a code refuses another address than the one it was sent to', async () => {
    const code = await codeFor('desk');
    const form = { client_id: 'desk', redirect_uri: 'https://desk.example/' };
    expect(await byCode(code, form)).toMatchObject(refused('invalid_grant'));
  });

  it('the token endpoint for a code takes it once, even where the first try was wrong', async () => {
    const [first, second] = [await codeFor('phone'), await codeFor('phone', pkce)];
    expect((await byCode(first)).status).toBe(200);
    expect(await byCode(first)).toMatchObject(refused('invalid_grant'));
    expect(await byCode(second, { code_verifier: 'guessed' })).toMatchObject(refused('invalid_grant'));
    expect(await byCode(second, { code_verifier: verifier })).toMatchObject(refused('invalid_grant'));
  });

  it('the token endpoint for a code takes it for five minutes', async () => {
    const [early, late] = [await codeFor('phone'), await codeFor('phone')];
    local.later(299);
    expect((await byCode(early)).status).toBe(200);
    local.later(1);
    expect(await byCode(late)).toMatchObject(refused('invalid_grant'));
  });
});

describe('the token endpoint for a refresh token', () => {
  it('the token endpoint for a refresh token gives new tokens of the same sign-in, and keeps the refresh token', async () => {
    const { body } = await byCode(await codeFor('phone', { scope: 'openid' }));
    const first = Tokens.parse(body);
    local.later(3600);
    const again = Tokens.parse((await byRefresh(first.refresh_token ?? '')).body);
    expect(Object.keys(again).toSorted()).toEqual(['access_token', 'expires_in', 'id_token', 'token_type']);
    const [was, is] = [decodeJwt(first.access_token), decodeJwt(again.access_token)];
    for (const claim of ['sub', 'auth_time', 'origin_jti', 'scope', 'cognito:groups'])
      expect(is[claim]).toEqual(was[claim]);
    expect((is.exp ?? 0) - (was.exp ?? 0)).toBe(3600);
    expect(is.jti).not.toBe(was.jti);
  });

  it('the token endpoint for a refresh token takes it for as long as the client’s template says', async () => {
    const token = await refreshTokenOf();
    local.later(12 * 3600 - 1);
    expect((await byRefresh(token)).status).toBe(200);
    local.later(1);
    expect(await byRefresh(token)).toMatchObject(refused('invalid_grant'));
  });

  it('the token endpoint for a refresh token refuses one that is another client’s, was made up, or is missing', async () => {
    expect(await byRefresh(await refreshTokenOf('desk'))).toMatchObject(refused('invalid_grant'));
    expect(await byRefresh('made.up')).toMatchObject(refused('invalid_grant'));
    expect(await byRefresh('')).toMatchObject(refused('invalid_request'));
  });

  it('the token endpoint for a refresh token refuses one that was revoked, also after a restart', async () => {
    const [token, other] = [await refreshTokenOf(), await refreshTokenOf()];
    expect(await local.post('/oauth2/revoke', { token, client_id: 'phone' })).toMatchObject({ status: 200, body: '' });
    expect(await byRefresh(token)).toMatchObject(refused('invalid_grant'));
    const restarted = await local.again();
    const form = { grant_type: 'refresh_token', client_id: 'phone' };
    expect(await restarted.post('/oauth2/token', { ...form, refresh_token: token })).toMatchObject(
      refused('invalid_grant'),
    );
    expect(await restarted.post('/oauth2/token', { ...form, refresh_token: other })).toMatchObject({ status: 200 });
  });
});

describe('the revocation endpoint', () => {
  it('the revocation endpoint forgets what it revoked once it would have expired anyway', async () => {
    for (let time = 0; time < 3; time += 1) {
      await local.post('/oauth2/revoke', { token: await refreshTokenOf(), client_id: 'phone' });
      local.later(12 * 3600);
    }
    const kept = z.object({ revoked: z.record(z.string(), z.number()) });
    const text = readFileSync(join(local.directory, 'revoked.json'), 'utf8');
    expect(Object.keys(kept.parse(JSON.parse(text)).revoked)).toHaveLength(1);
  });

  it.each<[string, Record<string, string>, number, unknown]>([
    ['says nothing of a token that does not exist', { token: 'a.b.c.d.e', client_id: 'phone' }, 200, ''],
    ['wants a token', { client_id: 'phone' }, 400, { error: 'invalid_request' }],
    ['wants a client', { token: 'x' }, 400, { error: 'invalid_request' }],
    ['wants the secret', { token: 'x', client_id: 'server' }, 401, { error: 'invalid_client' }],
    ['takes refresh tokens only', { token: 'a.b.c', client_id: 'phone' }, 400, { error: 'unsupported_token_type' }],
    ['is shut where the client may not', { token: 'x', client_id: 'kiosk' }, 400, { error: 'invalid_request' }],
  ])('the revocation endpoint %s', async (_what, form, status, body) => {
    expect(await local.post('/oauth2/revoke', form)).toMatchObject({ status, body });
  });

  it('the revocation endpoint leaves the token of another client alone', async () => {
    const token = await refreshTokenOf();
    expect(await local.post('/oauth2/revoke', { token, client_id: 'desk' })).toMatchObject({ status: 200 });
    expect((await byRefresh(token)).status).toBe(200);
  });
});
