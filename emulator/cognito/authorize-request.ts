import { scopesFor, type OAuthError } from './token-endpoint.ts';
import type { UserPool, UserPoolClient } from './user-pool.ts';

/** What a client sends a person's browser with. */
export interface AuthorizeRequest {
  readonly client: UserPoolClient;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
}

/**
 * An authorization request, or where the browser goes instead: to the client with an error; to an error page where the
 * client or its address is not known, for nobody is led to an address that was not registered.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function readAuthorizeRequest(
  query: URLSearchParams,
  { clients }: UserPool,
): AuthorizeRequest | { readonly location: string } {
  const client = clients.find(({ id }) => id === query.get('client_id'));
  const redirectUri = query.get('redirect_uri') ?? '';
  if (client === undefined) return errorPage('invalid_client', query);
  if (!client.callbackUrls.includes(redirectUri)) return errorPage('redirect_mismatch', query);

  const state = query.get('state');
  const refuse = (error: OAuthError) => ({ location: withQuery(redirectUri, { error, state }) });
  const responseType = query.get('response_type') ?? '';
  const [codeChallenge, method] = [query.get('code_challenge'), query.get('code_challenge_method')];
  if (!['code', 'token'].includes(responseType)) return refuse('invalid_request');
  if (method === null ? codeChallenge !== null : method !== 'S256' || codeChallenge === null)
    return refuse('invalid_request');
  // The implicit grant is not served here: see the README of the emulator.
  if (responseType === 'token' || !client.flows.includes('code')) return refuse('unauthorized_client');
  const scopes = scopesFor(query.get('scope'), client);
  if (scopes === undefined) return refuse('invalid_scope');
  return {
    client,
    redirectUri,
    scopes,
    state,
    nonce: query.get('nonce') ?? undefined,
    codeChallenge: codeChallenge ?? undefined,
  };
}

/** Where the browser goes when a person has signed out: to the client's own page, or to sign in once more. */
export function afterLogout(query: URLSearchParams, { clients }: UserPool): string {
  const client = clients.find(({ id }) => id === query.get('client_id'));
  const logoutUri = query.get('logout_uri');
  if (client === undefined) return errorPage('invalid_client', query).location;
  if (logoutUri === null) return `/login?${query.toString()}`;
  return client.logoutUrls.includes(logoutUri) ? logoutUri : errorPage('redirect_mismatch', query).location;
}

function errorPage(error: string, query: URLSearchParams): { readonly location: string } {
  return { location: withQuery('/error', { error, client_id: query.get('client_id') }) };
}

/** An address as it was registered, to the letter, with more in its query. */
export function withQuery(address: string, parameters: Readonly<Record<string, string | null>>): string {
  const more = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) more.set(name, value);
  return `${address}${address.includes('?') ? '&' : '?'}${more.toString()}`;
}
