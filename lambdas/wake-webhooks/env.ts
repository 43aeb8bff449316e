import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  FEEDS_TABLE: z.string().nonempty(),
  WAKE_QUEUE_URL: z.string().nonempty(),
});
export type Env = z.infer<typeof Env>;
