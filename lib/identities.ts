import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClientIdentityProvider,
  type UserPoolClient,
  type UserPoolDomain,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { resourceServer } from '../contract/roles.ts';
import { roles, type Role } from '../domain/roles.ts';

/** Where the sign-in page hands its answer to the couriers' app; PKCE makes the answer useless to any other app. */
const appCallback = 'dossierpost://signed-in';

export interface IdentitiesProps extends Pick<Deployment, 'stackName' | 'protected'> {
  readonly webOrigins: readonly string[];
}

/**
 * Who may knock: accounts made by administrators, one scope and one client for each role. An administrator also puts
 * each
 * person into the groups `<role>:<unit>`; nobody speaks for a unit without one.
 */
export class Identities extends Construct {
  readonly userPool: UserPool;
  readonly domain: UserPoolDomain;
  readonly clients: Readonly<Record<Role, UserPoolClient>>;

  constructor(scope: Construct, id: string, { webOrigins, stackName, protected: isProtected }: IdentitiesProps) {
    super(scope, id);
    this.userPool = staffPool(this, isProtected);
    // The sign-in page and the token endpoint. The prefix must be unique in the Region, so it carries the account's
    // number.
    this.domain = this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${stackName.toLowerCase()}-${Aws.ACCOUNT_ID}` },
    });
    const scopes = this.userPool.addResourceServer('Scopes', {
      identifier: resourceServer,
      scopes: roles.map((role) => new ResourceServerScope({ scopeName: role, scopeDescription: `Speaks as ${role}` })),
    });

    const person = (role: Role): UserPoolClient => personClient(this.userPool, scopes, role, webOrigins);
    this.clients = {
      portal: systemClient(this.userPool, scopes, 'portal'),
      clerk: person('clerk'),
      courier: person('courier'),
      officer: person('officer'),
      supervisor: person('supervisor'),
      ops: person('ops'),
    };
  }
}

function staffPool(scope: Construct, deletionProtection: boolean): UserPool {
  const pool = new UserPool(scope, 'UserPool', {
    selfSignUpEnabled: false,
    signInAliases: { username: true },
    signInCaseSensitive: false,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { sms: false, otp: true },
    // An account belongs to a post office or an agency: its administrator resets it.
    accountRecovery: AccountRecovery.NONE,
    deletionProtection,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  Validations.of(pool).acknowledge({
    id: 'AwsSolutions-COG8',
    reason:
      'The Plus tier guards pools that anybody can join, at a price per user and month; here administrators make every account and each sign-in needs a one-time code.',
  });
  return pool;
}

/** What a role's client is called in the stack and its outputs, e.g. `Clerk`. */
export function clientName(role: Role): string {
  return `${role[0]?.toUpperCase()}${role.slice(1)}`;
}

function scopeIn(scopes: UserPoolResourceServer, role: Role): OAuthScope {
  return OAuthScope.resourceServer(
    scopes,
    new ResourceServerScope({ scopeName: role, scopeDescription: `Speaks as ${role}` }),
  );
}

/** A system proves itself with a secret that Cognito makes and keeps; nobody signs in. */
function systemClient(pool: UserPool, scopes: UserPoolResourceServer, role: Role): UserPoolClient {
  return pool.addClient(clientName(role), {
    generateSecret: true,
    oAuth: { flows: { clientCredentials: true }, scopes: [scopeIn(scopes, role)] },
    accessTokenValidity: Duration.hours(1),
  });
}

/** A person signs in on Cognito's page; the client is public and holds no secret. */
function personClient(
  pool: UserPool,
  scopes: UserPoolResourceServer,
  role: Role,
  webOrigins: readonly string[],
): UserPoolClient {
  return pool.addClient(clientName(role), {
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [scopeIn(scopes, role)],
      callbackUrls: [appCallback, ...webOrigins.map((origin) => `${origin}/signed-in`)],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    // One shift: a phone that was lost yesterday must not work today.
    refreshTokenValidity: Duration.hours(12),
  });
}
