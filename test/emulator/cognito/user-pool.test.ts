import { describe, expect, it } from '@jest/globals';
import { userPoolOf } from '../../../emulator/cognito/user-pool.ts';
import { readAssembly } from '../../../emulator/template/read-assembly.ts';
import { readStack } from '../../../emulator/template/read-stack.ts';
import { place, writeAssembly } from '../template/small-assembly.ts';

function poolWith(client: object, more: object = {}) {
  const Resources = {
    Pool: { Type: 'AWS::Cognito::UserPool' },
    App: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' }, ...client } },
    ...more,
  };
  return userPoolOf(readStack(readAssembly(writeAssembly({ Resources })), place));
}

describe('a user pool of a template', () => {
  it('a user pool of a template has the lifetimes of AWS where the template says none', () => {
    expect(poolWith({})).toMatchObject({
      hasDomain: false,
      clients: [
        {
          flows: [],
          hasSecret: false,
          mayRevoke: true,
          lifetimeSeconds: { access: 3600, id: 3600, refresh: 30 * 86_400 },
        },
      ],
    });
  });

  it('a user pool of a template has what the template says of its clients and its domain', () => {
    const client = {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://app.example/in'],
      LogoutURLs: ['https://app.example/out'],
      EnableTokenRevocation: false,
      AccessTokenValidity: 90,
      IdTokenValidity: 2,
      RefreshTokenValidity: 720,
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
    };
    const domain = {
      Type: 'AWS::Cognito::UserPoolDomain',
      Properties: { UserPoolId: { Ref: 'Pool' }, Domain: 'door' },
    };
    expect(poolWith(client, { Door: domain })).toMatchObject({
      hasDomain: true,
      clients: [
        {
          flows: ['code'],
          scopes: ['openid'],
          callbackUrls: ['https://app.example/in'],
          logoutUrls: ['https://app.example/out'],
          mayRevoke: false,
          lifetimeSeconds: { access: 5400, id: 7200, refresh: 43_200 },
        },
      ],
    });
  });

  it('a user pool of a template lets a client use OAuth only where the template switches it on', () => {
    expect(poolWith({ AllowedOAuthFlows: ['code'] })?.clients[0]?.flows).toEqual([]);
  });

  it.each([
    ['rotates no refresh tokens', { RefreshTokenRotation: { Feature: 'ENABLED' } }],
    ['must have GenerateSecret', { AllowedOAuthFlows: ['client_credentials'] }],
  ])(
    'a user pool of a template with a client that cannot be stood in for is refused by name: it %s',
    (words, client) => {
      expect(() => poolWith(client)).toThrow(new RegExp(`App of type AWS::Cognito::UserPoolClient .*${words}`));
    },
  );
});
