import * as z from 'zod';
import { cannotRun, TemplateProblem } from '../template/problem.ts';
import type { Resource, Stack } from '../template/read-stack.ts';

export interface UserPool {
  readonly id: string;
  /** `https://cognito-idp.<region>.amazonaws.com/<id>`: the `iss` of its tokens. */
  readonly issuer: string;
  readonly clients: readonly UserPoolClient[];
  /** Cognito serves its pages and its OAuth endpoints for a pool that has one. */
  readonly hasDomain: boolean;
}

export interface UserPoolClient {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** `code`, `implicit`, `client_credentials`; none where the client may not use OAuth. */
  readonly flows: readonly string[];
  readonly hasSecret: boolean;
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly mayRevoke: boolean;
  readonly lifetimeSeconds: { readonly access: number; readonly id: number; readonly refresh: number };
}

const unitSeconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
const Unit = z.enum(['seconds', 'minutes', 'hours', 'days']);
const Flag = z.union([z.boolean(), z.stringbool()]);

/**
 * With the defaults of CloudFormation: an hour for access and id tokens, 30 days for refresh tokens, and revocation on.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cognito-userpoolclient.html
 */
const Client = z.object({
  AllowedOAuthFlowsUserPoolClient: Flag.default(false),
  AllowedOAuthScopes: z.array(z.string()).default([]),
  AllowedOAuthFlows: z.array(z.string()).default([]),
  GenerateSecret: Flag.default(false),
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
  EnableTokenRevocation: Flag.default(true),
  AccessTokenValidity: z.coerce.number().positive().default(1),
  IdTokenValidity: z.coerce.number().positive().default(1),
  RefreshTokenValidity: z.coerce.number().positive().default(30),
  TokenValidityUnits: z
    .object({ AccessToken: Unit.default('hours'), IdToken: Unit.default('hours'), RefreshToken: Unit.default('days') })
    .default({ AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' }),
  RefreshTokenRotation: z.object({ Feature: z.string() }).optional(),
});

/**
 * The one Cognito user pool of a stack with its clients; undefined where there is none.
 * @throws TemplateProblem when there are several, or for a client that cannot be stood in for
 */
export function userPoolOf(stack: Stack): UserPool | undefined {
  const [pool, ...more] = stack.ofType('AWS::Cognito::UserPool');
  if (pool === undefined) return undefined;
  if (more.length > 0)
    throw new TemplateProblem(
      `${stack.templateFile} has ${more.length + 1} Cognito user pools; the local issuer stands in for one.`,
    );
  return {
    id: pool.ref,
    issuer: pool.attributes['ProviderURL'] ?? '',
    clients: stack.ofType('AWS::Cognito::UserPoolClient').map((client) => clientOf(client, stack.templateFile)),
    hasDomain: stack.ofType('AWS::Cognito::UserPoolDomain').length > 0,
  };
}

function clientOf(resource: Resource, templateFile: string): UserPoolClient {
  const given = Client.parse(resource.properties);
  const refuse = (words: string) => cannotRun(resource, templateFile, new TemplateProblem(words));
  if (given.RefreshTokenRotation?.Feature === 'ENABLED') throw refuse('the local issuer rotates no refresh tokens');
  if (given.AllowedOAuthFlows.includes('client_credentials') && !given.GenerateSecret)
    throw refuse('a client with client_credentials must have GenerateSecret, as on AWS');
  const units = given.TokenValidityUnits;
  return {
    id: resource.ref,
    name: resource.attributes['Name'] ?? resource.ref,
    scopes: given.AllowedOAuthScopes,
    flows: given.AllowedOAuthFlowsUserPoolClient ? given.AllowedOAuthFlows : [],
    hasSecret: given.GenerateSecret,
    callbackUrls: given.CallbackURLs,
    logoutUrls: given.LogoutURLs,
    mayRevoke: given.EnableTokenRevocation,
    lifetimeSeconds: {
      access: given.AccessTokenValidity * unitSeconds[units.AccessToken],
      id: given.IdTokenValidity * unitSeconds[units.IdToken],
      refresh: given.RefreshTokenValidity * unitSeconds[units.RefreshToken],
    },
  };
}

/** Whether a client is a system that proves itself with a secret, and nobody signs in. */
export function isSystem({ flows }: UserPoolClient): boolean {
  return flows.includes('client_credentials');
}
