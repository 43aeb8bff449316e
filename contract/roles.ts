import type { Role } from '../domain/roles.ts';

/**
 * Who may call, on the wire: each role is one OAuth scope `dossier-post/<role>` of the user pool's resource server.
 * A post or agency unit travels in the token as a group `<role>:<unit id>`, for example `clerk:PO-BACKAN`.
 */

/** The resource server of the user pool; API Gateway compares `scope` claims with `<server>/<role>`. */
export const resourceServer = 'dossier-post';

/** The OAuth scope of a role, as API Gateway's JWT authorizer sees it, e.g. `dossier-post/clerk`. */
export function scopeOf(role: Role): string {
  return `${resourceServer}/${role}`;
}
