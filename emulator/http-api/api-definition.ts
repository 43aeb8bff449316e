import * as z from 'zod';
import { cannotRun, TemplateProblem } from '../template/problem.ts';
import type { Resource, Stack } from '../template/read-stack.ts';

/** Requests a second, and how many may come at once. */
export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** What a token must prove before a route opens. */
export interface JwtAuthorizer {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Any one of these; empty when every valid token will do. */
  readonly scopes: readonly string[];
  /** `$request.header.<name>` or `$request.querystring.<name>`. */
  readonly identitySource: string;
}

export interface Route {
  /** `GET /v1/dossiers/{dossierId}` or `$default` */
  readonly key: string;
  readonly method: string;
  /** The path's parts; undefined for `$default`, which takes what is left over. */
  readonly segments: readonly string[] | undefined;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly authorizer: JwtAuthorizer | undefined;
  readonly throttle: Throttle | undefined;
}

export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAge: number | undefined;
  readonly credentials: boolean;
}

export interface HttpApiDefinition {
  readonly apiId: string;
  readonly accountId: string;
  /** `$default`, or the name that stands before every path. */
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  readonly routes: readonly Route[];
  readonly cors: Cors | undefined;
  /** With `$context` variables; undefined when the stage keeps no access log. */
  readonly accessLogFormat: string | undefined;
}

const Api = z.object({
  ProtocolType: z.literal('HTTP', 'only HTTP APIs run here'),
  Body: z.never('routes must be resources of their own').optional(),
  CorsConfiguration: z
    .object({
      AllowOrigins: z.array(z.string()).default([]),
      AllowMethods: z.array(z.string()).default([]),
      AllowHeaders: z.array(z.string()).default([]),
      ExposeHeaders: z.array(z.string()).default([]),
      MaxAge: z.coerce.number().optional(),
      AllowCredentials: z.coerce.boolean().default(false),
    })
    .optional(),
});

const Limits = z.object({
  ThrottlingRateLimit: z.coerce.number().optional(),
  ThrottlingBurstLimit: z.coerce.number().optional(),
});
const Stage = z.object({
  StageName: z.string().default('$default'),
  StageVariables: z.record(z.string(), z.string()).optional(),
  AccessLogSettings: z.object({ Format: z.string() }).optional(),
  DefaultRouteSettings: Limits.default({}),
  RouteSettings: z.record(z.string(), Limits).default({}),
});

/**
 * Thirty seconds are the longest that an HTTP API waits:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const Integration = z.object({
  IntegrationType: z.literal('AWS_PROXY', 'only Lambda integrations run here'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 runs here'),
  TimeoutInMillis: z.coerce.number().max(30_000).default(30_000),
});

const Authorizer = z.object({
  AuthorizerType: z.literal('JWT', 'only JWT authorizers run here'),
  IdentitySource: z.array(z.string()).length(1),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()).min(1) }),
});

const RouteProperties = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizationScopes: z.array(z.string()).default([]),
  AuthorizerId: z.string().optional(),
});

/**
 * The one HTTP API of a stack; undefined where there is none.
 * @throws TemplateProblem naming the resource that asks for something that does not run here
 */
export function httpApiOf(stack: Stack): HttpApiDefinition | undefined {
  if (stack.ofType('AWS::ApiGatewayV2::Api').length === 0) return undefined;
  const api = onlyOne(stack, 'AWS::ApiGatewayV2::Api');
  const stage = read(stack, onlyOne(stack, 'AWS::ApiGatewayV2::Stage'), Stage);
  const { CorsConfiguration } = read(stack, api, Api);
  const integrations = new Map(
    stack.ofType('AWS::ApiGatewayV2::Integration').map((one) => [one.ref, read(stack, one, Integration)]),
  );
  const authorizers = new Map(
    stack.ofType('AWS::ApiGatewayV2::Authorizer').map((one) => [one.ref, read(stack, one, Authorizer)]),
  );

  function routeOf(resource: Resource): Route {
    const {
      RouteKey: key,
      Target,
      AuthorizationType,
      AuthorizationScopes: scopes,
      AuthorizerId = '',
    } = read(stack, resource, RouteProperties);
    const integration = integrations.get(Target.replace('integrations/', ''));
    const authorizer = authorizers.get(AuthorizerId);
    if (integration === undefined || (AuthorizationType === 'JWT' && authorizer === undefined)) {
      throw cannotRun(resource, stack.templateFile, 'its integration or its authorizer is missing');
    }
    const [method = '', path] = key.split(' ');
    return {
      key,
      method,
      segments: path?.split('/').slice(1),
      functionArn: functionArnIn(integration.IntegrationUri),
      timeoutMs: integration.TimeoutInMillis,
      authorizer: authorizer && {
        issuer: authorizer.JwtConfiguration.Issuer,
        audience: authorizer.JwtConfiguration.Audience,
        scopes,
        identitySource: authorizer.IdentitySource[0] ?? '',
      },
      throttle: throttleOf({ ...stage.DefaultRouteSettings, ...stage.RouteSettings[key] }),
    };
  }

  return {
    apiId: api.ref,
    accountId: stack.accountId,
    stage: stage.StageName,
    stageVariables: stage.StageVariables,
    routes: stack.ofType('AWS::ApiGatewayV2::Route').map(routeOf),
    cors: CorsConfiguration && corsOf(CorsConfiguration),
    accessLogFormat: stage.AccessLogSettings?.Format,
  };
}

function onlyOne(stack: Stack, type: 'AWS::ApiGatewayV2::Api' | 'AWS::ApiGatewayV2::Stage'): Resource {
  const [resource, ...more] = stack.ofType(type);
  if (resource === undefined || more.length > 0)
    throw new TemplateProblem(
      `${stack.templateFile} has ${more.length + (resource ? 1 : 0)} resources of type ${type}; the local cloud runs exactly one.`,
    );
  return resource;
}

function read<T>(stack: Stack, resource: Resource, schema: z.ZodType<T>): T {
  const result = schema.safeParse(resource.properties);
  if (!result.success) throw cannotRun(resource, stack.templateFile, result.error);
  return result.data;
}

/** The function's own ARN, or the long form `arn:...:lambda:path/2015-03-31/functions/<arn>/invocations`. */
function functionArnIn(uri: string): string {
  return /functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

function throttleOf({
  ThrottlingRateLimit: rateLimit,
  ThrottlingBurstLimit: burstLimit,
}: z.infer<typeof Limits>): Throttle | undefined {
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}

function corsOf(given: NonNullable<z.infer<typeof Api>['CorsConfiguration']>): Cors {
  return {
    origins: given.AllowOrigins,
    methods: given.AllowMethods,
    headers: given.AllowHeaders,
    exposed: given.ExposeHeaders,
    maxAge: given.MaxAge,
    credentials: given.AllowCredentials,
  };
}
