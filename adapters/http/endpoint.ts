import middy from '@middy/core';
import * as z from 'zod';
import { formAt } from '../../contract/form.ts';
import type { Answer, ForPeople, OpenUseCase, Operation, Refused, Request, UseCase } from '../../contract/operation.ts';
import { borderProblem, refusalProblem, type Problem } from '../../contract/problem.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import type { Limiter } from '../../domain/limiter.ts';
import { UnreadableItem } from '../dynamodb/unreadable.ts';
import { fingerprint } from '../identifiers.ts';
import { callerLimits, limiterOf, type CallerLimits } from '../limits.ts';
import { log } from '../log.ts';
import { describeUnexpected } from '../unexpected-error.ts';
import { preferred } from './accept.ts';
import { callerOf } from './caller.ts';
import { etagOf, isKnown } from './etag.ts';
import { httpEvent, type HttpEvent } from './event.ts';
import { networkOf } from './network.ts';
import { once, type Keyed, type OncePorts } from './once.ts';
import { withSecurityHeaders } from './security-headers.ts';
import { readRequest, type Parsed } from './request.ts';

/** What API Gateway expects back (payload format 2.0). */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Only what takes no Idempotency-Key: the other keeps its answers (`keyedEndpoint`). */
type Unkeyed<O extends Operation> = 'idempotencyKey' extends keyof O['request']['shape'] ? never : O;

/** An operation behind the doors: the caller is who the token proves, and has an allowance (ADR 0028). */
export function endpoint<O extends Operation>(operation: Unkeyed<O>, useCase: UseCase<O>, limits = callerLimits()) {
  return behindTheDoors(operation, limits, async (event, { request, leftOut }, party) =>
    answer(event, operation, await useCase(request, party, { requestId: requestIdOf(event), leftOut }), { party }),
  );
}

/** The same under an Idempotency-Key: done once, and answered every time as the first time (ADR 0034). */
export function keyedEndpoint<O extends Operation>(
  operation: O,
  useCase: UseCase<O>,
  ports: OncePorts,
  limits = callerLimits(),
) {
  return behindTheDoors(operation, limits, async (event, { request, leftOut }, party) =>
    once(ports, keyedOf(operation, party, request), async () =>
      answer(event, operation, await useCase(request, party, { requestId: requestIdOf(event), leftOut }), { party }),
    ),
  );
}

function behindTheDoors<O extends Operation>(
  operation: O,
  limits: CallerLimits | undefined,
  work: (
    event: HttpEvent,
    parsed: Extract<Parsed<Request<O>>, { readonly ok: true }>,
    party: Party,
  ) => Promise<HttpAnswer | Problem>,
) {
  return http(async (event) => {
    const party = callerOf(event);
    if (!party) return borderProblem('NoUnit');
    const limit = limits?.[party.role === 'portal' ? 'system' : 'person'];
    if (limit === undefined) return answerTo(event, party);
    const who = party.person ?? `${party.role}:${party.unit}`;
    // Counted beside the work, and so nobody waits for it: what is too much stops the next request.
    return within(limit, who, async () => {
      const [answered] = await Promise.all([answerTo(event, party), limit.spend(who, operation.units)]);
      return answered;
    });
  });

  async function answerTo(event: HttpEvent, party: Party): Promise<HttpAnswer | Problem> {
    const parsed = readRequest(event, operation);
    return withForms(
      parsed.ok ? await work(event, parsed, party) : borderProblem(parsed.fault, parsed.errors),
      operation,
    );
  }
}

/** The key salts the request's fingerprint, and is itself kept only as one: neither gives a person away. */
function keyedOf({ name }: Operation, { role, unit }: Party, request: unknown): Keyed {
  const { idempotencyKey } = z.object({ idempotencyKey: z.string() }).parse(request);
  return {
    key: fingerprint(`${name} ${role} ${unit} ${idempotencyKey}`),
    request: fingerprint(`${idempotencyKey} ${JSON.stringify(request)}`),
  };
}

/** How people are shown what an operation answers, and why it does not. */
export interface Rendering<O extends Operation> {
  answer(body: z.output<O['answer']>): string;
  /** @param request undefined where it could not be read */
  problem(problem: Problem, request: Request<O> | undefined): string;
  /** What a browser may do with it, where that is not what it may do with any page. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface Open<O extends Operation> {
  /** Of an operation that is `alsoAs` for people. */
  readonly renderings?: Readonly<Partial<Record<ForPeople, Rendering<O>>>>;
  readonly limit?: Limiter;
}

/** An operation for everybody, who is known by a network address alone. */
export function openEndpoint<O extends Operation>(
  operation: O,
  useCase: OpenUseCase<O>,
  { renderings, limit = limiterOf('page') }: Open<O> = {},
) {
  return http(async (event) => {
    const who = networkOf(event.requestContext.http.sourceIp);
    const parsed = readRequest(event, operation);
    if (renderings === undefined) return answered();
    const types = [...(operation.alsoAs ?? []), 'application/json' as const];
    const type = preferred(event.headers['accept'], types);
    const rendering = type === undefined || type === 'application/json' ? undefined : renderings[type];
    const said = await answered(rendering).catch((error: unknown) =>
      thrownProblem(error, { request: requestIdOf(event), route: routeOf(event) }),
    );
    const shown = 'code' in said ? problemAnswer(said, event) : said;
    if (rendering === undefined) return { ...shown, headers: { ...shown.headers, ...varying } };
    const request = parsed.ok ? parsed.request : undefined;
    return {
      ...shown,
      headers: { ...shown.headers, ...varying, 'content-type': `${type}; charset=utf-8`, ...rendering.headers },
      ...('code' in said ? { body: rendering.problem(said, request) } : {}),
    };

    async function answered(shownBy?: Rendering<O>): Promise<HttpAnswer | Problem> {
      return within(limit, who, async () => {
        await limit.spend(who);
        if (!parsed.ok) return withForms(borderProblem(parsed.fault, parsed.errors), operation);
        const outcome = await useCase(parsed.request, who);
        const body = shownBy && !('refusal' in outcome) ? shownBy.answer(outcome.body) : undefined;
        return withForms(answer(event, operation, outcome, { body }), operation);
      });
    }
  });
}

/** What is answered depends on what is preferred. */
const varying = { vary: 'accept' };

/** Answers whoever has something left, and refuses the others from memory. */
async function within<T>(limit: Limiter, who: string, work: () => Promise<T>): Promise<T | Problem> {
  const retryAfter = limit.spentOut(who);
  return retryAfter === undefined ? await work() : refusalProblem({ name: 'TooManyRequests', retryAfter });
}

/**
 * Answers what no route takes: 405 where other methods are served, else 404. A browser that asks first what it may do
 * (OPTIONS) is let through, since API Gateway answers that by itself only where no route takes it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function noRouteEndpoint(methodsAt: (path: string) => readonly string[], limit = limiterOf('page')) {
  return http(async (event) => {
    const { method, path, sourceIp } = event.requestContext.http;
    const allow = methodsAt(path).join(', ');
    if (method === 'OPTIONS') return { statusCode: 204, headers: { allow }, body: '' };
    const who = networkOf(sourceIp);
    return within(limit, who, async () => {
      await limit.spend(who);
      if (allow === '') return borderProblem('NoSuchRoute');
      const answered = problemAnswer(borderProblem('NoSuchMethod'), event);
      return { ...answered, headers: { ...answered.headers, allow } };
    });
  });
}

type Handler = ReturnType<typeof http>;

/** Several operations in one function, told apart by the route through which a request came. */
export function byRoute(
  answered: readonly (readonly [Pick<Operation, 'method' | 'path'>, Handler])[],
): (...call: Parameters<Handler>) => Promise<HttpAnswer> {
  const handlers = new Map(answered.map(([{ method, path }, handler]) => [`${method} ${path}`, handler]));
  return async (...call) => {
    const route = routeOf(call[0]);
    const handler = handlers.get(route);
    if (handler === undefined) throw new Error(`no operation of this function answers ${route}`);
    return handler(...call);
  };
}

function http(operation: (event: HttpEvent) => Promise<HttpAnswer | Problem>) {
  return middy<unknown, HttpAnswer>()
    .use(secured)
    .use(accessLog)
    .handler(async (event: unknown) => {
      const said = await operation(httpEvent.parse(event));
      return 'code' in said ? problemAnswer(said, event) : said;
    });
}

/** Comes first and so is asked last: whatever the answer is, it is ours. */
const secured: middy.MiddlewareObj<unknown, HttpAnswer> = { after: secure, onError: secure };

function secure(request: middy.Request<unknown, HttpAnswer>): void {
  const { response } = request;
  if (response) request.response = { ...response, headers: withSecurityHeaders(response.headers) };
}

const accessLog: middy.MiddlewareObj<unknown, HttpAnswer> = {
  // One line per request, without a word of its content.
  after: ({ event, response }) => {
    log.info('answered', { request: requestIdOf(event), route: routeOf(event), status: response?.statusCode });
  },
  onError: (request) => {
    const { event, error } = request;
    request.response = problemAnswer(
      thrownProblem(error, { request: requestIdOf(event), route: routeOf(event) }),
      event,
    );
  },
};

/**
 * The one place where an unexpected error becomes a bare 500; what it was stays in the log, by name and place.
 * @param where for the log, without a word of the request's content
 */
export function thrownProblem(error: unknown, where: Readonly<Record<string, string>>): Problem {
  log.error('failed', { ...where, ...describeUnexpected(error) });
  return borderProblem(error instanceof UnreadableItem ? 'DossierUnreadable' : 'Unexpected');
}

function answer<O extends Operation>(
  event: HttpEvent,
  operation: O,
  outcome: Answer<O> | Refused,
  { party, body }: { readonly party?: Party; readonly body?: string | undefined } = {},
): HttpAnswer | Problem {
  if ('refusal' in outcome) {
    const seen = outcome.dossier && party ? { dossier: outcome.dossier, party } : undefined;
    return refusalProblem(outcome.refusal, seen);
  }
  const text = body ?? (typeof outcome.body === 'string' ? outcome.body : JSON.stringify(outcome.body));
  const headers = {
    'content-type': `${operation.answersWith ?? 'application/json'}; charset=utf-8`,
    'cache-control': 'no-store',
    ...(operation.method === 'GET' ? { etag: etagOf(text, versionIn(outcome.body)) } : {}),
    ...outcome.headers,
  };
  return headers.etag !== undefined && isKnown(headers.etag, event.headers['if-none-match'])
    ? { statusCode: 304, headers, body: '' }
    : { statusCode: outcome.status, headers, body: text };
}

/** Of what an answer shows as a whole. */
function versionIn(body: unknown): number | undefined {
  return z.object({ version: z.int() }).safeParse(body).data?.version;
}

/** What each field that is named should look like instead. */
function withForms(said: HttpAnswer | Problem, { request }: Operation): HttpAnswer | Problem {
  if (!('code' in said) || said.errors === undefined) return said;
  return { ...said, errors: said.errors.map((error) => ({ ...error, ...formAt(request, error.pointer) })) };
}

/** A problem as it is answered. */
export function problemAnswer(what: Problem, event: unknown): HttpAnswer {
  return {
    statusCode: what.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...(what.retryAfter === undefined ? {} : { 'retry-after': String(what.retryAfter) }),
    },
    body: JSON.stringify({ ...what, requestId: requestIdOf(event) }),
  };
}

function requestIdOf(event: unknown): string {
  return httpEvent.safeParse(event).data?.requestContext.requestId ?? 'unknown';
}
function routeOf(event: unknown): string {
  return httpEvent.safeParse(event).data?.requestContext.routeKey ?? 'unknown';
}
