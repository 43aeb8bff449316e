import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  FEEDS_TABLE: z.string().nonempty(),
  /** So many lanes a new subscription has. */
  FEED_LANES: z.string().regex(/^[1-9]\d?$/),
  WAKE_QUEUE_URL: z.string().nonempty(),
  /** Receivers on this very machine are called: only where a stage says so. */
  LOOPBACK_RECEIVERS: z.literal('on').exactOptional(),
});
export type Env = z.infer<typeof Env>;
