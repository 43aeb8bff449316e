import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { PersonsGrant } from './refresh-tokens.ts';
import type { UserPoolClient } from './user-pool.ts';

export interface Authorized {
  readonly grant: PersonsGrant;
  readonly redirectUri: string;
  /** SHA-256 of the verifier, where the client uses PKCE. */
  readonly codeChallenge?: string | undefined;
}

export interface AuthorizationCodes {
  readonly issue: (authorized: Authorized) => string;
  /** What a code stands for, once; undefined for one that was used, has expired or is another client's. */
  readonly take: (code: string, client: UserPoolClient) => Authorized | undefined;
}

/** "A one time use code that is valid for five minutes": Cognito's authorization endpoint. */
const lifetimeMs = 5 * 60_000;

/** They live in memory: who signs in while the local cloud is started again signs in once more. */
export function createAuthorizationCodes(clock: Pick<Clock, 'now'>): AuthorizationCodes {
  const codes = new Map<string, Authorized & { readonly until: number }>();
  return {
    issue(authorized) {
      for (const [code, { until }] of codes) if (until <= clock.now()) codes.delete(code);
      const code = randomUUID();
      codes.set(code, { ...authorized, until: clock.now() + lifetimeMs });
      return code;
    },
    take(code, client) {
      const found = codes.get(code);
      if (found?.grant.client.id !== client.id) return undefined;
      codes.delete(code);
      return clock.now() < found.until ? found : undefined;
    },
  };
}
