import * as z from 'zod';
import type { Answer, Input, Operation } from '../contract/operation.ts';
import { requestHeaders } from '../contract/headers.ts';
import { Problem } from '../contract/problem.ts';

/** Where the API is, and who calls it. */
export interface Caller {
  /** Of the deployed API, or `http://127.0.0.1:3000`. */
  readonly apiUrl: string;
  /** Asked before every call, since tokens are short-lived; without it only the open operations answer. */
  readonly token?: () => Promise<string>;
}

/** The API said no. The gateway's own refusals (401, 403, 413, 429, 503) have a status and a message, and no code. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  /** Stable; absent where the gateway refused before any function was asked. */
  readonly code: Problem['code'] | undefined;
  readonly problem: Problem | undefined;

  constructor(request: string, status: number, said: unknown) {
    const { data: problem } = Problem.safeParse(said);
    const faults = problem?.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    const words = problem?.code ?? GatewayAnswer.safeParse(said).data?.message ?? '';
    super(`${request} was answered ${status} ${words}${faults ? ` (${faults})` : ''}`);
    this.status = status;
    this.code = problem?.code;
    this.problem = problem;
  }
}

const GatewayAnswer = z.object({ message: z.string() });

/** What a request may consist of. */
const Parts = z.object({
  path: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.string().optional()).default({}),
  idempotencyKey: z.string().optional(),
  ifMatch: z.string().optional(),
  body: z.unknown().optional(),
});

/**
 * Calls one operation of the contract.
 * @returns its answer, parsed by the contract's own schema
 * @throws ApiRefusal for an answer that is no success, ZodError for one that the contract does not know
 */
export async function call<O extends Operation>(
  { apiUrl, token }: Caller,
  operation: O,
  input: Input<O>,
): Promise<Answer<O>['body']> {
  const { path, query, body, ...headers } = Parts.parse(input);
  const where = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(path[name] ?? ''));
  const address = new URL(where, apiUrl);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  const response = await fetch(address, {
    method: operation.method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${await token()}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(
        requestHeaders.flatMap(([part, name]) => (headers[part] === undefined ? [] : [[name, headers[part]]])),
      ),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isPage = response.ok && operation.answersWith !== undefined;
  const said: unknown = await (isPage ? response.text() : response.json());
  if (!response.ok) throw new ApiRefusal(`${operation.method} ${where}`, response.status, said);
  return z.parse<O['answer']>(operation.answer, said);
}
