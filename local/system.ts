import { scopeOf } from '../contract/roles.ts';
import type { Role } from '../domain/roles.ts';
import { startCloud, type Cloud, type CloudOptions } from '../emulator/cloud.ts';
import type { AppClient } from '../emulator/cognito/sign-in.ts';
import { opsDesk } from './ops/desk.ts';
import { vietnameseNames } from './second-names.ts';
import { pilotBearer, signIn, tokenRequestOf, type Bearer } from './sign-in.ts';

/** Our product on the emulator. */
export interface System extends Omit<Cloud, 'mint' | 'apiUrl'> {
  readonly apiUrl: string;
  /** One access token a role, good for as long as the template says: an hour of virtual time. */
  readonly tokens: Readonly<Record<Role, string>>;
  /** The user pool's client of a role; the portal's has a secret. */
  readonly clientOf: (role: Role) => AppClient;
  /** Another access token, for example of another unit. */
  readonly mint: (bearer: Bearer) => Promise<string>;
}

/**
 * Starts our assembly on the emulator, with the roles, the units and the words that are ours.
 * @throws as `startCloud` does
 */
export async function startSystem(options: Omit<CloudOptions, 'signIn' | 'secondNames' | 'opsDesk'>): Promise<System> {
  const cloud = await startCloud({ ...options, signIn, secondNames: vietnameseNames, opsDesk });
  const { apiUrl } = cloud;
  if (apiUrl === undefined) throw new Error('our template has an HTTP API');
  const mint = async (bearer: Bearer) => cloud.mint(tokenRequestOf(bearer));
  const token = async (role: Role) => mint(pilotBearer(role));
  const [portal, clerk, courier, officer, supervisor, ops] = await Promise.all([
    token('portal'),
    token('clerk'),
    token('courier'),
    token('officer'),
    token('supervisor'),
    token('ops'),
  ]);
  const clientOf = (role: Role): AppClient => {
    const found = cloud.appClients.find(({ scopes }) => scopes.includes(scopeOf(role)));
    if (found === undefined) throw new Error(`our template has a client for the role ${role}`);
    return found;
  };
  return { ...cloud, apiUrl, mint, clientOf, tokens: { portal, clerk, courier, officer, supervisor, ops } };
}
