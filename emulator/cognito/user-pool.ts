import * as z from 'zod';
import { TemplateProblem } from '../template/problem.ts';
import type { Stack } from '../template/read-stack.ts';

export interface UserPool {
  readonly id: string;
  /** `https://cognito-idp.<region>.amazonaws.com/<id>`: the `iss` of its tokens. */
  readonly issuer: string;
  readonly clients: readonly UserPoolClient[];
}

export interface UserPoolClient {
  readonly id: string;
  readonly scopes: readonly string[];
  /** Whether it is a system that proves itself with a secret, and nobody signs in. */
  readonly isSystem: boolean;
  readonly tokenLifetimeSeconds: number;
}

const seconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/** Without a word an access token lives for an hour, and a number without a unit means hours. */
const Client = z.object({
  AllowedOAuthScopes: z.array(z.string()).default([]),
  AllowedOAuthFlows: z.array(z.string()).default([]),
  AccessTokenValidity: z.coerce.number().positive().default(1),
  TokenValidityUnits: z
    .object({ AccessToken: z.enum(['seconds', 'minutes', 'hours', 'days']).default('hours') })
    .default({ AccessToken: 'hours' }),
});

/**
 * The one Cognito user pool of a stack with its clients; undefined where there is none.
 * @throws TemplateProblem when there are several
 */
export function userPoolOf(stack: Stack): UserPool | undefined {
  const [pool, ...more] = stack.ofType('AWS::Cognito::UserPool');
  if (pool === undefined) return undefined;
  if (more.length > 0)
    throw new TemplateProblem(
      `${stack.templateFile} has ${more.length + 1} Cognito user pools; the local issuer stands in for one.`,
    );
  const clients = stack.ofType('AWS::Cognito::UserPoolClient').map(({ ref, properties }) => {
    const { AllowedOAuthScopes, AllowedOAuthFlows, AccessTokenValidity, TokenValidityUnits } = Client.parse(properties);
    return {
      id: ref,
      scopes: AllowedOAuthScopes,
      isSystem: AllowedOAuthFlows.includes('client_credentials'),
      tokenLifetimeSeconds: AccessTokenValidity * seconds[TokenValidityUnits.AccessToken],
    };
  });
  return { id: pool.ref, issuer: pool.attributes['ProviderURL'] ?? '', clients };
}
