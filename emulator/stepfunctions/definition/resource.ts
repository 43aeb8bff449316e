import type { TaskResource } from './types.ts';

const lambdaArn = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[^:]+(:[^:]+)?$/u;
const integrationName =
  /^arn:aws[\w-]*:states:::(?<service>lambda|dynamodb|aws-sdk:dynamodb):(?<action>\w+)(?<wait>\.waitForTaskToken)?$/u;

/**
 * The optimised integration knows only these four.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html
 */
const optimisedDynamodb = new Set(['getItem', 'putItem', 'updateItem', 'deleteItem']);
/** The calls of the AWS SDK integration that a journey may need; every item call DynamoDB has, no table management. */
const sdkDynamodb = new Set([
  ...optimisedDynamodb,
  'query',
  'scan',
  'batchGetItem',
  'batchWriteItem',
  'transactGetItems',
  'transactWriteItems',
]);

/** Reads the `Resource` of a Task. A string is the reason why it is refused. */
export function readResource(resource: string): TaskResource | string {
  if (lambdaArn.test(resource)) return { kind: 'lambda-arn', arn: resource };
  const match = integrationName.exec(resource)?.groups;
  const service = match?.service;
  const action = match?.action;
  if (match === undefined || service === undefined || action === undefined)
    return `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available here`;
  const waitForToken = match.wait !== undefined;
  const known = { service, action: waitForToken ? `${action}.waitForTaskToken` : action, waitForToken };
  if (service === 'lambda' && action === 'invoke') return { kind: 'lambda-invoke', ...known };
  // AWS has no optimised DynamoDB integration that waits for a token; the AWS SDK integration has.
  if (service === 'dynamodb' && optimisedDynamodb.has(action) && !waitForToken) return { kind: 'dynamodb', ...known };
  if (service === 'aws-sdk:dynamodb' && sdkDynamodb.has(action)) return { kind: 'aws-sdk-dynamodb', ...known };
  return `The resource provided ${resource} is not recognized. The integration pattern or the action does not exist`;
}
