import { randomUUID } from 'node:crypto';
import { isObject, parseJson, type Json } from '../json.ts';
import type { TaskOutcome } from '../run.ts';
import { dynamoDbMetadata } from './metadata.ts';

/** One AWS JSON 1.0 call of DynamoDB. */
export type DynamoDb = (operation: string, body: unknown) => Promise<{ status: number; body: unknown }>;

/** The two integrations answer the same calls and name errors differently, as recorded from AWS. */
type Integration = 'dynamodb' | 'aws-sdk-dynamodb';

/**
 * `now` in epoch milliseconds. https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html and
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
export async function callDynamoDb(
  call: DynamoDb,
  integration: Integration,
  action: string,
  parameters: Json,
  now: number,
): Promise<TaskOutcome> {
  const requestId = randomUUID();
  try {
    const answer = await call(`${action.charAt(0).toUpperCase()}${action.slice(1)}`, parameters);
    const body = asJson(answer.body);
    if (answer.status >= 400) return failureOf(integration, answer.status, body, requestId);
    if (integration === 'aws-sdk-dynamodb') return { output: body };
    const added = dynamoDbMetadata(action, { requestId, body: JSON.stringify(body), at: now });
    return { output: isObject(body) ? { ...body, ...added } : added };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { error: `${prefix[integration]}.SdkClientException`, cause };
  }
}

const prefix = { 'dynamodb': 'DynamoDB', 'aws-sdk-dynamodb': 'DynamoDb' } as const;

/** Errors that the SDK has no class for: they carry the service's own name. */
const withoutClass = new Set(['ValidationException', 'AccessDeniedException', 'SerializationException']);

function failureOf(integration: Integration, status: number, body: Json, requestId: string): TaskOutcome {
  const type = isObject(body) && typeof body['__type'] === 'string' ? body['__type'] : '';
  const name = type === '' ? 'InternalServerError' : type.slice(type.lastIndexOf('#') + 1);
  const told = isObject(body) ? (body['message'] ?? body['Message']) : undefined;
  const message = typeof told === 'string' ? told : name;
  if (integration === 'dynamodb') {
    return {
      error: `DynamoDB.${withoutClass.has(name) ? 'AmazonDynamoDBException' : name}`,
      cause: `${message} (Service: AmazonDynamoDBv2; Status Code: ${status}; Error Code: ${name}; Request ID: ${requestId}; Proxy: null)`,
    };
  }
  return {
    error: `DynamoDb.${withoutClass.has(name) ? 'DynamoDbException' : classOf(name)}`,
    cause: `${message} (Service: DynamoDb, Status Code: ${status}, Request ID: ${requestId})`,
  };
}

/** The SDK's classes all end alike: `InternalServerError` is an `InternalServerErrorException` there. */
function classOf(name: string): string {
  return name.endsWith('Exception') ? name : `${name}Exception`;
}

/** The answer crosses a border: only what JSON can say is taken. */
function asJson(value: unknown): Json {
  return value === undefined ? {} : parseJson(JSON.stringify(value));
}
