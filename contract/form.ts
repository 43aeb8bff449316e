import * as z from 'zod';
import { requestHeaders } from './headers.ts';

type Schema = z.core.$ZodType;

/** What a part of a request should look like, by its own schema. */
export interface Form {
  readonly expected?: string;
  readonly example?: unknown;
}

/** One value that a schema takes, put together from the examples in it; undefined where it has none. */
export function exampleOf(schema: Schema): unknown {
  const [said] = z.globalRegistry.get(schema)?.examples ?? [];
  if (said !== undefined) return said;
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries<Schema>(schema.shape)
        .filter(([, field]) => !z.safeParse(field, undefined).success)
        .map(([name, field]) => [name, exampleOf(field)]),
    );
  if (schema instanceof z.ZodArray) return [exampleOf(schema.element)];
  if (schema instanceof z.ZodUnion) return schema.options.map(exampleOf)[0];
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodLiteral) return schema.value;
  if (schema instanceof z.ZodBoolean) return true;
  // Not `minValue`, for which zod asks the part of itself that bundles leave out (`lib/bundle.ts`).
  if (schema instanceof z.ZodNumber) return [1, 10, 100, 1000].find((one) => z.safeParse(schema, one).success);
  const inner = within(schema);
  return inner && exampleOf(inner);
}

/** @param pointer into a request as a problem names its parts, `/header/idempotency-key` or `/body/applicant/phone` */
export function formAt(request: Schema, pointer: string): Form {
  const [part = '', ...path] = pointer
    .split('/')
    .slice(1)
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'));
  const header = requestHeaders.find(([, name]) => name.toLowerCase() === path[0])?.[0];
  const schema = partOf(request, part === 'header' ? [header ?? ''] : [part, ...path]);
  if (schema === undefined) return {};
  const expected = descriptionOf(schema);
  const example = exampleOf(schema);
  return { ...(expected === undefined ? {} : { expected }), ...(example === undefined ? {} : { example }) };
}

function partOf(schema: Schema | undefined, [name, ...rest]: readonly string[]): Schema | undefined {
  if (schema === undefined || name === undefined) return schema;
  if (schema instanceof z.ZodObject)
    return partOf(new Map<string, Schema>(Object.entries(schema.shape)).get(name), rest);
  if (schema instanceof z.ZodArray) return partOf(schema.element, rest);
  return partOf(within(schema), [name, ...rest]);
}

function descriptionOf(schema: Schema): string | undefined {
  const inner = within(schema);
  return z.globalRegistry.get(schema)?.description ?? (inner && descriptionOf(inner));
}

/** What is wrapped: what may be left out, what has a default, what is transformed. */
function within(schema: Schema): Schema | undefined {
  if (schema instanceof z.ZodPipe) return schema.in;
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  )
    return schema.unwrap();
  return undefined;
}
