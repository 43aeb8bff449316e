import type { Statement } from './statements.ts';

function allow(...actions: readonly string[]): readonly Statement[] {
  return [{ effect: 'Allow', actions: actions.map((action) => action.toLowerCase()), resources: ['*'] }];
}

/**
 * What AWS's own policies grant on the services that are here; nothing for those that grant logs, traces or networks.
 */
const managed: Readonly<Record<string, readonly Statement[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': [],
  'service-role/AWSLambdaVPCAccessExecutionRole': [],
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [],
  'AWSXRayDaemonWriteAccess': [],
  'CloudWatchLambdaInsightsExecutionRolePolicy': [],
  'service-role/AWSLambdaDynamoDBExecutionRole': allow(
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow(
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
  ),
  'AmazonDynamoDBFullAccess': allow('dynamodb:*'),
  'AmazonS3FullAccess': allow('s3:*'),
  'AmazonS3ReadOnlyAccess': allow('s3:Get*', 's3:List*'),
  'AmazonSESFullAccess': allow('ses:*'),
  'AmazonSNSFullAccess': allow('sns:*'),
  'AmazonSQSFullAccess': allow('sqs:*'),
  'AWSStepFunctionsFullAccess': allow('states:*'),
  'AdministratorAccess': allow('*'),
};

/**
 * The statements of a managed policy;
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 * @param arn `arn:aws:iam::aws:policy/<name>`
 * @throws an Error that names the policy, for one that is not known here
 */
export function managedStatements(arn: string): readonly Statement[] {
  const name = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? arn;
  const statements = Object.hasOwn(managed, name) ? managed[name] : undefined;
  if (statements === undefined)
    throw new Error(
      `the emulator does not know what the managed policy ${name} grants; it knows ${Object.keys(managed).join(', ')}`,
    );
  return statements;
}
