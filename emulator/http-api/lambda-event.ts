import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { HttpApiDefinition } from './api-definition.ts';
import type { Entry } from './jwt-authorizer.ts';
import type { Match } from './match-route.ts';

export interface EventParts {
  readonly api: HttpApiDefinition;
  readonly match: Match;
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly requestId: string;
  /** Virtual milliseconds. */
  readonly now: number;
  readonly entry: Entry | undefined;
}

/** The id that API Gateway gives a request and answers as `apigw-requestid`: 16 characters. */
export function newRequestId(): string {
  return randomBytes(11).toString('base64').replaceAll('+', 'A').replaceAll('/', 'B');
}

/**
 * The event of payload format 2.0:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function lambdaEvent({ api, match, request, body, requestId, now, entry }: EventParts): unknown {
  const { path, query } = targetOf(request);
  const { cookie, ...headers } = joinedHeaders(request);
  const rawPath = decodeURIComponent(path);
  const queryStringParameters = joinedQuery(query);
  const text = isText(headers['content-type']);
  const host = headers['host'] ?? '';
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: {
      ...headers,
      'x-forwarded-for': sourceOf(request),
      'x-forwarded-port': host.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...(Object.keys(queryStringParameters).length > 0 && { queryStringParameters }),
    ...(Object.keys(match.parameters).length > 0 && { pathParameters: match.parameters }),
    ...(api.stageVariables && { stageVariables: api.stageVariables }),
    requestContext: {
      accountId: api.accountId,
      apiId: api.apiId,
      ...(entry && { authorizer: { jwt: entry } }),
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: {
        method: request.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: sourceOf(request),
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: match.route.key,
      stage: api.stage,
      time: logTime(now),
      timeEpoch: Math.trunc(now),
    },
    ...(body.length > 0 && { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** The request's path as it came and its query without the question mark. */
export function targetOf(request: IncomingMessage): { readonly path: string; readonly query: string } {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** Names in lower case, several values of one header joined with commas. */
export function joinedHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [
      name,
      (values ?? []).join(name === 'cookie' ? '; ' : ','),
    ]),
  );
}

function joinedQuery(query: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query))
    joined.set(name, joined.has(name) ? `${joined.get(name)},${value}` : value);
  return Object.fromEntries(joined);
}

/**
 * What API Gateway hands on as text; everything else, a body without a type too, travels in base64. Observed, the
 * documentation does not list it.
 */
function isText(contentType = ''): boolean {
  return /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i.test(contentType);
}

function sourceOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? '127.0.0.1';
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000` */
export function logTime(now: number): string {
  const [year, month, day] = new Date(now).toISOString().split(/[-T]/);
  return `${day}/${months[Number(month) - 1]}/${year}:${new Date(now).toISOString().slice(11, 19)} +0000`;
}
