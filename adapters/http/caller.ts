import { resourceServer, scopeOf } from '../../contract/roles.ts';
import { roles, type Role } from '../../domain/roles.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import type { HttpEvent } from './event.ts';

/** API Gateway hands lists over as text: `[clerk:PO-BACKAN clerk:PO-NARI]`. */
function listed(claim: unknown): readonly string[] {
  return typeof claim === 'string'
    ? claim
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter(Boolean)
    : [];
}

/**
 * Who calls, by what an access token proves (API Gateway does not look at a token's use): the role is the one scope of
 * ours, the unit comes from a group `<role>:<unit>`.
 * The portal is a system and speaks for itself, so its unit is its client; ops belong to no unit.
 * Whoever has two of our roles in one token, or a scope without the matching group, is nobody: a scope alone is only
 * what a client asked for.
 * @returns undefined for a token that is no access token, or names no single role with a unit
 */
export function callerOf(event: HttpEvent): Party | undefined {
  const claims = event.requestContext.authorizer?.jwt.claims ?? {};
  if (claims['token_use'] !== 'access') return undefined;
  const role = onlyOne(roles.filter((known) => listed(claims['scope']).includes(scopeOf(known))));
  if (!role) return undefined;
  const unit = unitOf(role, claims);
  if (unit === undefined) return undefined;
  // Cognito's subject is an opaque id: it tells persons of one unit apart, and nothing else about them.
  const person = claims['sub'];
  return { role, unit, ...(typeof person === 'string' && person !== '' ? { person } : {}) };
}

function unitOf(role: Role, claims: Record<string, unknown>): string | undefined {
  if (role === 'portal')
    return typeof claims['client_id'] === 'string' && claims['client_id'] !== '' ? claims['client_id'] : undefined;
  if (role === 'ops') return listed(claims['cognito:groups']).includes('ops') ? resourceServer : undefined;
  return onlyOne(
    listed(claims['cognito:groups']).filter((group) => group.startsWith(`${role}:`) && group.length > role.length + 1),
  )?.slice(role.length + 1);
}

function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
