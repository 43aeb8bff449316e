import { describe, expect, it } from '@jest/globals';
import { callerOf } from '../../../adapters/http/caller.ts';
import { httpEvent } from '../../../adapters/http/event.ts';

function caller(claims: Readonly<Record<string, unknown>> | undefined) {
  return callerOf(
    httpEvent.parse({
      requestContext: {
        requestId: 'r',
        http: { method: 'GET', path: '/', sourceIp: '203.0.113.7' },
        ...(claims === undefined ? {} : { authorizer: { jwt: { claims } } }),
      },
    }),
  );
}
const clerk = { 'token_use': 'access', 'scope': 'dossier-post/clerk', 'cognito:groups': '[clerk:PO-BACKAN]' };

describe('who calls', () => {
  it('who calls is a person of a unit: the subject of the token, which names nobody', () => {
    expect(caller({ ...clerk, sub: '3f0c-opaque' })).toEqual({
      role: 'clerk',
      unit: 'PO-BACKAN',
      person: '3f0c-opaque',
    });
  });

  it.each([undefined, '', 7, null, ['3f0c-opaque']])('who calls is a unit alone when the subject is %j', (sub) => {
    expect(caller({ ...clerk, sub })).toEqual({ role: 'clerk', unit: 'PO-BACKAN' });
  });

  it('a caller of a system or of ops is told apart by its subject too', () => {
    expect(
      caller({
        token_use: 'access',
        scope: 'dossier-post/portal',
        client_id: 'one-stop-portal',
        sub: 'one-stop-portal',
      }),
    ).toEqual({
      role: 'portal',
      unit: 'one-stop-portal',
      person: 'one-stop-portal',
    });
    expect(caller({ ...clerk, 'scope': 'dossier-post/ops', 'cognito:groups': '[ops]', 'sub': 'o-1' })).toEqual({
      role: 'ops',
      unit: 'dossier-post',
      person: 'o-1',
    });
  });

  it.each([
    ['nothing', undefined],
    ['no scope', { ...clerk, scope: undefined }],
    ['a scope that is no text', { ...clerk, scope: ['dossier-post/clerk'] }],
    ['two of our scopes', { ...clerk, scope: 'dossier-post/clerk dossier-post/courier' }],
    ['a foreign scope', { ...clerk, scope: 'other/clerk' }],
    ['no group', { ...clerk, 'cognito:groups': '[]' }],
    ['the group of another role', { ...clerk, 'cognito:groups': '[courier:PO-BACKAN]' }],
    ['a group without a unit', { ...clerk, 'cognito:groups': '[clerk:]' }],
    ['two units', { ...clerk, 'cognito:groups': '[clerk:PO-BACKAN clerk:PO-NARI]' }],
    ['an id token', { ...clerk, token_use: 'id' }],
    ['a token that does not say its use', { ...clerk, token_use: undefined }],
    ['an empty client', { ...clerk, scope: 'dossier-post/portal', client_id: '' }],
    ['a client that is no text', { ...clerk, scope: 'dossier-post/portal', client_id: 7 }],
  ])('a caller with %s is nobody', (_what, claims) => {
    expect(caller(claims)).toBeUndefined();
  });

  it('who calls may be of a unit with a name of one letter, and among foreign groups and scopes', () => {
    expect(caller({ ...clerk, 'scope': 'openid dossier-post/clerk', 'cognito:groups': '[x clerk:A y]' })).toEqual({
      role: 'clerk',
      unit: 'A',
    });
  });
});
