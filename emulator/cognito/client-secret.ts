import type { SigningKey } from './signing-key.ts';
import type { UserPoolClient } from './user-pool.ts';

/**
 * The secret of a client that has one: 52 small letters and digits, as Cognito makes them. It follows from the signing
 * key, and so is the data directory's own and the same over restarts.
 */
export function secretOf({ id, hasSecret }: UserPoolClient, { secretFor }: SigningKey): string | undefined {
  if (!hasSecret) return undefined;
  return BigInt(`0x${secretFor(`client ${id}`).toString('hex')}`)
    .toString(36)
    .padStart(52, '0')
    .slice(0, 52);
}
