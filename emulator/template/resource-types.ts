import { arn, digest, physicalName, type Identify } from './identity.ts';

/** The resource types that the local cloud runs, with the answers of `Ref` and `Fn::GetAtt` as AWS documents them. */
const booted = {
  'AWS::DynamoDB::Table': (naming) => dynamoDbTable(naming),
  'AWS::DynamoDB::GlobalTable': (naming) => dynamoDbTable(naming),
  'AWS::S3::Bucket': (naming) => {
    // A bucket's name has lower-case letters only, and at most 63 characters.
    const ref = naming.own('BucketName') ?? physicalName(naming, 63).toLowerCase();
    const domain = `${ref}.s3.${naming.region}.amazonaws.com`;
    return {
      ref,
      attributes: { Arn: `arn:aws:s3:::${ref}`, DomainName: `${ref}.s3.amazonaws.com`, RegionalDomainName: domain },
    };
  },
  'AWS::S3::BucketPolicy': (naming) => ({ ref: naming.own('Bucket') ?? physicalName(naming), attributes: {} }),
  'AWS::GuardDuty::MalwareProtectionPlan': (naming) => {
    const ref = digest(physicalName(naming), 20);
    const Arn = arn(naming, 'guardduty', `malware-protection-plan/${ref}`);
    return { ref, attributes: { Arn, MalwareProtectionPlanId: ref, Status: 'ACTIVE' } };
  },
  'AWS::Lambda::Function': (naming) => {
    const ref = naming.own('FunctionName') ?? physicalName(naming);
    return { ref, attributes: { Arn: arn(naming, 'lambda', `function:${ref}`) } };
  },
  'AWS::Lambda::EventSourceMapping': (naming) => {
    const id = digest(physicalName(naming), 32);
    return {
      ref: id,
      attributes: { Id: id, EventSourceMappingArn: arn(naming, 'lambda', `event-source-mapping:${id}`) },
    };
  },
  'AWS::SQS::Queue': (naming) => {
    const QueueName = naming.own('QueueName') ?? physicalName(naming, 80);
    const QueueUrl = `${naming.awsEndpoint}/${naming.accountId}/${QueueName}`;
    return { ref: QueueUrl, attributes: { Arn: arn(naming, 'sqs', QueueName), QueueName, QueueUrl } };
  },
  'AWS::SES::EmailIdentity': (naming) => {
    const ref = naming.own('EmailIdentity') ?? physicalName(naming);
    const tokens = [1, 2, 3].map((number) => [number, digest(`${ref}${number}`, 32)] as const);
    return {
      ref,
      attributes: Object.fromEntries(
        tokens.flatMap(([number, token]) => [
          [`DkimDNSTokenName${number}`, `${token}._domainkey.${ref}`],
          [`DkimDNSTokenValue${number}`, `${token}.dkim.amazonses.com`],
        ]),
      ),
    };
  },
  'AWS::StepFunctions::StateMachine': (naming) => {
    const Name = naming.own('StateMachineName') ?? physicalName(naming, 80);
    const Arn = arn(naming, 'states', `stateMachine:${Name}`);
    return { ref: Arn, attributes: { Arn, Name } };
  },
  'AWS::IAM::Role': (naming) => iam(naming, 'RoleName', 'role'),
  'AWS::IAM::Policy': (naming) => ({ ref: naming.own('PolicyName') ?? physicalName(naming), attributes: {} }),
  'AWS::IAM::ManagedPolicy': (naming) => iam(naming, 'ManagedPolicyName', 'policy'),
  'AWS::ApiGatewayV2::Api': (naming) => {
    const ApiId = digest(physicalName(naming), 10);
    return { ref: ApiId, attributes: { ApiId, ApiEndpoint: naming.apiEndpoint } };
  },
  'AWS::ApiGatewayV2::Stage': (naming) => ({ ref: naming.own('StageName') ?? '$default', attributes: {} }),
  'AWS::ApiGatewayV2::Route': (naming) => {
    const RouteId = digest(physicalName(naming), 7);
    return { ref: RouteId, attributes: { RouteId } };
  },
  'AWS::ApiGatewayV2::Integration': (naming) => {
    const IntegrationId = digest(physicalName(naming), 7);
    return { ref: IntegrationId, attributes: { IntegrationId } };
  },
  'AWS::ApiGatewayV2::Authorizer': (naming) => {
    const AuthorizerId = digest(physicalName(naming), 6);
    return { ref: AuthorizerId, attributes: { AuthorizerId } };
  },
  'AWS::Events::Rule': (naming) => {
    const ref = naming.own('Name') ?? physicalName(naming);
    return { ref, attributes: { Arn: arn(naming, 'events', `rule/${ref}`) } };
  },
  'AWS::Lambda::EventInvokeConfig': (naming) => ({ ref: physicalName(naming), attributes: {} }),
  'AWS::Cognito::UserPool': (naming) => {
    const UserPoolId = `${naming.region}_${digest(physicalName(naming), 9)}`;
    const ProviderName = `cognito-idp.${naming.region}.amazonaws.com/${UserPoolId}`;
    const Arn = arn(naming, 'cognito-idp', `userpool/${UserPoolId}`);
    return { ref: UserPoolId, attributes: { UserPoolId, ProviderName, ProviderURL: `https://${ProviderName}`, Arn } };
  },
  // Of those that encrypt there is nothing but the name: data on this machine is not encrypted.
  'AWS::KMS::Key': withArn('kms', 'key/'),
  'AWS::Cognito::UserPoolClient': (naming) => {
    const ClientId = digest(physicalName(naming), 26);
    return { ref: ClientId, attributes: { ClientId, Name: naming.own('ClientName') ?? physicalName(naming) } };
  },
  'AWS::Cognito::UserPoolDomain': named('Domain'),
} as const satisfies Record<string, Identify>;

export type BootedType = keyof typeof booted;

/**
 * A resource type that promises something about AWS's machines, and the reason why nothing is lost when it does nothing
 * here.
 */
interface Inert {
  readonly reason: string;
  readonly identify: Identify;
}

const inert: Readonly<Record<string, Inert>> = {
  'AWS::CDK::Metadata': { reason: 'only tells AWS which constructs were used', identify: named('AnalyticsId') },
  'AWS::Lambda::Permission': {
    reason: 'nobody but what the template names can call a function here',
    identify: named('Id'),
  },
  'AWS::SQS::QueuePolicy': { reason: 'it insists on TLS, which loopback does not have', identify: named('Id') },
  'AWS::KMS::Alias': { reason: 'data on this machine is not encrypted', identify: named('AliasName') },
  'AWS::Logs::LogGroup': { reason: 'logs are files in the data directory', identify: logGroup },
  'AWS::Logs::ResourcePolicy': { reason: 'logs are files in the data directory', identify: named('PolicyName') },
  'AWS::Logs::MetricFilter': { reason: 'there are no metrics on this machine', identify: named('FilterName') },
  'AWS::Logs::QueryDefinition': { reason: 'logs are files in the data directory', identify: named('Name') },
  'AWS::CloudWatch::Alarm': {
    reason: 'there are no metrics on this machine',
    identify: withArn('cloudwatch', 'alarm:'),
  },
  'AWS::CloudWatch::CompositeAlarm': {
    reason: 'there are no metrics on this machine',
    identify: withArn('cloudwatch', 'alarm:'),
  },
  'AWS::CloudWatch::Dashboard': { reason: 'there are no metrics on this machine', identify: named('DashboardName') },
  'AWS::SNS::Topic': { reason: 'only alarms publish to it, and there are none here', identify: topic },
  'AWS::SNS::TopicPolicy': { reason: 'only alarms publish to it, and there are none here', identify: named('Id') },
  'AWS::SNS::Subscription': { reason: 'only alarms publish to it, and there are none here', identify: named('Id') },
  'AWS::XRay::SamplingRule': { reason: 'nothing is traced on this machine', identify: named('RuleName') },
  'AWS::Budgets::Budget': { reason: 'this machine sends no bill', identify: named('BudgetName') },
  'AWS::Cognito::UserPoolGroup': {
    reason: 'the local issuer puts the group of a unit into the token itself',
    identify: named('GroupName'),
  },
  'AWS::Cognito::UserPoolResourceServer': {
    reason: 'the local issuer reads the scopes from the clients',
    identify: named('Identifier'),
  },
  'AWS::Cognito::LogDeliveryConfiguration': { reason: 'logs are files in the data directory', identify: named('Id') },
  'AWS::Cognito::UserPoolRiskConfigurationAttachment': {
    reason: 'the local issuer has no users to protect',
    identify: named('Id'),
  },
};

export function isBooted(type: string): type is BootedType {
  return Object.hasOwn(booted, type);
}

/** Why a resource of this type may stay inert here; undefined for a type that is run, and for one that is not known. */
export function whyInert(type: string): string | undefined {
  return inert[type]?.reason;
}

/** How a resource of this type is named; undefined for a type that is not known. */
export function identifierOf(type: string): Identify | undefined {
  return isBooted(type) ? booted[type] : inert[type]?.identify;
}

function dynamoDbTable(naming: Parameters<Identify>[0]): ReturnType<Identify> {
  const ref = naming.own('TableName') ?? physicalName(naming);
  const Arn = arn(naming, 'dynamodb', `table/${ref}`);
  // The label is a time on AWS; the poller of the stream finds the real stream by the table's name.
  return { ref, attributes: { Arn, StreamArn: `${Arn}/stream/local`, TableId: digest(Arn, 32) } };
}

function named(property: string): Identify {
  return (naming) => ({ ref: naming.own(property) ?? physicalName(naming), attributes: {} });
}

function withArn(service: string, prefix: string): Identify {
  return (naming) => {
    const ref = physicalName(naming);
    return { ref, attributes: { Arn: arn(naming, service, `${prefix}${ref}`) } };
  };
}

/** IAM has no Region. */
function iam(naming: Parameters<Identify>[0], property: string, kind: string): ReturnType<Identify> {
  const ref = naming.own(property) ?? physicalName(naming);
  const Arn = `arn:aws:iam::${naming.accountId}:${kind}/${ref}`;
  return { ref, attributes: { Arn, RoleId: `AROA${digest(Arn, 17).toUpperCase()}` } };
}

function logGroup(naming: Parameters<Identify>[0]): ReturnType<Identify> {
  const ref = naming.own('LogGroupName') ?? physicalName(naming);
  return { ref, attributes: { Arn: arn(naming, 'logs', `log-group:${ref}:*`) } };
}

function topic(naming: Parameters<Identify>[0]): ReturnType<Identify> {
  const TopicName = naming.own('TopicName') ?? physicalName(naming);
  const ref = arn(naming, 'sns', TopicName);
  return { ref, attributes: { TopicArn: ref, TopicName } };
}
