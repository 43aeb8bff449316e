import * as z from 'zod';
import type { Answer, Input, Operation } from '../contract/operation.ts';
import { requestHeaders } from '../contract/headers.ts';
import { gatewayProblem, Problem } from '../contract/problem.ts';

/** Where the API is, and who calls it. */
export interface Caller {
  /** Of the deployed API, or `http://127.0.0.1:3000`. */
  readonly apiUrl: string;
  /** Asked before every call, since tokens are short-lived; without it only the open operations answer. */
  readonly token?: () => Promise<string>;
}

/** The API said no, or its gateway did: the same shape for both. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly problem: Problem;
  /** Stable. */
  readonly code: Problem['code'];
  /** Seconds until another try makes sense; undefined where nobody knows. `problem.retryable` says whether one does. */
  readonly retryAfter: number | undefined;

  constructor(request: string, { status, headers }: Pick<Response, 'status' | 'headers'>, said: unknown) {
    const problem = Problem.safeParse(said).data ?? {
      ...gatewayProblem(status),
      requestId: headers.get('apigw-requestid') ?? 'unknown',
    };
    const faults = problem.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    super(`${request} was answered ${status} ${problem.code}${faults ? ` (${faults})` : ''}`);
    this.status = status;
    this.problem = problem;
    this.code = problem.code;
    const after = headers.get('retry-after');
    this.retryAfter = after === null ? undefined : Number(after);
  }
}

/** What a request may consist of. */
const Parts = z.object({
  path: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.string().optional()).default({}),
  idempotencyKey: z.string().optional(),
  ifMatch: z.string().optional(),
  body: z.unknown().optional(),
});

/** An answer with what its headers say of it. */
export interface Answered<O extends Operation> {
  readonly status: number;
  readonly body: Answer<O>['body'];
  /** Of a read: `ifMatch` of a change takes it. */
  readonly etag: string | undefined;
  /** Whether it is what was answered to the same Idempotency-Key before. */
  readonly replayed: boolean;
}

/** The body of `ask`. */
export async function call<O extends Operation>(
  caller: Caller,
  operation: O,
  input: Input<O>,
): Promise<Answer<O>['body']> {
  return (await ask(caller, operation, input)).body;
}

/**
 * Calls one operation of the contract. Nothing is tried twice: whoever calls knows whether to wait (`retryAfter`).
 * @returns its answer, parsed by the contract's own schema
 * @throws ApiRefusal for an answer that is no success, ZodError for one that the contract does not know
 */
export async function ask<O extends Operation>(
  { apiUrl, token }: Caller,
  operation: O,
  input: Input<O>,
): Promise<Answered<O>> {
  const { path, query, body, ...headers } = Parts.parse(input);
  const where = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(path[name] ?? ''));
  const address = new URL(where, apiUrl);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  const response = await fetch(address, {
    method: operation.method,
    headers: {
      accept: operation.answersWith ?? 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${await token()}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(
        requestHeaders.flatMap(([part, name]) => (headers[part] === undefined ? [] : [[name, headers[part]]])),
      ),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isPage = response.ok && operation.answersWith !== undefined;
  const text = await response.text();
  const said: unknown = isPage ? text : jsonIn(text);
  if (!response.ok) throw new ApiRefusal(`${operation.method} ${where}`, response, said);
  return {
    status: response.status,
    body: z.parse<O['answer']>(operation.answer, said),
    etag: response.headers.get('etag') ?? undefined,
    replayed: response.headers.get('idempotency-replayed') === 'true',
  };
}

/** Whatever stands on the way may answer with something else: that says nothing. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
