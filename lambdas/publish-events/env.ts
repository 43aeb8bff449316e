import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  BOOK_TABLE: z.string().nonempty(),
  FEEDS_TABLE: z.string().nonempty(),
  WAKE_QUEUE_URL: z.string().nonempty(),
  STATUS_QUEUE_URL: z.string().nonempty(),
  DEAD_LETTER_QUEUE_URL: z.string().nonempty(),
  /** Which system tells what has arrived: a URI. */
  FEED_SOURCE: z.string().nonempty(),
});
export type Env = z.infer<typeof Env>;
