import type { HttpAnswer } from '../../../adapters/http/endpoint.ts';
import * as z from 'zod';

export const clerkClaims: Readonly<Record<string, unknown>> = {
  'token_use': 'access',
  'scope': 'dossier-post/clerk',
  'cognito:groups': '[clerk:PO-BACKAN]',
  'sub': 'somebody',
  'client_id': 'app',
};

export interface Sent {
  readonly body?: string | undefined;
  readonly base64?: boolean;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly from?: string;
  readonly path?: Readonly<Record<string, string>>;
  /** As it came, without the question mark. */
  readonly query?: string;
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/** An event as API Gateway sends it (payload format 2.0). */
export function httpEventOf(sent: Sent): unknown {
  return {
    version: '2.0',
    routeKey: 'POST /v1/dossiers',
    rawPath: '/v1/dossiers',
    rawQueryString: sent.query ?? '',
    ...(sent.query === undefined ? {} : { queryStringParameters: Object.fromEntries(new URLSearchParams(sent.query)) }),
    headers: { 'content-type': 'application/json', 'idempotency-key': 'test-key-0001', ...sent.headers },
    ...(sent.path ? { pathParameters: sent.path } : {}),
    ...(sent.body === undefined ? {} : { body: sent.body }),
    isBase64Encoded: sent.base64 ?? false,
    requestContext: {
      requestId: 'request-1',
      routeKey: 'POST /v1/dossiers',
      http: { method: 'POST', path: '/v1/dossiers', sourceIp: sent.from ?? '203.0.113.7' },
      ...('claims' in sent && sent.claims === undefined
        ? {}
        : { authorizer: { jwt: { claims: sent.claims ?? clerkClaims, scopes: ['dossier-post/clerk'] } } }),
    },
  };
}

const context = {
  functionName: 'test',
  awsRequestId: 'request-1',
  callbackWaitsForEmptyEventLoop: false,
  functionVersion: '1',
  invokedFunctionArn: 'arn',
  memoryLimitInMB: '128',
  logGroupName: 'g',
  logStreamName: 's',
  getRemainingTimeInMillis: () => 15_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
export type Context = typeof context;

/** Calls a handler as Lambda does. */
export async function call(
  handler: (event: unknown, context: Context) => unknown,
  event: unknown,
): Promise<HttpAnswer> {
  return httpAnswer.parse(await handler(event, context));
}

const httpAnswer = z.object({ statusCode: z.int(), headers: z.record(z.string(), z.string()), body: z.string() });

const problem = z.looseObject({
  code: z.string(),
  errors: z.array(z.looseObject({ pointer: z.string() })).default([]),
});
/** A refusal in short: status, code, pointers. */
export function refusalOf({ statusCode, headers, body }: HttpAnswer): readonly unknown[] {
  if (headers['content-type'] !== 'application/problem+json; charset=utf-8') return [statusCode];
  const { code, errors } = problem.parse(JSON.parse(body));
  return [statusCode, code, ...errors.map(({ pointer }) => pointer)];
}
