import * as z from 'zod';
import { scopeOf } from '../contract/roles.ts';
import { roles, type Role } from '../domain/roles.ts';
import type { SignInWords, TokenRequest } from '../emulator/cognito/sign-in.ts';

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
    groups: [groupOf(role, unit)],
    ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
  };
}

function groupOf(role: Role, unit: string | undefined): string {
  return unit === undefined ? role : `${role}:${unit}`;
}

/** The units that stand for all others, the pilot's own first; the portal is no person, and ops have no unit. */
const practiceUnits: Readonly<Partial<Record<Role, readonly string[]>>> = {
  clerk: ['PO-BACKAN', 'PO-NARI'],
  courier: ['PO-BACKAN', 'PO-NARI'],
  officer: ['AG-PASC-BACKAN', 'AG-SO-TU-PHAP'],
  supervisor: ['PO-BACKAN', 'PO-NARI'],
};

/** One account for each group, the same person as that of a token without a sign-in. */
const people = roles
  .filter((role) => role !== 'portal')
  .flatMap((role) => (practiceUnits[role] ?? [undefined]).map((unit) => groupOf(role, unit)))
  .map((group) => ({ username: group, groups: [group] }));

/** The sign-in without a password, in our own words. */
export const signIn: SignInWords = {
  people,
  read: (wish) => {
    const bearer = Bearer.safeParse(wish);
    return bearer.success ? tokenRequestOf(bearer.data) : undefined;
  },
  hint: `Send {"role": "clerk", "unit": "PO-BACKAN"} as application/json; the roles are ${roles.join(', ')}.`,
};

/** One bearer for each role, of the pilot's units. */
export function pilotBearer(role: Role): Bearer {
  const [unit] = practiceUnits[role] ?? [];
  return { role, ...(unit === undefined ? {} : { unit }) };
}
