import { createHash } from 'node:crypto';
import { secretOf } from './client-secret.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { Grant, Issuer } from './issuer.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { SigningKey } from './signing-key.ts';
import type { UserPool, UserPoolClient } from './user-pool.ts';

export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type';

export interface Tokens {
  readonly id_token?: string;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly token_type: 'Bearer';
}

/** What the OAuth endpoints are made of. */
export interface Pool {
  readonly pool: UserPool;
  readonly signingKey: SigningKey;
  readonly issuer: Issuer;
  readonly codes: AuthorizationCodes;
  readonly refreshTokens: RefreshTokens;
}

/**
 * `POST /oauth2/token` as Cognito answers it: the error's name is all that it says, always with 400.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 * @param authorization the header, where the client proves itself there
 */
export async function exchange(
  form: URLSearchParams,
  authorization: string | undefined,
  around: Pool,
): Promise<Tokens | OAuthError> {
  const grantType = form.get('grant_type') ?? '';
  if (grantType === '') return 'invalid_request';
  if (!isGrantType(grantType)) return 'unsupported_grant_type';
  const client = clientOf(form, authorization, around);
  return typeof client === 'string' ? client : await grants[grantType](form, client, around);
}

type Exchange = (form: URLSearchParams, client: UserPoolClient, around: Pool) => Promise<Tokens | OAuthError>;

const grants = {
  client_credentials: byClientCredentials,
  authorization_code: byCode,
  refresh_token: byRefreshToken,
} satisfies Record<string, Exchange>;

function isGrantType(name: string): name is keyof typeof grants {
  return Object.hasOwn(grants, name);
}

/** The client that a request proves to come from, by Basic or in the form; one without a secret only names itself. */
function clientOf(
  form: URLSearchParams,
  authorization: string | undefined,
  { pool, signingKey }: Pick<Pool, 'pool' | 'signingKey'>,
): UserPoolClient | OAuthError {
  const basic = /^Basic +(?<credentials>\S+)$/iu.exec(authorization ?? '')?.groups?.['credentials'];
  const [id, secret] =
    basic === undefined ? [form.get('client_id') ?? '', form.get('client_secret') ?? ''] : credentialsIn(basic);
  if (id === '' || (form.get('client_id') ?? id) !== id) return 'invalid_request';
  const client = pool.clients.find((known) => known.id === id);
  return client !== undefined && secret === (secretOf(client, signingKey) ?? '') ? client : 'invalid_client';
}

function credentialsIn(basic: string): readonly [string, string] {
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** The scopes asked for; all of the client's where none is. */
export function scopesFor(asked: string | null, { scopes }: UserPoolClient): readonly string[] | undefined {
  const wanted = [...new Set((asked ?? '').split(' ').filter((scope) => scope !== ''))];
  if (wanted.length === 0) return scopes;
  return wanted.every((scope) => scopes.includes(scope)) ? wanted : undefined;
}

async function byClientCredentials(form: URLSearchParams, client: UserPoolClient, { issuer }: Pool) {
  if (!client.flows.includes('client_credentials')) return 'unauthorized_client';
  const scopes = scopesFor(form.get('scope'), client);
  return scopes === undefined ? 'invalid_scope' : await tokensFor({ client, scopes }, issuer);
}

/** A code is gone with the first try, whatever comes of it. */
async function byCode(form: URLSearchParams, client: UserPoolClient, { issuer, codes, refreshTokens }: Pool) {
  const [code, redirectUri] = [form.get('code') ?? '', form.get('redirect_uri') ?? ''];
  if (code === '' || redirectUri === '') return 'invalid_request';
  if (!client.flows.includes('code') || !client.callbackUrls.includes(redirectUri)) return 'unauthorized_client';
  const granted = codes.take(code, client);
  if (granted?.redirectUri !== redirectUri) return 'invalid_grant';
  if (challengeOf(form.get('code_verifier')) !== granted.codeChallenge) return 'invalid_grant';
  return { ...(await tokensFor(granted.grant, issuer)), refresh_token: await refreshTokens.issue(granted.grant) };
}

/** https://www.rfc-editor.org/rfc/rfc7636#section-4.6, S256 */
function challengeOf(verifier: string | null): string | undefined {
  return verifier === null ? undefined : createHash('sha256').update(verifier).digest('base64url');
}

async function byRefreshToken(form: URLSearchParams, client: UserPoolClient, { issuer, refreshTokens }: Pool) {
  const token = form.get('refresh_token') ?? '';
  if (token === '') return 'invalid_request';
  if (!client.flows.includes('code')) return 'unauthorized_client';
  const grant = await refreshTokens.open(token, client);
  return grant === undefined ? 'invalid_grant' : await tokensFor(grant, issuer);
}

/** An id token comes along only where the scope `openid` was granted. */
async function tokensFor({ signIn, ...grant }: Grant, issuer: Issuer): Promise<Tokens> {
  const access = await issuer.accessToken({ ...grant, signIn });
  return {
    ...(signIn !== undefined && grant.scopes.includes('openid')
      ? { id_token: await issuer.idToken({ ...grant, signIn }, access) }
      : {}),
    access_token: access,
    expires_in: grant.client.lifetimeSeconds.access,
    token_type: 'Bearer',
  };
}

/**
 * `POST /oauth2/revoke`: nothing is said of a token that is not the client's, or none at all.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html
 * @returns undefined when the token is good for nothing any more
 */
export async function revoke(
  form: URLSearchParams,
  authorization: string | undefined,
  around: Pool,
): Promise<OAuthError | undefined> {
  const client = clientOf(form, authorization, around);
  if (typeof client === 'string') return client;
  const token = form.get('token') ?? '';
  if (token === '' || !client.mayRevoke) return 'invalid_request';
  // An access or id token has three parts, a sealed refresh token has five.
  if (token.split('.').length === 3) return 'unsupported_token_type';
  const grant = await around.refreshTokens.open(token, client);
  if (grant !== undefined) around.refreshTokens.revoke(grant);
  return undefined;
}
