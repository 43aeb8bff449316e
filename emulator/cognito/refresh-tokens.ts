import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { withFile } from '../data-directory/file-problem.ts';
import { writeWhole } from '../data-directory/write-whole.ts';
import type { Grant, SignIn } from './issuer.ts';
import type { SigningKey } from './signing-key.ts';
import type { UserPoolClient } from './user-pool.ts';

/** What a person signed in for, and what its tokens follow from. */
export type PersonsGrant = Grant & { readonly signIn: SignIn };

export interface RefreshTokens {
  readonly issue: (grant: PersonsGrant) => Promise<string>;
  /** What was granted; undefined for a token that is not the client's, has expired or was revoked. */
  readonly open: (token: string, client: UserPoolClient) => Promise<PersonsGrant | undefined>;
  /** Ends every token that follows from the grant's sign-in. On disk when it returns. */
  readonly revoke: (grant: PersonsGrant) => void;
}

const Sealed = z.object({
  client_id: z.string(),
  scope: z.array(z.string()),
  username: z.string(),
  groups: z.array(z.string()),
  auth_time: z.number(),
  origin_jti: z.string(),
});

/** Ids of sign-ins, with the epoch second after which none of their refresh tokens would be good anyway. */
const Revoked = z.object({ revoked: z.record(z.string(), z.number()) });

/**
 * Refresh tokens are sealed for the issuer itself, as Cognito's are, so that only the revoked ones have to be kept: in
 * `<directory>/revoked.json`.
 * @param storeId of the data directory
 * @throws FileProblem
 */
export function openRefreshTokens(
  directory: string,
  storeId: string,
  signingKey: SigningKey,
  clock: Pick<Clock, 'now'>,
): RefreshTokens {
  const file = join(directory, 'revoked.json');
  const key = signingKey.secretFor('refresh tokens').subarray(0, 32);
  const kept = withFile(file, () =>
    existsSync(file) ? Revoked.parse(JSON.parse(readFileSync(file, 'utf8'))).revoked : {},
  );
  const revoked = new Map(Object.entries(kept));
  const save = () => writeWhole(file, JSON.stringify({ storeId, revoked: Object.fromEntries(revoked) }));
  save();
  const nowSeconds = () => Math.floor(clock.now() / 1000);

  return {
    issue: ({ client, scopes, signIn }) =>
      new EncryptJWT({
        client_id: client.id,
        scope: [...scopes],
        username: signIn.username,
        groups: [...signIn.groups],
        auth_time: signIn.authTime,
        origin_jti: signIn.originJti,
      })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
        .setExpirationTime(signIn.authTime + client.lifetimeSeconds.refresh)
        .encrypt(key),
    async open(token, client) {
      try {
        const { payload } = await jwtDecrypt(token, key, { currentDate: new Date(clock.now()) });
        const sealed = Sealed.parse(payload);
        if (sealed.client_id !== client.id || revoked.has(sealed.origin_jti)) return undefined;
        const { username, groups, auth_time: authTime, origin_jti: originJti } = sealed;
        return { client, scopes: sealed.scope, signIn: { username, groups, authTime, originJti } };
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
    revoke({ client, signIn: { originJti, authTime } }) {
      for (const [id, until] of revoked) if (until <= nowSeconds()) revoked.delete(id);
      revoked.set(originJti, authTime + client.lifetimeSeconds.refresh);
      save();
    },
  };
}
