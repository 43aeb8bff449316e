import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, type CryptoKey, type JWK } from 'jose';
import { scopeOf } from '../../contract/roles.ts';
import type { Role } from '../../domain/roles.ts';
import type { Clock } from '../clock/clock.ts';
import type { SigningKey } from './signing-key.ts';
import type { UserPool, UserPoolClient } from './user-pool.ts';

export interface Bearer {
  readonly role: Role;
  /** The post office or agency the bearer speaks for; the portal and ops have none. */
  readonly unit?: string | undefined;
  /** Default: as long as the pool's client says. */
  readonly lifetimeSeconds?: number | undefined;
}

/**
 * Stands in for the Cognito user pool: the same issuer, clients, scopes and groups, signed with a key of this machine.
 */
export interface Issuer {
  /**
   * An access token as Cognito makes it for the role's client.
   * @throws NoSuchBearer when no client of the pool may ask for the role's scope
   */
  readonly mint: (bearer: Bearer) => Promise<string>;
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
  async function mint({ role, unit, lifetimeSeconds }: Bearer): Promise<string> {
    const client = pool.clients.find(({ scopes }) => scopes.includes(scopeOf(role)));
    if (client === undefined)
      throw new NoSuchBearer(`No client of the user pool ${pool.id} may ask for the scope ${scopeOf(role)}.`);
    const issuedAt = Math.floor(clock.now() / 1000);
    const claims = {
      ...(client.isSystem ? systemClaims(client) : personClaims(role, unit)),
      client_id: client.id,
      scope: scopeOf(role),
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

/** Somebody who signed in: the same person for the same role and unit each time. */
function personClaims(role: Role, unit: string | undefined): Record<string, unknown> {
  const username = unit === undefined ? role : `${role}:${unit}`;
  return {
    'sub': subjectOf(username),
    'username': subjectOf(username),
    'cognito:groups': [username],
    'origin_jti': randomUUID(),
  };
}

/** Looks like the UUIDs of Cognito, and tells nothing of a person. */
function subjectOf(username: string): string {
  return createHash('sha256')
    .update(username)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
