import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, type CryptoKey, type JWK } from 'jose';
import type { Clock } from '../clock/clock.ts';
import type { TokenRequest } from './sign-in.ts';
import type { SigningKey } from './signing-key.ts';
import type { UserPool, UserPoolClient } from './user-pool.ts';

/**
 * Stands in for the Cognito user pool: the same issuer, clients, scopes and groups, signed with a key of this machine.
 */
export interface Issuer {
  /**
   * An access token as Cognito makes it for the scope's client.
   * @throws NoSuchBearer when no client of the pool may ask for the scope
   */
  readonly mint: (request: TokenRequest) => Promise<string>;
  /** The public key of that id, if the issuer is this one. */
  readonly keyOf: (issuer: string, keyId: string) => Promise<CryptoKey | undefined>;
  /** Where the keys are published, below the host: `/<pool id>/.well-known/jwks.json`. */
  readonly keysPath: string;
  readonly keys: { readonly keys: readonly JWK[] };
}

export class NoSuchBearer extends Error {
  override readonly name = 'NoSuchBearer';
}

export function createIssuer(pool: UserPool, signingKey: SigningKey, clock: Pick<Clock, 'now'>): Issuer {
  async function mint({ scope, groups = [], lifetimeSeconds }: TokenRequest): Promise<string> {
    const client = pool.clients.find(({ scopes }) => scopes.includes(scope));
    if (client === undefined)
      throw new NoSuchBearer(`No client of the user pool ${pool.id} may ask for the scope ${scope}.`);
    const issuedAt = Math.floor(clock.now() / 1000);
    const claims = {
      ...(client.isSystem ? systemClaims(client) : personClaims(groups, scope)),
      client_id: client.id,
      scope,
      token_use: 'access',
      version: 2,
      auth_time: issuedAt,
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: signingKey.keyId })
      .setIssuer(pool.issuer)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + (lifetimeSeconds ?? client.tokenLifetimeSeconds))
      .setJti(randomUUID())
      .sign(signingKey.privateKey);
  }

  return {
    mint,
    keyOf: (issuer, keyId) =>
      Promise.resolve(issuer === pool.issuer && keyId === signingKey.keyId ? signingKey.publicKey : undefined),
    keysPath: `/${pool.id}/.well-known/jwks.json`,
    keys: { keys: [signingKey.published] },
  };
}

/** The client-credentials grant: the system is its own subject and belongs to no group. */
function systemClaims({ id }: UserPoolClient): Record<string, unknown> {
  return { sub: id };
}

/** Somebody who signed in: the same person for the same groups each time. */
function personClaims(groups: readonly string[], scope: string): Record<string, unknown> {
  const subject = subjectOf(groups.length === 0 ? scope : groups.join(' '));
  return {
    sub: subject,
    username: subject,
    ...(groups.length === 0 ? {} : { 'cognito:groups': [...groups] }),
    origin_jti: randomUUID(),
  };
}

/** Looks like the UUIDs of Cognito, and tells nothing of a person. */
function subjectOf(username: string): string {
  return createHash('sha256')
    .update(username)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
