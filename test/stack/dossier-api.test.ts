import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { scopeOf } from '../../contract/roles.ts';
import { roles } from '../../domain/roles.ts';
import { documents } from '../../contract/documents.ts';
import type { Operation } from '../../contract/operation.ts';
import { functionOf, operations } from '../../contract/operations.ts';
import { functionsOf } from './functions.ts';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const functions = functionsOf(stack);
const authorizer = stack.the('DossierApi/HttpApi/Jwt');
const stage = stack.the('DossierApi/Stage');

const routeProperties = z.object({
  RouteKey: z.string(),
  Target: z.unknown(),
  AuthorizationType: z.string(),
  AuthorizationScopes: z.array(z.string()).optional(),
  AuthorizerId: z.unknown().optional(),
});
const integrationProperties = z.object({
  IntegrationUri: z.unknown(),
  IntegrationType: z.string(),
  PayloadFormatVersion: z.string(),
});

const mounted = stack.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => {
  const route = routeProperties.parse(properties);
  const integration = integrationProperties.parse(
    stack.the(stack.said(route.Target).replace('integrations/', '')).properties,
  );
  const { operation } = functions.find(({ resource }) => resource.name === stack.said(integration.IntegrationUri)) ?? {
    operation: 'nobody',
  };
  return { ...route, ...integration, operation };
});

/** The operations of the contract, and the pages that show it. */
const routes: readonly (Pick<Operation, 'method' | 'path' | 'doors'> & { readonly by: string })[] = [
  ...operations.map((operation) => ({ ...operation, by: functionOf(operation) })),
  ...documents.map(({ name, path }) => ({ by: name, path, method: 'GET', doors: 'open' }) as const),
];

describe('the routes', () => {
  it('the routes are those of the contract', () => {
    expect(mounted.map(({ RouteKey, operation }) => [RouteKey, operation])).toEqual([
      ...routes.map(({ method, path, by }) => [`${method} ${path}`, by]),
      ['$default', 'refuse-route'],
      ['OPTIONS /{proxy+}', 'refuse-route'],
    ]);
  });

  it('what no route takes knows all that do, and is open to everybody, with a rate of its own', () => {
    const { environment } = functions.find(({ operation }) => operation === 'refuse-route') ?? {};
    expect(environment?.['ROUTES']).toBe(routes.map(({ method, path }) => `${method} ${path}`).join(','));
    for (const key of ['$default', 'OPTIONS /{proxy+}']) {
      expect(mounted.find(({ RouteKey }) => RouteKey === key)).toMatchObject({ AuthorizationType: 'NONE' });
      expect(stage.properties).toMatchObject({ RouteSettings: { [key]: { ThrottlingRateLimit: 500 } } });
    }
  });

  it.each(mounted)(
    'the route $RouteKey hands its function payload 2.0',
    ({ IntegrationType, PayloadFormatVersion }) => {
      expect([IntegrationType, PayloadFormatVersion]).toEqual(['AWS_PROXY', '2.0']);
    },
  );

  describe.each(routes)('$method $path', ({ method, path, doors }) => {
    const route = mounted.find(({ RouteKey }) => RouteKey === `${method} ${path}`);

    it(`${method} ${path} is open to ${doors === 'open' ? 'everybody' : `a token of ${doors.join(' or ')}`}`, () => {
      expect(route).toMatchObject(
        doors === 'open'
          ? { AuthorizationType: 'NONE' }
          : { AuthorizationType: 'JWT', AuthorizerId: { Ref: authorizer.id }, AuthorizationScopes: doors.map(scopeOf) },
      );
    });

    it(`${method} ${path} ${doors === 'open' ? 'has half of the rate, which no caller exhausts' : 'has its share of the rate'}`, () => {
      const apart = z.object({ RouteSettings: z.record(z.string(), z.unknown()) }).parse(stage.properties)
        .RouteSettings[`${method} ${path}`];
      expect(apart).toEqual(doors === 'open' ? { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 } : undefined);
    });
  });

  it('a function is called by its own route or rule alone', () => {
    const permissions = stack.ofType('AWS::Lambda::Permission').map(({ properties }) => properties);
    const ofRules = permissions.filter(({ Principal }) => Principal === 'events.amazonaws.com');
    expect(ofRules.map(({ SourceArn }) => stack.said(SourceArn))).toEqual(
      stack.ofType('AWS::Events::Rule').map(({ name }) => name),
    );
    const ofRoutes = permissions.filter((permission) => !ofRules.includes(permission));
    expect(ofRoutes.length).toBe(routes.length + 2);
    for (const permission of ofRoutes)
      expect(permission).toMatchObject({
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: expect.anything(),
      });
  });
});

describe('the stage', () => {
  it('the stage is the only one, and serves what was deployed last', () => {
    expect(stack.ofType('AWS::ApiGatewayV2::Stage')).toEqual([stage]);
    expect(stage.properties).toMatchObject({ StageName: '$default', AutoDeploy: true });
    expect(stack.ofType('AWS::ApiGatewayV2::Api').map(({ properties }) => properties['ProtocolType'])).toEqual([
      'HTTP',
    ]);
  });

  it('the stage is throttled', () => {
    expect(stage.properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
    });
  });

  it('the stage comes after the routes that it throttles apart', () => {
    const open = stack
      .ofType('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => properties['AuthorizationType'] === 'NONE');
    expect(stage.dependsOn).toEqual(expect.arrayContaining(open.map(({ id }) => id)));
  });

  it('the stage keeps a log that names nobody: no address, no path with its codes, no subject', () => {
    const { Format } = z.object({ Format: z.string() }).parse(stage.properties['AccessLogSettings']);
    expect(Object.values(z.record(z.string(), z.string()).parse(JSON.parse(Format)))).toEqual([
      '$context.requestId',
      '$context.requestTimeEpoch',
      '$context.routeKey',
      '$context.status',
      '$context.authorizer.claims.client_id',
      '$context.authorizer.error',
      '$context.integrationStatus',
      '$context.integrationErrorMessage',
      '$context.responseLatency',
      '$context.responseLength',
    ]);
    expect(stack.the('DossierApi/AccessLog').properties['RetentionInDays']).toBe(180);
  });
});

describe('who may knock', () => {
  const pool = stack.the('Identities/UserPool');
  const clients = stack.ofType('AWS::Cognito::UserPoolClient');
  const clientOf = (role: string) => stack.the(`Identities/UserPool/${role}`).properties;

  it('the tokens are those of the user pool, made for one of the clients', () => {
    expect(authorizer.properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Issuer: { 'Fn::GetAtt': [pool.id, 'ProviderURL'] },
        Audience: clients.map(({ id }) => ({ Ref: id })),
      },
    });
  });

  it('the accounts of people are made by administrators, with long passwords and one-time codes', () => {
    expect(pool.properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          // A letter with a first password that lies about is worth nothing after a weekend.
          TemporaryPasswordValidityDays: 3,
        },
      },
      DeletionProtection: 'ACTIVE',
    });
    expect(pool.fate).toEqual(['RetainExceptOnCreate', 'Retain']);
  });

  it('every role is a scope and has a client that may ask for that scope alone', () => {
    const said = clients.map(({ properties }) =>
      z
        .object({ AllowedOAuthScopes: z.array(z.unknown()) })
        .parse(properties)
        .AllowedOAuthScopes.map((scope) => stack.said(scope)),
    );
    expect(said).toEqual(roles.map((role) => [`Identities/UserPool/Scopes/${role}`]));
    expect(stack.the('Identities/UserPool/Scopes').properties).toMatchObject({
      Identifier: 'dossier-post',
      Scopes: roles.map((role) => ({ ScopeName: role, ScopeDescription: expect.any(String) })),
    });
  });

  it('the accounts of people know a name whatever its capitals, and let nobody sign up or recover alone', () => {
    expect(stack.the('Identities/UserPool').properties).toMatchObject({
      UsernameConfiguration: { CaseSensitive: false },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
    });
  });

  it('the clients let a token live for an hour, and a sign-in for one shift', () => {
    const Lifetimes = z.object({
      AccessTokenValidity: z.literal(60),
      RefreshTokenValidity: z.literal(720).optional(),
      TokenValidityUnits: z.object({
        AccessToken: z.literal('minutes'),
        RefreshToken: z.literal('minutes').optional(),
      }),
    });
    for (const role of ['Portal', 'Clerk', 'Courier', 'Officer', 'Ops'])
      expect([role, Lifetimes.parse(clientOf(role)).RefreshTokenValidity]).toEqual([
        role,
        role === 'Portal' ? undefined : 720,
      ]);
  });

  it('the portal proves itself with a secret, people sign in without one', () => {
    expect(clientOf('Portal')).toMatchObject({ GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'] });
    for (const role of ['Clerk', 'Courier', 'Officer', 'Ops']) {
      expect(clientOf(role)).toMatchObject({
        GenerateSecret: false,
        AllowedOAuthFlows: ['code'],
        SupportedIdentityProviders: ['COGNITO'],
        CallbackURLs: ['dossierpost://signed-in'],
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
      });
    }
  });
});

describe('pages in a browser', () => {
  const web = new Synthesized(['https://dossiers.example.vn']);

  it('the pages in a browser are let in from nowhere by default', () => {
    expect(stack.the('DossierApi/HttpApi').properties).not.toHaveProperty('CorsConfiguration');
    expect(stack.the('Scans').properties).not.toHaveProperty('CorsConfiguration');
  });

  it('the pages in a browser call the API, upload scans and come back from signing in where the deployment says so', () => {
    expect(web.the('DossierApi/HttpApi').properties).toMatchObject({
      CorsConfiguration: {
        AllowOrigins: ['https://dossiers.example.vn'],
        AllowMethods: ['GET', 'POST', 'PATCH', 'DELETE'],
        AllowHeaders: ['authorization', 'content-type', 'if-none-match', 'idempotency-key', 'if-match'],
        ExposeHeaders: [
          'etag',
          'location',
          'idempotency-replayed',
          'link',
          'content-disposition',
          'retry-after',
          'apigw-requestid',
        ],
        // So that a page asks once an hour whether it may, and not before each request.
        MaxAge: 3600,
      },
    });
    expect(web.the('Scans').properties).toMatchObject({
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedOrigins: ['https://dossiers.example.vn'],
            AllowedMethods: ['POST', 'GET'],
            AllowedHeaders: ['*'],
            MaxAge: 3600,
          },
        ],
      },
    });
    expect(web.the('Identities/UserPool/Clerk').properties).toMatchObject({
      CallbackURLs: ['dossierpost://signed-in', 'https://dossiers.example.vn/signed-in'],
    });
  });
});
