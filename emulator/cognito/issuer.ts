import { createHash, randomUUID } from 'node:crypto';
import { SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import type { Clock } from '../clock/clock.ts';
import type { TokenRequest } from './sign-in.ts';
import type { SigningKey } from './signing-key.ts';
import { isSystem, type UserPool, type UserPoolClient } from './user-pool.ts';

/** A person of the pool. */
export interface Person {
  readonly username: string;
  readonly groups: readonly string[];
}

/** That a person signed in: all tokens that follow from it carry its time and its id. */
export interface SignIn extends Person {
  /** Epoch seconds. */
  readonly authTime: number;
  readonly originJti: string;
}

/** What a client was granted; without a sign-in it is the client's own. */
export interface Grant {
  readonly client: UserPoolClient;
  readonly scopes: readonly string[];
  readonly signIn?: SignIn | undefined;
  /** What the client wants to find in the id token. */
  readonly nonce?: string | undefined;
}

/**
 * Stands in for the Cognito user pool: the same issuer, clients, scopes and groups, signed with a key of this machine.
 * Every token of the local cloud is made here.
 */
export interface Issuer {
  /** An access token as Cognito makes it. @param lifetimeSeconds default as long as the client says */
  readonly accessToken: (grant: Grant, lifetimeSeconds?: number) => Promise<string>;
  /** The id token that goes with an access token. */
  readonly idToken: (grant: Grant & { readonly signIn: SignIn }, accessToken: string) => Promise<string>;
  /** Somebody signs in now. */
  readonly signIn: (person: Person) => SignIn;
  /**
   * An access token without a sign-in, of the scope's client.
   * @throws NoSuchBearer when no client of the pool may ask for the scope
   */
  readonly mint: (request: TokenRequest) => Promise<string>;
  /** The public key of that id, if the issuer is this one. */
  readonly keyOf: (issuer: string, keyId: string) => Promise<CryptoKey | undefined>;
  readonly keys: { readonly keys: readonly JWK[] };
}

export class NoSuchBearer extends Error {
  override readonly name = 'NoSuchBearer';
}

export function createIssuer(pool: UserPool, signingKey: SigningKey, clock: Pick<Clock, 'now'>): Issuer {
  const nowSeconds = () => Math.floor(clock.now() / 1000);

  async function sign(claims: JWTPayload, lifetimeSeconds: number): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: signingKey.keyId })
      .setIssuer(pool.issuer)
      .setIssuedAt(nowSeconds())
      .setExpirationTime(nowSeconds() + lifetimeSeconds)
      .setJti(randomUUID())
      .sign(signingKey.privateKey);
  }

  const signIn = (person: Person): SignIn => ({ ...person, authTime: nowSeconds(), originJti: randomUUID() });

  const accessToken: Issuer['accessToken'] = async ({ client, scopes, signIn: who }, lifetimeSeconds) =>
    sign(
      {
        ...(who === undefined ? { sub: client.id } : { ...personClaims(who), username: subjectOf(who.username) }),
        client_id: client.id,
        scope: scopes.join(' '),
        token_use: 'access',
        version: 2,
        auth_time: who?.authTime ?? nowSeconds(),
      },
      lifetimeSeconds ?? client.lifetimeSeconds.access,
    );

  return {
    accessToken,
    signIn,
    idToken: async ({ client, signIn: who, nonce }, access) =>
      sign(
        {
          ...personClaims(who),
          'cognito:username': subjectOf(who.username),
          'aud': client.id,
          'token_use': 'id',
          'auth_time': who.authTime,
          'at_hash': createHash('sha256').update(access).digest().subarray(0, 16).toString('base64url'),
          ...(nonce === undefined ? {} : { nonce }),
        },
        client.lifetimeSeconds.id,
      ),
    async mint({ scope, groups = [], lifetimeSeconds }) {
      const client = pool.clients.find(({ scopes }) => scopes.includes(scope));
      if (client === undefined)
        throw new NoSuchBearer(`No client of the user pool ${pool.id} may ask for the scope ${scope}.`);
      // The same person for the same groups each time.
      const username = groups.length === 0 ? scope : groups.join(' ');
      const who = isSystem(client) ? undefined : signIn({ username, groups });
      return accessToken({ client, scopes: [scope], signIn: who }, lifetimeSeconds);
    },
    keyOf: (issuer, keyId) =>
      Promise.resolve(issuer === pool.issuer && keyId === signingKey.keyId ? signingKey.publicKey : undefined),
    keys: { keys: [signingKey.published] },
  };
}

function personClaims({ username, groups, originJti }: SignIn): JWTPayload {
  return {
    sub: subjectOf(username),
    ...(groups.length === 0 ? {} : { 'cognito:groups': [...groups] }),
    origin_jti: originJti,
  };
}

/** Looks like the UUIDs of Cognito, and tells nothing of a person. */
function subjectOf(username: string): string {
  return createHash('sha256')
    .update(username)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
