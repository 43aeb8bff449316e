import * as z from 'zod';
import { scopeOf } from '../contract/roles.ts';
import { roles, type Role } from '../domain/roles.ts';
import type { SignIn, TokenRequest } from '../emulator/cognito/sign-in.ts';

/** Who speaks: a role, and the post office or agency it speaks for; the portal and ops have none. */
const Bearer = z.strictObject({
  role: z.enum(roles),
  unit: z.string().optional(),
  lifetimeSeconds: z.int().positive().optional(),
});
export type Bearer = z.infer<typeof Bearer>;

/** What the user pool is asked for a bearer's token: one scope, one group. */
export function tokenRequestOf({ role, unit, lifetimeSeconds }: Bearer): TokenRequest {
  return {
    scope: scopeOf(role),
    groups: [unit === undefined ? role : `${role}:${unit}`],
    ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
  };
}

/** The sign-in without a password, in our own words. */
export const signIn: SignIn = {
  read: (wish) => {
    const bearer = Bearer.safeParse(wish);
    return bearer.success ? tokenRequestOf(bearer.data) : undefined;
  },
  hint: `Send {"role": "clerk", "unit": "PO-BACKAN"} as application/json; the roles are ${roles.join(', ')}.`,
};

const pilotUnits: Readonly<Partial<Record<Role, string>>> = {
  clerk: 'PO-BACKAN',
  courier: 'PO-BACKAN',
  officer: 'AG-PASC-BACKAN',
  supervisor: 'PO-BACKAN',
};
const yearSeconds = 366 * 86_400;

/** One bearer for each role, of the pilot's units, for a year. */
export function pilotBearer(role: Role): Bearer {
  const unit = pilotUnits[role];
  return { role, lifetimeSeconds: yearSeconds, ...(unit === undefined ? {} : { unit }) };
}
