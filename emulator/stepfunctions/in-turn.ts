import type { Json, JsonObject } from './json.ts';

/** One after the other, in order: what fails first in the definition is what is told. */
async function* inTurn<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): AsyncGenerator<R> {
  for (const [index, item] of items.entries()) yield work(item, index);
}

export async function eachInTurn<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for await (const result of inTurn(items, work)) results.push(result);
  return results;
}

/** The same fields with new values. */
export async function fieldsInTurn(
  object: JsonObject,
  work: (value: Json, name: string) => Promise<Json>,
): Promise<JsonObject> {
  const fields = new Map<string, Json>();
  const entries = Object.entries(object);
  for await (const [name, value] of inTurn(
    entries,
    async ([field, template]) => [field, await work(template, field)] as const,
  )) {
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** The first item for which `holds`; those after it are not asked. */
export async function firstThat<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<T | undefined> {
  for await (const [item, held] of inTurn(items, async (asked) => [asked, await holds(asked)] as const)) {
    if (held) return item;
  }
  return undefined;
}
