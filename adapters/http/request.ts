import * as z from 'zod';
import { requestHeaders } from '../../contract/headers.ts';
import type { LeftOut, Operation, Request } from '../../contract/operation.ts';
import type { Problem } from '../../contract/problem.ts';
import type { BorderFault } from '../../contract/problem-words.ts';
import { usualBody } from '../../domain/limits.ts';
import type { HttpEvent } from './event.ts';
import { fieldFaults, mostFaults, type FieldFault } from './field-faults.ts';
import { DuplicateKey, parseJsonStrictly } from './json.ts';

export type Parsed<T> =
  | { readonly ok: true; readonly request: T; readonly leftOut: LeftOut }
  | { readonly ok: false; readonly fault: BorderFault; readonly errors?: Problem['errors'] };

/**
 * Reads what an operation needs of an event, and nothing else: path, query, headers, body.
 * @returns the parsed request, with what was left out of it where it is read item by item, or the border's fault with
 * the fields concerned
 */
export function readRequest<O extends Operation>(event: HttpEvent, operation: O): Parsed<Request<O>> {
  const schema: z.ZodObject & O['request'] = operation.request;
  const wants = (part: string): boolean => Object.hasOwn(schema.shape, part);
  const body = wants('body') ? readBody(event, operation) : { ok: true as const, value: undefined };
  if (!body.ok) return body;
  const twice = wants('query') ? namedTwice(event.rawQueryString) : [];
  if (twice.length > 0)
    return { ok: false, fault: 'InvalidRequest', errors: twice.map((name) => isThereTwice(`/query/${name}`)) };
  const raw = {
    ...(wants('path') ? { path: event.pathParameters ?? {} } : {}),
    ...(wants('query') ? { query: event.queryStringParameters ?? {} } : {}),
    ...headersOf(event, wants),
    ...(wants('body') ? { body: body.value } : {}),
  };
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { ok: true, request: parsed.data, leftOut: new Map() };
  const leftOut = operation.itemByItem === true ? faultyItems(parsed.error, raw) : undefined;
  const rest = leftOut && schema.safeParse(without(raw, leftOut));
  return rest?.success === true && leftOut !== undefined
    ? { ok: true, request: rest.data, leftOut }
    : { ok: false, fault: 'InvalidRequest', errors: fieldFaults(parsed.error, raw) };
}

/** A precondition that an operation does not compare comes along all the same: refused, not ignored. */
function headersOf({ headers }: HttpEvent, wants: (part: string) => boolean): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    requestHeaders
      .map(([part, name]) => [part, headers[name.toLowerCase()]] as const)
      .filter(([part, value]) => value !== undefined && (wants(part) || part === 'ifMatch')),
  );
}

/** API Gateway joins the values of one name with a comma, which may be part of a value. */
function namedTwice(query: string): readonly string[] {
  const names = [...new URLSearchParams(query).keys()];
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].slice(0, mostFaults);
}

function isThereTwice(pointer: string): FieldFault {
  return { pointer, detail: 'is there twice', detailVi: 'bị lặp lại' };
}

const Itemised = z.looseObject({ body: z.looseObject({ items: z.array(z.unknown()) }) });

/** Every item that is faulty; undefined when something else is. */
function faultyItems(error: z.ZodError, raw: unknown): LeftOut | undefined {
  const indexOf = ({ path: [part, list, index] }: z.core.$ZodIssue): number | undefined =>
    part === 'body' && list === 'items' && typeof index === 'number' ? index : undefined;
  const byItem = Map.groupBy(error.issues, indexOf);
  if (byItem.has(undefined)) return undefined;
  return new Map(
    [...byItem].flatMap(([index, issues]) =>
      index === undefined ? [] : [[index, fieldFaults(new z.ZodError(issues), raw)] as const],
    ),
  );
}

function without(raw: unknown, leftOut: LeftOut): unknown {
  const { data } = Itemised.safeParse(raw);
  if (data === undefined) return raw;
  const items = data.body.items.filter((_item, index) => !leftOut.has(index));
  return { ...data, body: { ...data.body, items } };
}

type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: BorderFault; readonly errors?: Problem['errors'] };

function readBody(event: HttpEvent, { largestBody = usualBody, takesForms }: Operation): Body {
  const type = event.headers['content-type'] ?? '';
  const isForm = takesForms === true && /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type);
  if (!isForm && !/^application\/json\s*(;|$)/i.test(type)) return { ok: false, fault: 'UnsupportedMediaType' };
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > largestBody) return { ok: false, fault: 'BodyTooLarge' };
  const text = decode(bytes);
  // API Gateway hands broken bytes over as replacement characters: the original is lost, and half a name is nobody's
  // name.
  if (text === undefined || text.includes('\uFFFD')) return { ok: false, fault: 'BrokenUtf8' };
  return isForm ? readForm(text) : readJson(text);
}

function readForm(text: string): Body {
  const twice = namedTwice(text);
  if (twice.length > 0)
    return { ok: false, fault: 'DuplicateKey', errors: twice.map((name) => isThereTwice(`/body/${name}`)) };
  return { ok: true, value: Object.fromEntries(new URLSearchParams(text)) };
}

function readJson(text: string): Body {
  try {
    return { ok: true, value: parseJsonStrictly(text) };
  } catch (error) {
    if (!(error instanceof DuplicateKey)) return { ok: false, fault: 'MalformedJson' };
    return { ok: false, fault: 'DuplicateKey', errors: [isThereTwice(`/body${error.pointer}`)] };
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
