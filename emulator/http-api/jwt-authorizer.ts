import { decodeProtectedHeader, errors, jwtVerify, type CryptoKey, type JWTPayload } from 'jose';
import type { JwtAuthorizer } from './api-definition.ts';

/** The published key of an issuer; undefined when it has none of that id. */
export type KeyOf = (issuer: string, keyId: string) => Promise<CryptoKey | undefined>;

export interface Entry {
  /** As the Lambda sees them: every value a text, a list as `[a b]`. */
  readonly claims: Readonly<Record<string, string>>;
  /** The token's scopes, or null on a route that demands none. */
  readonly scopes: readonly string[] | null;
}

/** 401 or 403; the challenge goes into `www-authenticate`. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly challenge: string;
}

/**
 * Checks a token the way API Gateway's JWT authorizer does: RSA signature by a published key, issuer, audience (or
 * `client_id` when
 * the token has no audience), times, and any one of the route's scopes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @param credential the identity source's value, with or without `Bearer `
 * @param now virtual milliseconds
 */
export async function authorize(
  credential: string | undefined,
  authorizer: JwtAuthorizer,
  keyOf: KeyOf,
  now: number,
): Promise<Entry | Refusal> {
  if (credential === undefined || credential === '') return { status: 401, challenge: 'Bearer' };
  try {
    const payload = await verify(credential.replace(/^Bearer +/i, ''), authorizer, keyOf, now);
    const scopes = scopesOf(payload);
    if (authorizer.scopes.length > 0 && !authorizer.scopes.some((scope) => scopes.includes(scope))) {
      return {
        status: 403,
        challenge: `Bearer scope="${authorizer.scopes.join(' ')}" error="insufficient_scope" error_description="the token does not have a required scope"`,
      };
    }
    return { claims: claimsOf(payload), scopes: authorizer.scopes.length > 0 ? scopes : null };
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof TypeError || error instanceof BadToken)) throw error;
    return {
      status: 401,
      challenge: `Bearer scope="" error="invalid_token" error_description="${descriptionOf(error)}"`,
    };
  }
}

class BadToken extends Error {
  override readonly name = 'BadToken';
}

async function verify(token: string, authorizer: JwtAuthorizer, keyOf: KeyOf, now: number): Promise<JWTPayload> {
  const { kid } = decodeProtectedHeader(token);
  const key = kid === undefined ? undefined : await keyOf(authorizer.issuer, kid);
  if (key === undefined) throw new BadToken('the token is signed with an unknown key');
  const { payload } = await jwtVerify(token, key, {
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
    issuer: authorizer.issuer,
    requiredClaims: ['exp'],
    currentDate: new Date(now),
  });
  if (payload.iat !== undefined && payload.iat > Math.floor(now / 1000))
    throw new BadToken('the token was issued in the future');
  if (!audienceOf(payload).some((audience) => authorizer.audience.includes(audience)))
    throw new BadToken('the token does not have a valid audience');
  return payload;
}

/** `client_id` counts only in a token without an audience, as Cognito's access tokens are. */
function audienceOf({ aud, client_id: clientId }: JWTPayload): readonly string[] {
  if (aud !== undefined) return Array.isArray(aud) ? aud : [aud];
  return typeof clientId === 'string' ? [clientId] : [];
}

function scopesOf(payload: JWTPayload): readonly string[] {
  const scopes = payload['scope'] ?? payload['scp'];
  if (Array.isArray(scopes)) return scopes.map(String);
  return typeof scopes === 'string' ? scopes.split(' ').filter((scope) => scope !== '') : [];
}

function claimsOf(payload: JWTPayload): Record<string, string> {
  // A claim that is null says nothing, and has no text.
  const said = Object.entries(payload).filter(([, value]) => value !== null);
  return Object.fromEntries(said.map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function descriptionOf(error: Error): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `the token does not have a valid ${error.claim}`;
  return error instanceof BadToken ? error.message : 'the token is not valid';
}
