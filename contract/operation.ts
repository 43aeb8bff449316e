import type * as z from 'zod';
import type { Dossier, Party } from '../domain/journey/dossier.ts';
import type { Refusal, RefusalName } from '../domain/journey/refusals.ts';
import type { AnswerHeader } from './answer-headers.ts';
import type { Problem } from './problem.ts';
import type { BorderFault } from './problem-words.ts';
import type { Role } from '../domain/roles.ts';

/**
 * One operation of the HTTP API, all of it: what the stack mounts, what is asked, what is answered, what may go wrong.
 */
export interface Operation {
  readonly name: string;
  /** The folder under `lambdas/` of the function that answers it, where that is not of the operation's own name. */
  readonly answeredBy?: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Any one of these roles opens the door; `open` needs no token. */
  readonly doors: readonly Role[] | 'open';
  /** What it is for, in a line. */
  readonly summary: { readonly en: string; readonly vi: string };
  /** `path`, `query`, `idempotencyKey` (a header) and `body`, as far as it has them. */
  readonly request: z.ZodObject;
  /**
   * What success is answered with: 201 for the first time, 202 where it is kept and something has to follow, 200 where
   * nothing is made or it is told again.
   */
  readonly statuses: readonly (200 | 201 | 202)[];
  readonly answer: z.ZodType;
  /** A page or a sheet for people, as text; JSON where nothing is said. */
  readonly answersWith?: 'text/html' | 'text/csv';
  /** The same for people, where `Accept` prefers it; the first also where it prefers nothing. */
  readonly alsoAs?: readonly ForPeople[];
  /** Headers of its own that its success may have. */
  readonly sends?: readonly AnswerHeader[];
  /** The body may also come from a form of a page. */
  readonly takesForms?: true;
  /** Bytes; 64 KiB where nothing is said. */
  readonly largestBody?: number;
  /** `body.items` are each read by themselves: what cannot be read of one harms no other. */
  readonly itemByItem?: true;
  /** What it costs of its caller's allowance (`domain/limits.ts`); one unit where nothing is said. */
  readonly units?: number;
  /** Refusals of its own; what the border finds wrong with any request comes on top. */
  readonly refusals: readonly RefusalName[];
}

/** What people read without a program that understands data. */
export type ForPeople = 'text/html' | 'text/plain';

/** What a caller sends. */
export type Input<O extends Operation> = z.input<O['request']>;
/** The same, parsed. */
export type Request<O extends Operation> = z.output<O['request']>;

/** What a use case answers when it says yes. */
export interface Answer<O extends Operation> {
  readonly status: O['statuses'][number];
  readonly body: z.output<O['answer']>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What it answers when it says no; with the dossier, the caller is also told where it is and what is allowed. */
export interface Refused {
  readonly refusal: Refusal;
  readonly dossier?: Dossier;
}

/** Items that could not be read, by their place in the request, with what is wrong with each. */
export type LeftOut = ReadonlyMap<number, NonNullable<Problem['errors']>>;

/** What the border knows of a request beside what it says. */
export interface Border {
  readonly requestId: string;
  readonly leftOut: LeftOut;
}
/** Of a request that came through no border. */
export const noBorder: Border = { requestId: 'none', leftOut: new Map() };

/** One operation's logic: a parsed request from a known caller. What is unexpected is thrown. */
export type UseCase<O extends Operation> = (
  request: Request<O>,
  caller: Party,
  border?: Border,
) => Promise<Answer<O> | Refused>;
/** The same for the open routes, where the caller is a network address. */
export type OpenUseCase<O extends Operation> = (request: Request<O>, address: string) => Promise<Answer<O> | Refused>;

/** What the border finds wrong with a request before its operation is asked. */
export function borderFaultsOf({ request, doors }: Operation): readonly (BorderFault | RefusalName)[] {
  const ofBody: readonly BorderFault[] = Object.hasOwn(request.shape, 'body')
    ? ['MalformedJson', 'DuplicateKey', 'BrokenUtf8', 'UnsupportedMediaType', 'BodyTooLarge']
    : [];
  return [
    ...ofBody,
    // Of any: a precondition that an operation does not compare is refused.
    'InvalidRequest',
    ...(doors === 'open' ? [] : (['NoUnit'] as const)),
    'TooManyRequests',
    ...(Object.hasOwn(request.shape, 'idempotencyKey') ? (['StillInFlight'] as const) : []),
    'DossierUnreadable',
    'Unexpected',
  ];
}
