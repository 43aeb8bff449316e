import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { createIssuer } from '../../../emulator/cognito/issuer.ts';
import { loadSigningKey } from '../../../emulator/cognito/signing-key.ts';
import { userPoolOf } from '../../../emulator/cognito/user-pool.ts';
import { readAssembly } from '../../../emulator/template/read-assembly.ts';
import { readStack } from '../../../emulator/template/read-stack.ts';
import { place, writeAssembly } from '../template/small-assembly.ts';

const directory = mkdtempSync(join(tmpdir(), 'issuer-'));
afterAll(() => rmSync(directory, { recursive: true }));

function client(role: string, flow: string, more: object = {}) {
  return {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: [flow],
      AllowedOAuthScopes: [{ 'Fn::Join': ['', [{ Ref: 'Scopes' }, `/${role}`]] }],
      ...more,
    },
  };
}
const stack = readStack(
  readAssembly(
    writeAssembly({
      Resources: {
        Pool: { Type: 'AWS::Cognito::UserPool' },
        Scopes: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { Identifier: 'dossier-post' } },
        Portal: client('portal', 'client_credentials', { GenerateSecret: true }),
        Clerk: client('clerk', 'code', { AccessTokenValidity: 90, TokenValidityUnits: { AccessToken: 'minutes' } }),
      },
    }),
  ),
  place,
);
const now = Date.parse('2026-12-01T08:00:00.700+07:00');
function pool() {
  const found = userPoolOf(stack);
  if (found === undefined) throw new Error('the template has a user pool');
  return found;
}
async function issuer() {
  return createIssuer(pool(), await loadSigningKey(directory, 'store'), { now: () => now });
}

describe('the local issuer', () => {
  it('the local issuer gives the portal a token of its client, without a person and without groups', async () => {
    const claims = decodeJwt(await (await issuer()).mint({ scope: 'dossier-post/portal' }));
    const portal = stack.ofType('AWS::Cognito::UserPoolClient')[0]?.ref;
    expect(claims).toEqual({
      sub: portal,
      client_id: portal,
      iss: pool().issuer,
      scope: 'dossier-post/portal',
      token_use: 'access',
      version: 2,
      auth_time: 1796086800,
      iat: 1796086800,
      exp: 1796086800 + 3600,
      jti: expect.any(String),
    });
  });

  it('the local issuer gives a clerk a token with the unit as a group, for as long as the client says', async () => {
    const claims = decodeJwt(await (await issuer()).mint({ scope: 'dossier-post/clerk', groups: ['clerk:PO-BACKAN'] }));
    expect(claims).toMatchObject({
      'cognito:groups': ['clerk:PO-BACKAN'],
      'scope': 'dossier-post/clerk',
      'exp': 1796086800 + 90 * 60,
      'username': claims.sub,
    });
    expect(claims.aud).toBeUndefined();
  });

  it('the local issuer refuses a role that no client of the pool may ask for', async () => {
    await expect((await issuer()).mint({ scope: 'dossier-post/courier' })).rejects.toThrow(
      'may ask for the scope dossier-post/courier',
    );
  });

  it('the local issuer keeps its key over restarts, readable by the owner alone, and publishes the other half', async () => {
    const [first, second] = [await issuer(), await issuer()];
    expect(second.keys).toEqual(first.keys);
    expect(statSync(join(directory, 'signing-key.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, 'signing-key.pem'), 'utf8')).toContain('PRIVATE KEY');
    const { kid } = decodeProtectedHeader(await first.mint({ scope: 'dossier-post/portal' }));
    expect(first.keys.keys).toEqual([{ kty: 'RSA', n: expect.any(String), e: 'AQAB', kid, alg: 'RS256', use: 'sig' }]);
  });

  it('the local issuer vouches for no other issuer', async () => {
    const { keyOf, keys } = await issuer();
    expect(await keyOf('https://elsewhere.example', keys.keys[0]?.kid ?? '')).toBeUndefined();
    expect(await keyOf(pool().issuer, 'other')).toBeUndefined();
  });
});
