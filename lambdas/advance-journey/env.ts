import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  BOOK_TABLE: z.string().min(1),
  STATE_MACHINE_ARN: z.string().min(1),
  DEAD_LETTER_QUEUE_URL: z.string().min(1),
});
export type Env = z.infer<typeof Env>;
