import * as z from 'zod';

/** Whether an error says that an item of the book is not what this code reads. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof z.ZodError;
}
