import * as z from 'zod';
import { addressIn, identityOf } from '../ses/addresses.ts';
import { any, type IamRequest } from './evaluate.ts';

/** Whose tables, machines and queues these are. */
export interface Account {
  readonly region: string;
  readonly accountId: string;
  /** From which e-mail may be sent. */
  readonly emailIdentities?: readonly string[];
}

const Tabled = z.object({ TableName: z.string(), IndexName: z.string().optional() });
const Projected = z.object({
  Key: z.record(z.string(), z.unknown()),
  ProjectionExpression: z.string(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
});
const Requests = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), Tabled)) });
const States = z.object({ executionArn: z.string().optional(), stateMachineArn: z.string().optional() });
const Published = z.object({ PhoneNumber: z.string() });
const Mailed = z.object({ FromEmailAddress: z.string() });
const Queued = z.object({ QueueUrl: z.string() });

/**
 * What a call does, in IAM's terms; https://docs.aws.amazon.com/service-authorization/latest/reference/ has a page for
 * each service.
 * A call whose body does not say what it reaches is judged as reaching everything; the service will refuse it anyway.
 * @param target the X-Amz-Target, or what stands for it: `SNS.Publish`, `SES.SendEmail`
 */
export function iamRequestsOf(target: string, body: unknown, account: Account): readonly IamRequest[] {
  const [prefix = '', operation = ''] = target.split('.');
  switch (prefix) {
    case 'DynamoDB_20120810':
      return dynamoDbDeeds(operation, body, account);
    case 'DynamoDBStreams_20120810':
      return [
        {
          action: `dynamodb:${operation}`,
          resource: z.object({ StreamArn: z.string() }).safeParse(body).data?.StreamArn ?? any,
        },
      ];
    case 'AWSStepFunctions':
      return [statesDeed(operation, body)];
    case 'AmazonSQS': {
      const url = Queued.safeParse(body).data?.QueueUrl;
      return [
        {
          action: `sqs:${operation}`,
          resource:
            url === undefined ? '*' : `arn:aws:sqs:${account.region}:${account.accountId}:${url.split('/').at(-1)}`,
        },
      ];
    }
    case 'SNS':
      // A telephone has no ARN: its number is the resource, so that only a grant on all reaches it.
      return [{ action: `SNS:${operation}`, resource: Published.safeParse(body).data?.PhoneNumber ?? '*' }];
    case 'SES':
      return [{ action: `ses:${operation}`, resource: senderArn(body, account) }];
    case 'TrentService':
      return [
        { action: `kms:${operation}`, resource: z.object({ KeyId: z.string() }).safeParse(body).data?.KeyId ?? '*' },
      ];
    default:
      return [{ action: target, resource: '*' }];
  }
}

/** The parts of a transaction are judged one by one, each by the action it would be alone. */
const transactionActions = new Map([
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['Get', 'GetItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
]);

function dynamoDbDeeds(operation: string, body: unknown, account: Account): readonly IamRequest[] {
  const transaction = Transaction.safeParse(body);
  if (operation.startsWith('Transact') && transaction.success) {
    return transaction.data.TransactItems.flatMap((item) =>
      Object.entries(item).map(([kind, { TableName }]) => ({
        action: `dynamodb:${transactionActions.get(kind) ?? kind}`,
        resource: tableArn(TableName, account),
      })),
    );
  }
  const requests = Requests.safeParse(body);
  if (operation.startsWith('Batch') && requests.success) {
    return Object.keys(requests.data.RequestItems).map((name) => ({
      action: `dynamodb:${operation}`,
      resource: tableArn(name, account),
    }));
  }
  const tabled = Tabled.safeParse(body);
  if (!tabled.success) return [{ action: `dynamodb:${operation}`, resource: '*' }];
  const { TableName, IndexName } = tabled.data;
  const table = tableArn(TableName, account);
  const resource = IndexName === undefined ? table : `${table}/index/${IndexName}`;
  return [{ action: `dynamodb:${operation}`, resource, ...attributesIn(operation, body) }];
}

/** What a read asks for of an item: its key, and the first part of every path. */
function attributesIn(operation: string, body: unknown): Pick<IamRequest, 'attributes'> {
  const { data } = Projected.safeParse(body);
  if (operation !== 'GetItem' || data === undefined) return {};
  const named = data.ProjectionExpression.split(',').map((path) => path.trim().split(/[.[]/)[0] ?? '');
  return {
    attributes: [...Object.keys(data.Key), ...named.map((name) => data.ExpressionAttributeNames[name] ?? name)],
  };
}

/** A table may be named by its ARN, too. */
function tableArn(name: string, { region, accountId }: Account): string {
  return name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
}

/** The answer to a task names no machine, only a token. */
function statesDeed(operation: string, body: unknown): IamRequest {
  const { executionArn, stateMachineArn } = States.safeParse(body).data ?? {};
  const unnamed = operation.startsWith('SendTask') ? any : '*';
  return { action: `states:${operation}`, resource: executionArn ?? stateMachineArn ?? unnamed };
}

/** The identity that would send; the address itself where there is none. */
function senderArn(body: unknown, { region, accountId, emailIdentities = [] }: Account): string {
  const from = Mailed.safeParse(body).data?.FromEmailAddress;
  return from === undefined
    ? '*'
    : `arn:aws:ses:${region}:${accountId}:identity/${identityOf(from, emailIdentities) ?? addressIn(from)}`;
}
