import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  BOOK_TABLE: z.string().nonempty(),
});
export type Env = z.infer<typeof Env>;
