import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { scopeOf } from '../../contract/roles.ts';
import type { Role } from '../../domain/roles.ts';
import { registrationAt } from './roads.ts';
import { aTown } from './a-town.ts';
import { portal, type Town } from './town.ts';
import { apiClient } from '../../client/api-client.ts';

/** The library insists on TLS, which this machine does not have: what is sent to this address arrives here. */
const deployed = 'https://sign-in.example';

// Holds ADR 0027.
/** What other people's clients do, by a library that nobody here wrote. */
describe('signing in with an OAuth library', () => {
  let town: Town;
  let server: oauth.AuthorizationServer;
  aTown(async (booted) => {
    town = booted;
    server = await discover(booted);
  });

  const here: oauth.TokenEndpointRequestOptions = {
    [oauth.customFetch]: async (url, init) => fetch(url.replace(deployed, town.awsUrl), init),
  };
  const clientOf = (role: Role) => {
    const { clientId, clientSecret = '', callbackUrls } = town.clientOf(role);
    return { client: { client_id: clientId }, secret: clientSecret, callback: callbackUrls[0] ?? '' };
  };
  const later = async (seconds: number) => town.clock.jumpTo(town.clock.now() + seconds * 1000);
  const apiWith = (token: string) => apiClient({ apiUrl: town.apiUrl, token: () => Promise.resolve(token) });

  /** A person signs in on the page, as a browser would. @returns where the browser is led to */
  const signIn = async (role: Role, group: string, challenge: string, state: string): Promise<URL> => {
    const { client, callback } = clientOf(role);
    const url = new URL(server.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: callback,
      scope: scopeOf(role),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }).toString();
    const page = await fetch(url.href.replace(deployed, town.awsUrl));
    const [, person = ''] = new RegExp(`name="person" value="(${group})"`).exec(await page.text()) ?? [];
    const headers = { origin: town.awsUrl };
    const body = new URLSearchParams({ person });
    const answer = await fetch(page.url, { method: 'POST', redirect: 'manual', headers, body });
    return new URL(answer.headers.get('location') ?? '');
  };

  const tokensOf = async (role: Role, group: string) => {
    const { client, callback } = clientOf(role);
    const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
    const led = await signIn(role, group, await oauth.calculatePKCECodeChallenge(verifier), state);
    const parameters = oauth.validateAuthResponse(server, client, led, state);
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      callback,
      verifier,
      here,
    );
    return oauth.processAuthorizationCodeResponse(server, client, answer);
  };

  const refresh = async (role: Role, token = '') => {
    const { client } = clientOf(role);
    const answer = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), token, here);
    return oauth.processRefreshTokenResponse(server, client, answer);
  };

  it.each([
    ['Basic', oauth.ClientSecretBasic],
    ['the form', oauth.ClientSecretPost],
  ])(
    'signing in with an OAuth library, a portal gets a token for its secret in %s, and registers',
    async (_way, prove) => {
      const { client, secret } = clientOf('portal');
      const answer = await oauth.clientCredentialsGrantRequest(server, client, prove(secret), {}, here);
      const tokens = await oauth.processClientCredentialsResponse(server, client, answer);
      expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
      const { place } = await apiWith(tokens.access_token).register(registrationAt('pickup'));
      expect(place.name).toBe('Registered');
    },
  );

  it('signing in with an OAuth library, a portal with a wrong secret is told so', async () => {
    const { client } = clientOf('portal');
    const answer = await oauth.clientCredentialsGrantRequest(server, client, oauth.ClientSecretBasic('x'), {}, here);
    await expect(oauth.processClientCredentialsResponse(server, client, answer)).rejects.toMatchObject({
      error: 'invalid_client',
      status: 400,
    });
  });

  it('signing in with an OAuth library, a clerk gets a token by code and PKCE, works for an hour, and refreshes it', async () => {
    const tokens = await tokensOf('clerk', 'clerk:PO-BACKAN');
    expect(tokens).toMatchObject({ expires_in: 3600, refresh_token: expect.any(String) });
    expect(tokens.id_token).toBeUndefined();
    const { dossierId } = await apiWith(tokens.access_token).register(registrationAt('counter'));
    await later(3600);
    await expect(apiWith(tokens.access_token).read(dossierId)).rejects.toMatchObject({ status: 401 });
    const { access_token: again } = await refresh('clerk', tokens.refresh_token);
    expect((await apiWith(again).read(dossierId)).dossierId).toBe(dossierId);
  });

  it('signing in with an OAuth library, somebody who signs in on another role’s client is nobody there', async () => {
    const { access_token: token } = await tokensOf('clerk', 'courier:PO-BACKAN');
    await expect(apiWith(token).register(registrationAt('counter'))).rejects.toMatchObject({
      status: 403,
      code: 'NoUnit',
    });
  });

  it('signing in with an OAuth library, a phone that is lost is shut out: its refresh token is revoked, or a shift old', async () => {
    const [lost, left] = [await tokensOf('courier', 'courier:PO-BACKAN'), await tokensOf('courier', 'courier:PO-NARI')];
    const { client } = clientOf('courier');
    const revoked = oauth.revocationRequest(server, client, oauth.None(), lost.refresh_token ?? '', here);
    await oauth.processRevocationResponse(await revoked);
    const invalid = { error: 'invalid_grant', status: 400 };
    await expect(refresh('courier', lost.refresh_token)).rejects.toMatchObject(invalid);
    await later(12 * 3600 - 1);
    await refresh('courier', left.refresh_token);
    await later(1);
    await expect(refresh('courier', left.refresh_token)).rejects.toMatchObject(invalid);
  });
});

/** The issuer is AWS's, which the tokens name; the document is this machine's. */
async function discover({ awsUrl, bearer }: Town): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(decodeJwt(await bearer(portal)).iss ?? '');
  const answer = await fetch(`${awsUrl}${issuer.pathname}/.well-known/openid-configuration`);
  const document = (await answer.text()).replaceAll(awsUrl, deployed);
  return oauth.processDiscoveryResponse(issuer, Response.json(JSON.parse(document)));
}
