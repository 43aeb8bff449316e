import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  FEEDS_TABLE: z.string().nonempty(),
  /** Which system calls: a URI. */
  FEED_SOURCE: z.string().nonempty(),
  /** Receivers on this very machine are called: only where a stage says so. */
  LOOPBACK_RECEIVERS: z.literal('on').exactOptional(),
});
export type Env = z.infer<typeof Env>;
