import type { Clock } from '../clock/clock.ts';
import { createAuthorizationCodes } from './authorization-codes.ts';
import { secretOf } from './client-secret.ts';
import { createHostedEndpoints, type HostedEndpoints } from './hosted-endpoints.ts';
import { createIssuer, type Issuer, type Person } from './issuer.ts';
import { openRefreshTokens } from './refresh-tokens.ts';
import type { AppClient } from './sign-in.ts';
import { loadSigningKey } from './signing-key.ts';
import type { UserPool } from './user-pool.ts';

export interface CognitoOptions {
  readonly pool: UserPool;
  /** Where its key is kept, and which tokens were revoked. */
  readonly directory: string;
  readonly storeId: string;
  readonly clock: Pick<Clock, 'now'>;
  /** The accounts that the sign-in page offers. */
  readonly people: readonly Person[];
  /** `http://host:port` of the AWS services. */
  readonly url: string;
}

export interface Cognito {
  readonly issuer: Issuer;
  readonly hosted: HostedEndpoints;
  readonly appClients: readonly AppClient[];
}

/**
 * Stands in for the Cognito user pool of the template.
 * @throws FileProblem
 */
export async function startCognito({ pool, directory, storeId, clock, people, url }: CognitoOptions): Promise<Cognito> {
  const signingKey = await loadSigningKey(directory, storeId);
  const issuer = createIssuer(pool, signingKey, clock);
  const codes = createAuthorizationCodes(clock);
  const refreshTokens = openRefreshTokens(directory, storeId, signingKey, clock);
  return {
    issuer,
    hosted: createHostedEndpoints({ pool, signingKey, issuer, codes, refreshTokens, people, url }),
    appClients: pool.clients.map((client) => {
      const clientSecret = secretOf(client, signingKey);
      const { name, id: clientId, scopes, callbackUrls } = client;
      return { name, clientId, ...(clientSecret !== undefined && { clientSecret }), scopes, callbackUrls };
    }),
  };
}
