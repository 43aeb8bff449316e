import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWTPayload,
} from 'jose';
import { authorize } from '../../../emulator/http-api/jwt-authorizer.ts';

const issuer = 'https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_abcdefghi';
const authorizer = {
  issuer,
  audience: ['portal-client', 'clerk-client'],
  scopes: ['dossier-post/portal', 'dossier-post/clerk'],
  identitySource: '$request.header.Authorization',
};
const now = Date.parse('2026-12-01T01:00:00Z');
const second = now / 1000;
const good = {
  iss: issuer,
  client_id: 'clerk-client',
  scope: 'dossier-post/clerk other',
  iat: second,
  exp: second + 60,
};

interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}
let own: KeyPair;
let foreign: KeyPair;
beforeAll(async () => {
  [own, foreign] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')]);
});

function sign(claims: JWTPayload, { kid = 'k1', key = own.privateKey, alg = 'RS256' } = {}) {
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
}
function enter(credential: string | undefined, given = authorizer) {
  return authorize(
    credential,
    given,
    (from, kid) => Promise.resolve(from === issuer && kid === 'k1' ? own.publicKey : undefined),
    now,
  );
}
function refused(description: string) {
  return { status: 401, challenge: `Bearer scope="" error="invalid_token" error_description="${description}"` };
}

describe('a token opens the door', () => {
  it('a token opens the door with an RSA signature, the issuer, a client of the audience and one of the scopes', async () => {
    expect(await enter(`Bearer ${await sign(good)}`)).toEqual({
      claims: {
        iss: issuer,
        client_id: 'clerk-client',
        scope: 'dossier-post/clerk other',
        iat: '1796086800',
        exp: '1796086860',
      },
      scopes: ['dossier-post/clerk', 'other'],
    });
  });

  it('a token opens the door without the word Bearer', async () => {
    expect(await enter(await sign(good))).toHaveProperty('claims');
  });

  it('a token opens the door with an audience, whatever the client', async () => {
    expect(await enter(await sign({ ...good, client_id: 'stranger', aud: ['x', 'portal-client'] }))).toHaveProperty(
      'claims',
    );
  });

  it('a token opens the door on a route that demands no scope, which then sees none', async () => {
    expect(await enter(await sign({ ...good, scope: 'other' }), { ...authorizer, scopes: [] })).toMatchObject({
      scopes: null,
    });
  });

  it('a token opens the door and hands its claims over as text', async () => {
    const claims = {
      'cognito:groups': ['clerk:PO-BACKAN', 'clerk:PO-NARI'],
      'version': 2,
      'admin': false,
      'nested': { a: 1 },
      'nothing': null,
    };
    const entered = await enter(await sign({ ...good, ...claims }));
    // A claim that is null has no text, least of all the word "null".
    expect(entered).not.toHaveProperty(['claims', 'nothing']);
    expect(entered).toMatchObject({
      claims: {
        'cognito:groups': '[clerk:PO-BACKAN clerk:PO-NARI]',
        'version': '2',
        'admin': 'false',
        'nested': '{"a":1}',
      },
    });
  });
});

describe('the door stays shut', () => {
  it('the door stays shut without a token', async () => {
    expect(await enter(undefined)).toEqual({ status: 401, challenge: 'Bearer' });
    expect(await enter('')).toEqual({ status: 401, challenge: 'Bearer' });
  });

  it.each<[string, object, string]>([
    ['that has expired', { exp: second }, 'the token has expired'],
    ['that is not valid yet', { nbf: second + 1 }, 'the token does not have a valid nbf'],
    ['that was issued in the future', { iat: second + 1 }, 'the token was issued in the future'],
    ['that never expires', { exp: undefined }, 'the token does not have a valid exp'],
    ['of another issuer', { iss: `${issuer}x` }, 'the token does not have a valid iss'],
    ['of a client that is not known', { client_id: 'stranger' }, 'the token does not have a valid audience'],
    [
      'for another audience, although the client is known',
      { aud: 'stranger' },
      'the token does not have a valid audience',
    ],
  ])('the door stays shut for a token %s', async (_, claims, description) => {
    expect(await enter(await sign({ ...good, ...claims }))).toEqual(refused(description));
  });

  it('the door stays shut for a token signed by a stranger under a known key id', async () => {
    expect(await enter(await sign(good, { key: foreign.privateKey }))).toEqual(refused('the token is not valid'));
  });

  it('the door stays shut for a token signed with a key that was never published', async () => {
    expect(await enter(await sign(good, { kid: 'k2' }))).toEqual(refused('the token is signed with an unknown key'));
  });

  it('the door stays shut for a token without a signature (alg none)', async () => {
    expect(await enter(new UnsecuredJWT(good).encode())).toEqual(refused('the token is signed with an unknown key'));
    const [, payload = ''] = (await sign(good)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: 'k1' })).toString('base64url');
    expect(await enter(`${header}.${payload}.`)).toEqual(refused('the token is not valid'));
  });

  it('the door stays shut for a token signed with the public key as a shared secret (HS256)', async () => {
    const forged = await new SignJWT(good)
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(new TextEncoder().encode('the public key, known to everybody'));
    expect(await enter(forged)).toEqual(refused('the token is not valid'));
  });

  it('the door stays shut for a token of another RSA algorithm than the one its key is published for', async () => {
    const pem = await exportPKCS8(own.privateKey);
    for (const alg of ['RS384', 'RS512', 'PS256'])
      expect(await enter(await sign(good, { key: await importPKCS8(pem, alg), alg }))).toEqual(
        refused('the token is not valid'),
      );
  });

  it('the door stays shut for a token without a key id', async () => {
    const token = await new SignJWT(good).setProtectedHeader({ alg: 'RS256' }).sign(own.privateKey);
    expect(await enter(token)).toEqual(refused('the token is signed with an unknown key'));
  });

  it('the door stays shut for a token that was changed after it was signed', async () => {
    const [header = '', , signature = ''] = (await sign(good)).split('.');
    const payload = Buffer.from(JSON.stringify({ ...good, scope: 'dossier-post/portal' })).toString('base64url');
    expect(await enter([header, payload, signature].join('.'))).toEqual(refused('the token is not valid'));
  });

  it.each(['x', 'Bearer', 'a.b.c', 'Basic dXNlcjpwYXNz', 'e30.e30.e30'])(
    'the door stays shut for something that is no token: %s',
    async (credential) => {
      expect(await enter(credential)).toMatchObject({ status: 401 });
    },
  );

  it.each([
    ['another scope', 'dossier-post/courier'],
    ['half a scope', 'dossier-post/cler'],
    ['none', undefined],
  ])('the door stays shut with 403 for a token with %s', async (_, scope) => {
    expect(await enter(await sign({ ...good, scope }))).toEqual({
      status: 403,
      challenge:
        'Bearer scope="dossier-post/portal dossier-post/clerk" error="insufficient_scope" error_description="the token does not have a required scope"',
    });
  });
});
