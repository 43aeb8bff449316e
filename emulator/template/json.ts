import * as z from 'zod';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Checks that a parsed text is JSON through and through. */
export const Json: z.ZodType<Json> = z.json();
export const JsonObject = z.record(z.string(), Json);

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
