import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { S3Refusal } from './refusal.ts';
import { header } from './request.ts';

/** The rules of a bucket's `CorsConfiguration`, as the template has them. */
export const CorsRules = z.array(
  z.object({
    AllowedMethods: z.array(z.string()),
    AllowedOrigins: z.array(z.string()),
    AllowedHeaders: z.array(z.string()).default([]),
    ExposedHeaders: z.array(z.string()).default([]),
    MaxAge: z.coerce.number().optional(),
  }),
);
type CorsRule = z.infer<typeof CorsRules>[number];

const notAllowed =
  "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

/**
 * Answers a browser's question whether it may send a request.
 * @throws S3Refusal AccessForbidden when no rule of the bucket allows it
 */
export function answerPreflight(http: IncomingMessage, response: ServerResponse, rules: readonly CorsRule[]): void {
  const method = header(http, 'access-control-request-method');
  const asked = header(http, 'access-control-request-headers')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (rules.length === 0)
    throw new S3Refusal(403, 'AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.');
  const rule = ruleFor(rules, header(http, 'origin'), method);
  if (
    rule === undefined ||
    !asked.every((name) => rule.AllowedHeaders.some((allowed) => matches(allowed.toLowerCase(), name)))
  ) {
    throw new S3Refusal(403, 'AccessForbidden', notAllowed);
  }
  response.writeHead(200, {
    ...corsHeaders(rule, header(http, 'origin')),
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(asked.length > 0 && { 'access-control-allow-headers': asked.join(', ') }),
    ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
  });
  response.end();
}

/**
 * Whether S3 itself says what a page elsewhere may do: a question before a request, a request that the bucket's rules
 * allow, or a link that carries a signature, which opens one thing to whoever has it.
 */
export function admits(http: IncomingMessage, origin: string | undefined, rules: readonly CorsRule[]): boolean {
  if (origin === undefined)
    return ['GET', 'HEAD'].includes(http.method ?? '') && /[?&]X-Amz-Signature=/.test(http.url ?? '');
  return http.method === 'OPTIONS' || ruleFor(rules, origin, http.method ?? '') !== undefined;
}

/** Lets the page that asked read the answer, when a rule allows it. */
export function allowOrigin(http: IncomingMessage, response: ServerResponse, rules: readonly CorsRule[]): void {
  const origin = header(http, 'origin');
  if (origin === '') return;
  const rule = ruleFor(rules, origin, http.method ?? '');
  if (rule === undefined) return;
  for (const [name, value] of Object.entries(corsHeaders(rule, origin))) response.setHeader(name, value);
}

function ruleFor(rules: readonly CorsRule[], origin: string, method: string): CorsRule | undefined {
  return rules.find(
    (rule) => rule.AllowedMethods.includes(method) && rule.AllowedOrigins.some((allowed) => matches(allowed, origin)),
  );
}

function corsHeaders(rule: CorsRule, origin: string): Record<string, string> {
  const anyone = rule.AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': anyone ? '*' : origin,
    ...(!anyone && { 'access-control-allow-credentials': 'true' }),
    ...(rule.ExposedHeaders.length > 0 && { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') }),
    'vary': 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** A rule's origin or header may hold one `*`. */
function matches(pattern: string, text: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}
