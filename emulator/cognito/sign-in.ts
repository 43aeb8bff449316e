import * as z from 'zod';
import type { Person } from './issuer.ts';

/** What a user pool is asked for: a token of one scope, and the groups of whoever signs in. */
export interface TokenRequest {
  readonly scope: string;
  readonly groups?: readonly string[];
  /** Default: as long as the pool's client says. */
  readonly lifetimeSeconds?: number;
}

/** What a system tells the user pool of its people and of the words it calls them by. */
export interface SignInWords {
  /** The request that a JSON body to `POST /_local/token` means; undefined for one that means none. */
  read(wish: unknown): TokenRequest | undefined;
  /** What to send, in a sentence. */
  readonly hint: string;
  /** The accounts that the sign-in page offers. */
  readonly people: readonly Person[];
}

/** A client of the user pool as its owner sees it. */
export interface AppClient {
  readonly name: string;
  readonly clientId: string;
  /** Of a client that has one. */
  readonly clientSecret?: string;
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
}

const Plain = z.strictObject({
  scope: z.string(),
  groups: z.array(z.string()).exactOptional(),
  lifetimeSeconds: z.int().positive().exactOptional(),
});

/** Scope and groups by their own names. */
export const plainSignIn: SignInWords = {
  read: (wish) => Plain.safeParse(wish).data,
  people: [],
  hint: 'Send {"scope": "server/scope", "groups": ["admins"]} as application/json.',
};
