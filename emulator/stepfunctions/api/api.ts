import * as z from 'zod';
import type { Clock } from '../../clock/clock.ts';
import type { Engine } from '../engine.ts';
import type { JsonObject } from '../json.ts';
import type { Store } from '../store.ts';
import { ApiError } from './error.ts';

/** What the operations work with. */
export interface Api {
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** Starts that are not durable yet, by execution ARN: a second start of the same name waits for the first. */
  readonly starting: Map<string, Promise<unknown>>;
}

/** One operation: the body as it came, the answer's body. Throws ApiError. */
export type Operation = (api: Api, body: unknown) => Promise<JsonObject>;

/** An operation with its input parsed. Fields that it does not know are left alone, as on AWS. */
export function operation<S extends z.ZodType>(
  schema: S,
  run: (api: Api, input: z.infer<S>) => Promise<JsonObject> | JsonObject,
): Operation {
  return async (api, body) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return run(api, parsed.data);
    const told = parsed.error.issues.map(
      ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
    );
    throw new ApiError(
      'ValidationException',
      `${told.length} validation error${told.length === 1 ? '' : 's'} detected: ${told.join('; ')}`,
    );
  };
}

/** Timestamps on the wire are seconds. */
export function seconds(ms: number): number {
  return ms / 1_000;
}

/** An object without the fields that have no value. */
export function compact(fields: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  const kept: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value;
  return kept;
}

export const pageSchema = {
  maxResults: z.int().min(0).max(1_000).optional(),
  nextToken: z.string().min(1).optional(),
};

/** AWS takes 0 and nothing as 100. */
export function pageSize(maxResults: number | undefined): number {
  return maxResults === undefined || maxResults === 0 ? 100 : maxResults;
}

/** A page's token says where the page before ended. */
export function writePageToken(last: string | number): string {
  return Buffer.from(`page:${last}`).toString('base64url');
}

/** @throws ApiError InvalidToken */
export function readPageToken(token: string): string {
  const read = Buffer.from(token, 'base64url').toString();
  if (read.startsWith('page:')) return read.slice('page:'.length);
  throw new ApiError('InvalidToken', `Invalid Token: '${token}'`);
}

/** @throws ApiError InvalidToken */
export function readNumericPageToken(token: string): number {
  const value = Number(readPageToken(token));
  if (Number.isSafeInteger(value)) return value;
  throw new ApiError('InvalidToken', `Invalid Token: '${token}'`);
}
