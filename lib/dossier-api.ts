import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
  type CorsPreflightOptions,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { scopeOf } from '../contract/roles.ts';
import { answerHeaders } from '../contract/answer-headers.ts';
import { requestHeaders } from '../contract/headers.ts';
import { documents } from '../contract/documents.ts';
import { functionOf, operations } from '../contract/operations.ts';
import { gateway } from '../domain/limits.ts';
import type { Identities } from './identities.ts';
import type { AnsweringName } from './operations.ts';

export interface DossierApiProps {
  readonly functions: Readonly<Record<AnsweringName, IFunction>>;
  readonly identities: Identities;
  readonly webOrigins: readonly string[];
}

/** One route for each entry of the contract. Behind a door, a token must carry the scope of any one of its roles. */
export class DossierApi extends Construct {
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string, { functions, identities, webOrigins }: DossierApiProps) {
    super(scope, id);
    const api = new HttpApi(this, 'HttpApi', {
      description: `The journeys of the dossiers (${Stack.of(this).stackName})`,
      createDefaultStage: false,
      ...(webOrigins.length === 0 ? {} : { corsPreflight: pagesFrom(webOrigins) }),
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: gateway,
      accessLogSettings: { destination: new LogGroupLogDestination(accessLog(this)), format: namingNobody },
    });

    const everybody = new HttpNoneAuthorizer();
    const tokenBearers = new HttpJwtAuthorizer('Jwt', identities.userPool.userPoolProviderUrl, {
      jwtAudience: Object.values(identities.clients).map((client) => client.userPoolClientId),
    });
    const pages = documents.map(({ name, path }) => ({ name, by: name, path, method: 'GET', doors: 'open' }) as const);
    const answered = operations.map((operation) => ({ ...operation, by: functionOf(operation) }));
    for (const { name, by, method, path, doors } of [...answered, ...pages]) {
      const mounted = api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration: new HttpLambdaIntegration(name, functions[by]),
        ...(doors === 'open'
          ? { authorizer: everybody }
          : { authorizer: tokenBearers, authorizationScopes: doors.map(scopeOf) }),
      });
      if (doors === 'open') for (const route of mounted) leaveOpen(route, this.stage, `${method} ${path}`);
    }
    // What no route takes. What a browser asks before it calls is apart, so that no flood of guesses stands before it.
    const integration = new HttpLambdaIntegration('refuse-route', functions['refuse-route']);
    const others = [HttpRouteKey.DEFAULT, HttpRouteKey.with('/{proxy+}', HttpMethod.OPTIONS)];
    for (const [index, routeKey] of others.entries()) {
      const route = new HttpRoute(this, `Other${index}`, {
        httpApi: api,
        routeKey,
        integration,
        authorizer: everybody,
      });
      leaveOpen(route, this.stage, routeKey.key);
    }
  }
}

/** Half of it: what an address sends too much is refused by the function, from memory. */
const openThrottle = { ThrottlingRateLimit: gateway.rateLimit / 2, ThrottlingBurstLimit: gateway.burstLimit / 2 };

/** Anybody may call. */
function leaveOpen(route: Construct, stage: HttpStage, routeKey: string): void {
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: `${routeKey} is open by contract: it tells the stage of a dossier to whoever holds its tracking code, that the system is up, what the contract is, or that nothing is there, and names nobody. It is throttled apart.`,
  });
  const settings = stage.node.defaultChild;
  if (!(settings instanceof CfnStage)) throw new Error('the HTTP API’s stage has no settings');
  // A dot in a path is none of the override's own.
  settings.addPropertyOverride(`RouteSettings.${routeKey.replaceAll('.', '\\.')}`, openThrottle);
  // A stage cannot have settings for a route that is not there yet.
  stage.node.addDependency(route);
}

function pagesFrom(webOrigins: readonly string[]): CorsPreflightOptions {
  return {
    allowOrigins: [...webOrigins],
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PATCH, CorsHttpMethod.DELETE],
    allowHeaders: [
      'authorization',
      'content-type',
      'if-none-match',
      ...requestHeaders.map(([, name]) => name.toLowerCase()),
    ],
    exposeHeaders: Object.keys(answerHeaders).map((name) => name.toLowerCase()),
    maxAge: Duration.hours(1),
  };
}

function accessLog(scope: Construct): LogGroup {
  return new LogGroup(scope, 'AccessLog', {
    // Under this prefix the logs of many stacks share one resource policy, which has room for few others.
    logGroupName: `/aws/vendedlogs/apigateway/${Stack.of(scope).stackName}-access`,
    retention: RetentionDays.SIX_MONTHS,
    // Its name is fixed: kept behind, it would stand in the way of the next stack of this name.
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/**
 * The route and not the path, which holds tracking codes; the client and not the person; no network address.
 * With the request's id, the function's log tells the rest.
 */
const namingNobody = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    time: AccessLogField.contextRequestTimeEpoch(),
    routeKey: AccessLogField.contextRouteKey(),
    status: AccessLogField.contextStatus(),
    clientId: AccessLogField.contextAuthorizer('claims.client_id'),
    authorizerError: AccessLogField.contextAuthorizerError(),
    integrationStatus: AccessLogField.contextIntegrationStatus(),
    integrationError: AccessLogField.contextIntegrationErrorMessage(),
    latency: AccessLogField.contextResponseLatency(),
    responseLength: AccessLogField.contextResponseLength(),
  }),
);
