import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import { callback, clientOf, poolOf, startPool, systemOf, type LocalPool } from './local-pool.ts';

let local: LocalPool;
const app = 'practice://signed-in';
beforeAll(async () => {
  local = await startPool(
    poolOf(systemOf('portal'), clientOf('phone', { callbackUrls: [callback, app, 'https://app.example/?from=mail'] })),
  );
});
afterAll(() => local.close());

const good = {
  response_type: 'code',
  client_id: 'phone',
  redirect_uri: callback,
  scope: 'server/read',
  state: 's&t',
  code_challenge: 'x'.repeat(43),
  code_challenge_method: 'S256',
};
async function go(path: string, query: Record<string, string> = {}) {
  const response = await fetch(`${local.url}${path}?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() };
}
const uuid = /^[0-9a-f-]{36}$/;

describe('an authorization request', () => {
  it('an authorization request leads to the sign-in page with all that it said', async () => {
    const { status, location } = await go('/oauth2/authorize', good);
    expect([status, location.split('?')[0]]).toEqual([302, '/login']);
    expect(Object.fromEntries(new URLSearchParams(location.split('?')[1]))).toEqual(good);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no response type', { response_type: '' }, 'invalid_request'],
    ['a response type that nobody knows', { response_type: 'id_token' }, 'invalid_request'],
    ['the plain method of PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['the implicit grant, which is not served here', { response_type: 'token' }, 'unauthorized_client'],
    ['a scope of another client', { scope: 'server/read server/write' }, 'invalid_scope'],
  ])('an authorization request with %s goes back to the client with an error', async (_what, query, error) => {
    for (const path of ['/oauth2/authorize', '/login']) {
      const { status, location } = await go(path, { ...good, ...query });
      expect([status, location]).toEqual([302, `${callback}?error=${error}&state=s%26t`]);
    }
  });

  it('an authorization request with a challenge and no method, or a method and no challenge, goes back with an error', async () => {
    const { code_challenge: _challenge, ...withoutChallenge } = good;
    const { code_challenge_method: _method, ...withoutMethod } = good;
    for (const query of [withoutChallenge, withoutMethod])
      expect((await go('/oauth2/authorize', query)).location).toContain('error=invalid_request');
  });

  it.each<[string, Record<string, string>, string]>([
    ['of a client that nobody knows', { client_id: 'stranger' }, 'error=invalid_client&client_id=stranger'],
    [
      'to an address that is not registered',
      { redirect_uri: 'https://evil.example/' },
      'error=redirect_mismatch&client_id=phone',
    ],
    ['to nearly the registered address', { redirect_uri: `${callback}/` }, 'error=redirect_mismatch&client_id=phone'],
    ['of a client on which nobody signs in', { client_id: 'portal' }, 'error=redirect_mismatch&client_id=portal'],
  ])('an authorization request %s ends on an error page, and leads nowhere', async (_what, query, error) => {
    for (const path of ['/oauth2/authorize', '/login'])
      expect(await go(path, { ...good, ...query })).toMatchObject({ status: 302, location: `/error?${error}` });
    expect((await local.signIn({ ...good, ...query })).headers.get('location')).toBe(`/error?${error}`);
    const page = await go('/error', { error: 'redirect_mismatch', client_id: 'phone' });
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('An error was encountered') });
  });
});

describe('the sign-in page', () => {
  it('the sign-in page says that it is a stand-in, offers the accounts, and needs no script', async () => {
    const { status, text } = await go('/login', good);
    expect(status).toBe(200);
    expect(text).toContain('stands in for Amazon Cognito');
    expect(text).toContain('<button class="button" name="person" value="ana">');
    expect(text).not.toContain('<script');
  });

  it('the sign-in page shows what the request said as text', async () => {
    const { text } = await go('/login', { ...good, state: '"><script>alert(1)</script>' });
    expect(text).not.toContain('<script');
    expect((await go('/error', { error: '<script>' })).text).not.toContain('<script');
  });

  it('the sign-in page lets its form lead to the client’s address and to no other', async () => {
    const policy = async (redirectUri: string) => {
      const query = new URLSearchParams({ ...good, redirect_uri: redirectUri });
      const { headers } = await fetch(`${local.url}/login?${query.toString()}`);
      return headers.get('content-security-policy');
    };
    expect(await policy(callback)).toContain("form-action 'self' https://app.example;");
    expect(await policy(app)).toContain("form-action 'self' practice:;");
    expect(await policy(app)).toContain("frame-ancestors 'none'");
  });

  it('the sign-in page leads whoever picks an account to the client, with a code and the state', async () => {
    const response = await local.signIn(good);
    const [address, query] = (response.headers.get('location') ?? '').split('?');
    expect([response.status, address]).toEqual([302, callback]);
    const { code, ...rest } = Object.fromEntries(new URLSearchParams(query));
    expect(code).toMatch(uuid);
    expect(rest).toEqual({ state: 's&t' });
  });

  it.each([
    [app, `${app}?code=`],
    ['https://app.example/?from=mail', 'https://app.example/?from=mail&code='],
  ])('the sign-in page keeps the address %s to the letter', async (redirectUri, start) => {
    const response = await local.signIn({ ...good, redirect_uri: redirectUri });
    expect(response.headers.get('location')?.startsWith(start)).toBe(true);
  });

  it('the sign-in page takes a name and groups that are typed, and asks again where there is no name', async () => {
    expect((await local.signIn(good, { username: 'Bình', groups: ' clerks  ops ' })).status).toBe(302);
    const wrong: Record<string, string>[] = [{ username: '  ', groups: 'ops' }, { person: 'stranger' }, {}];
    for (const form of wrong) expect((await local.signIn(good, form)).status).toBe(400);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
    'the sign-in page signs nobody in for a form of %s',
    async (origin) => {
      const response = await local.signIn(good, { person: 'ana' }, origin);
      expect([response.status, response.headers.get('location')]).toEqual([403, null]);
    },
  );

  it('the sign-in page signs nobody in for a program that does not say where its form is from', async () => {
    const body = new URLSearchParams({ person: 'ana' });
    const url = `${local.url}/login?${new URLSearchParams(good).toString()}`;
    expect((await fetch(url, { method: 'POST', body, redirect: 'manual' })).status).toBe(403);
  });
});

describe('what is around signing in', () => {
  it.each<[string, Record<string, string>, string]>([
    ['leads to the client’s own page', { logout_uri: 'https://app.example/bye' }, 'https://app.example/bye'],
    ['leads nowhere else', { logout_uri: 'https://evil.example/' }, '/error?error=redirect_mismatch&client_id=phone'],
    [
      'leads to sign in once more',
      { redirect_uri: callback },
      `/login?client_id=phone&redirect_uri=${encodeURIComponent(callback)}`,
    ],
    ['knows its clients', { client_id: 'stranger' }, '/error?error=invalid_client&client_id=stranger'],
  ])('what is around signing in: the logout %s', async (_what, query, location) => {
    expect(await go('/logout', { client_id: 'phone', ...query })).toMatchObject({ status: 302, location });
  });

  it('what is around signing in: the keys and the discovery document are published, for pages of every origin', async () => {
    const read = async (name: string) => {
      const headers = { origin: 'https://app.example' };
      const response = await fetch(`${local.url}/eu-central-1_abcdefghi/.well-known/${name}`, { headers });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      return response.json();
    };
    expect(await read('openid-configuration')).toEqual({
      issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abcdefghi',
      authorization_endpoint: 'http://127.0.0.1:4566/oauth2/authorize',
      token_endpoint: 'http://127.0.0.1:4566/oauth2/token',
      revocation_endpoint: 'http://127.0.0.1:4566/oauth2/revoke',
      end_session_endpoint: 'http://127.0.0.1:4566/logout',
      jwks_uri: 'http://127.0.0.1:4566/eu-central-1_abcdefghi/.well-known/jwks.json',
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      scopes_supported: ['server/write', 'server/list', 'server/read', 'openid'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
    const { keys } = z.object({ keys: z.array(z.record(z.string(), z.string())) }).parse(await read('jwks.json'));
    const [key = {}] = keys;
    expect(createPublicKey({ key, format: 'jwk' }).asymmetricKeyType).toBe('rsa');
    expect(key).toMatchObject({ alg: 'RS256', use: 'sig', kid: expect.any(String) });
  });

  it('what is around signing in is there for a pool with a domain only; the keys always are', async () => {
    const pool = await startPool({ ...poolOf(clientOf('phone')), hasDomain: false });
    const statusOf = async (path: string) => (await fetch(pool.url + path)).status;
    const wellKnown = '/eu-central-1_abcdefghi/.well-known';
    const paths = [`${wellKnown}/jwks.json`, `${wellKnown}/openid-configuration`, '/login', '/oauth2/token', '/logout'];
    expect(await Promise.all(paths.map(statusOf))).toEqual([200, 200, 404, 404, 404]);
    await pool.close();
  });
});
