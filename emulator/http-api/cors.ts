import type { IncomingMessage } from 'node:http';
import type { Cors } from './api-definition.ts';
import type { HttpAnswer } from './lambda-answer.ts';

/** Whether a browser only asks what it may do; API Gateway answers that itself where no route takes OPTIONS. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export function preflightAnswer(cors: Cors, origin: string): HttpAnswer {
  const allowed = originHeaders(cors, origin);
  const more =
    Object.keys(allowed).length === 0
      ? {}
      : {
          'access-control-allow-methods': cors.methods.join(','),
          'access-control-allow-headers': cors.headers.join(','),
          ...(cors.maxAge !== undefined && { 'access-control-max-age': String(cors.maxAge) }),
        };
  return { status: 204, headers: { ...allowed, ...more }, cookies: [], body: Buffer.alloc(0) };
}

/** With CORS in the template, the integration's own CORS headers are thrown away and these are set. */
export function withCors(answer: HttpAnswer, cors: Cors | undefined, origin: string | undefined): HttpAnswer {
  if (cors === undefined) return answer;
  const kept = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  const set = origin === undefined ? {} : originHeaders(cors, origin);
  const exposed =
    cors.exposed.length > 0 && Object.keys(set).length > 0
      ? { 'access-control-expose-headers': cors.exposed.join(',') }
      : {};
  return { ...answer, headers: { ...Object.fromEntries(kept), ...set, ...exposed } };
}

/** Whether the API's rules let a page of that origin read its answers. */
export function isAllowed({ origins }: Cors, origin: string): boolean {
  return origins.some(
    (allowed) =>
      allowed === '*' || allowed === origin || (allowed.endsWith('*') && origin.startsWith(allowed.slice(0, -1))),
  );
}

function originHeaders(cors: Cors, origin: string): Record<string, string> {
  if (!isAllowed(cors, origin)) return {};
  const any = cors.origins.includes('*');
  return {
    'access-control-allow-origin': any ? '*' : origin,
    ...(!any && { vary: 'Origin' }),
    ...(cors.credentials && { 'access-control-allow-credentials': 'true' }),
  };
}
