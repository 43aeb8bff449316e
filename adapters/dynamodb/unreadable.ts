import type * as z from 'zod';

/** An item of the tables is not what this code reads. The message names its key, never what stands in it. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
}

/**
 * What was read, as the schema knows it.
 * @param key of the item, for whoever has to look at it
 * @throws UnreadableItem
 */
export function readItem<T>(schema: z.ZodType<T>, item: unknown, key: string): T {
  const { success, data, error } = schema.safeParse(item);
  if (success) return data;
  const fields = error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new UnreadableItem(`the item ${key} cannot be read: ${fields}`);
}

export function isUnreadable(error: unknown): boolean {
  return error instanceof UnreadableItem;
}
