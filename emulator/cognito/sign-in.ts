import * as z from 'zod';

/** What a user pool is asked for: a token of one scope, and the groups of whoever signs in. */
export interface TokenRequest {
  readonly scope: string;
  readonly groups?: readonly string[];
  /** Default: as long as the pool's client says. */
  readonly lifetimeSeconds?: number;
}

/** How a caller of `POST /_local/token` says whose token it wants. */
export interface SignIn {
  /** The request that a JSON body means; undefined for one that means none. */
  read(wish: unknown): TokenRequest | undefined;
  /** What to send, in a sentence. */
  readonly hint: string;
}

const Plain = z.strictObject({
  scope: z.string(),
  groups: z.array(z.string()).exactOptional(),
  lifetimeSeconds: z.int().positive().exactOptional(),
});

/** Scope and groups by their own names. */
export const plainSignIn: SignIn = {
  read: (wish) => Plain.safeParse(wish).data,
  hint: 'Send {"scope": "server/scope", "groups": ["admins"]} as application/json.',
};
