import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { ServiceException, type LambdaInvoker } from '../lambda/invoker.ts';
import { startLocalServer, type LocalServer } from '../local-server/local-server.ts';
import { accessLogLine, type Facts } from './access-log.ts';
import type { HttpApiDefinition, Route } from './api-definition.ts';
import { isAllowed, isPreflight, preflightAnswer, withCors } from './cors.ts';
import { authorize, type Entry, type KeyOf } from './jwt-authorizer.ts';
import { gatewayAnswer, httpAnswer, internalServerError, type HttpAnswer } from './lambda-answer.ts';
import { joinedHeaders, lambdaEvent, logTime, newRequestId, targetOf } from './lambda-event.ts';
import { matchRoute, type Match } from './match-route.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

export interface HttpApiOptions {
  readonly definition: HttpApiDefinition;
  readonly lambda: LambdaInvoker;
  readonly keyOf: KeyOf;
  readonly clock: Pick<Clock, 'now'>;
  /** 0 takes any free one. */
  readonly port: number;
  /** Told of unexpected errors: an error in here, not of a function. */
  readonly log?: (line: string) => void;
  /** Takes each line of the access log. */
  readonly accessLog?: (line: string) => void;
}

/** Quotas of HTTP APIs: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const longestBodyBytes = 10 * 1024 * 1024;
const longestHeadBytes = 10_240;

/**
 * API Gateway's HTTP API in front of the local functions.
 * @throws the system's error, `code: 'EADDRINUSE'`, when the port is taken
 */
export async function startHttpApi({
  definition,
  lambda,
  keyOf,
  clock,
  port,
  log = () => {},
  accessLog = () => {},
}: HttpApiOptions): Promise<LocalServer> {
  const buckets = new Map<Route, TokenBucket>();
  for (const route of definition.routes) if (route.throttle) buckets.set(route, createTokenBucket(route.throttle));

  async function answer(request: IncomingMessage, requestId: string, facts: Facts): Promise<HttpAnswer> {
    const { origin } = request.headers;
    const { cors } = definition;
    if (cors === undefined || origin === undefined || !isPreflight(request))
      return withCors(await routed(request, requestId, facts), cors, origin);
    const asked = preflightAnswer(cors, origin);
    // A route that takes OPTIONS takes this one, too, and its function's answer counts; the headers are the API's.
    if (!takesOptions(request)) return asked;
    const said = withCors(await routed(request, requestId, facts), cors, origin);
    return { ...said, headers: { ...said.headers, ...asked.headers } };
  }

  function takesOptions(request: IncomingMessage): boolean {
    const path = pathInStage(definition.stage, targetOf(request).path);
    return isDecodable(path) && matchRoute(definition.routes, 'OPTIONS', path) !== undefined;
  }

  async function routed(request: IncomingMessage, requestId: string, facts: Facts): Promise<HttpAnswer> {
    const path = pathInStage(definition.stage, targetOf(request).path);
    if (!isDecodable(path)) return gatewayAnswer(400, 'Bad Request');
    const match = matchRoute(definition.routes, request.method ?? '', path);
    if (match === undefined) return gatewayAnswer(404, 'Not Found');
    facts.set('routeKey', match.route.key);
    if (buckets.get(match.route)?.take() === false) return gatewayAnswer(429, 'Too Many Requests');
    const entry = await enter(request, match.route);
    if (entry !== undefined && 'challenge' in entry) {
      facts.set('authorizer.error', entry.challenge.replaceAll('"', "'"));
      return gatewayAnswer(entry.status, entry.status === 401 ? 'Unauthorized' : 'Forbidden', {
        'www-authenticate': entry.challenge,
      });
    }
    for (const [name, value] of Object.entries(entry?.claims ?? {})) facts.set(`authorizer.claims.${name}`, value);
    const body = await readBody(request);
    if (body === undefined) return gatewayAnswer(413, 'Request Entity Too Large');
    return await integrate(
      match,
      lambdaEvent({ api: definition, match, request, body, requestId, now: clock.now(), entry }),
      facts,
    );
  }

  async function enter(
    request: IncomingMessage,
    { authorizer }: Route,
  ): Promise<Entry | { status: 401 | 403; challenge: string } | undefined> {
    return (
      authorizer && (await authorize(identityOf(request, authorizer.identitySource), authorizer, keyOf, clock.now()))
    );
  }

  async function integrate({ route }: Match, event: unknown, facts: Facts): Promise<HttpAnswer> {
    const late = alarm(route.timeoutMs);
    try {
      const result = await Promise.race([lambda.invoke(route.functionArn, JSON.stringify(event)), late.rings]);
      if (result === undefined) {
        facts.set('integrationErrorMessage', `No answer within ${route.timeoutMs} ms`);
        return gatewayAnswer(503, 'Service Unavailable');
      }
      facts.set('integrationStatus', 200);
      if (result.functionError === undefined) return httpAnswer(result.payload);
      facts.set('integrationErrorMessage', 'The function ended in an error; its log has more.');
      return internalServerError();
    } catch (error) {
      if (!(error instanceof ServiceException)) throw error;
      facts.set('integrationErrorMessage', error.message);
      return internalServerError();
    } finally {
      late.off();
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = newRequestId();
    const startedAt = performance.now();
    const facts: Facts = new Map<string, string | number>(factsOf(request, requestId, definition, clock.now()));
    try {
      const said = await answer(request, requestId, facts);
      send(request, response, said, requestId);
      facts.set('responseLength', said.body.length);
    } catch (error) {
      // Whoever hangs up in the middle of his own request is nothing unexpected.
      if (request.complete) log(`the HTTP API met an error of its own: ${String(error)}`);
      if (!response.headersSent) send(request, response, internalServerError(), requestId);
    } finally {
      facts.set('status', response.statusCode).set('responseLatency', Math.round(performance.now() - startedAt));
      if (definition.accessLogFormat !== undefined) accessLog(accessLogLine(definition.accessLogFormat, facts));
    }
  }

  return startLocalServer({
    port,
    longestHeadBytes,
    serve: (request, response) => void serve(request, response),
    admits: (request, origin) =>
      definition.cors !== undefined &&
      origin !== undefined &&
      (isPreflight(request) || isAllowed(definition.cors, origin)),
  });
}

function factsOf(
  request: IncomingMessage,
  requestId: string,
  { apiId, accountId, stage }: HttpApiDefinition,
  now: number,
): [string, string | number][] {
  return [
    ['requestId', requestId],
    ['requestTimeEpoch', Math.trunc(now)],
    ['requestTime', logTime(now)],
    ['apiId', apiId],
    ['accountId', accountId],
    ['stage', stage],
    ['httpMethod', request.method ?? ''],
    ['path', targetOf(request).path],
    ['protocol', `HTTP/${request.httpVersion}`],
    ['identity.sourceIp', request.socket.remoteAddress ?? ''],
    ['identity.userAgent', request.headers['user-agent'] ?? ''],
  ];
}

/** A named stage stands before every path; without it the request is for nobody. */
function pathInStage(stage: string, path: string): string {
  if (stage === '$default') return path;
  return path === `/${stage}` || path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : '';
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function identityOf(request: IncomingMessage, source: string): string | undefined {
  const [, place, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (place === 'querystring') return new URLSearchParams(targetOf(request).query).get(name) ?? undefined;
  return joinedHeaders(request)[name.toLowerCase()];
}

/** The whole body, or undefined when it is too long. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= longestBodyBytes) chunks.push(chunk);
  }
  return size > longestBodyBytes ? undefined : Buffer.concat(chunks);
}

function alarm(afterMs: number): { readonly rings: Promise<undefined>; off(): void } {
  let timer: NodeJS.Timeout | undefined;
  const rings = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), afterMs);
  });
  return { rings, off: () => clearTimeout(timer) };
}

/**
 * What of the body was not asked for is read and thrown away: a connection that closes under an upload hides the answer
 * from its sender.
 */
function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, cookies, body }: HttpAnswer,
  requestId: string,
): void {
  request.resume();
  const { 'connection': _connection, 'transfer-encoding': _encoding, 'content-length': _length, ...passed } = headers;
  response.writeHead(status, {
    ...passed,
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
    'content-length': body.length,
    'apigw-requestid': requestId,
  });
  response.end(body);
}
