/** A value as JSON has it: what crosses every border of a state machine. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** @throws SyntaxError when `text` is not JSON */
export function parseJson(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (isParsed(value)) return value;
  throw new SyntaxError('not JSON');
}

/** JSON.parse gives nothing but JSON: only its own type does not say so. */
function isParsed(value: unknown): value is Json {
  return value !== undefined;
}

/** `undefined` when `text` is not JSON. */
export function tryParseJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Needed because Array.isArray does not narrow a readonly array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The type of a value in AWS's error messages. */
export function typeName(value: Json): string {
  if (value === null) return 'null';
  return isList(value) ? 'array' : typeof value;
}
