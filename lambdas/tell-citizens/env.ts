import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  BOOK_TABLE: z.string().nonempty(),
  PEOPLE_TABLE: z.string().nonempty(),
  ZALO_QUEUE_URL: z.string().nonempty(),
  /** Whose e-mails they are: an address of a verified identity. */
  EMAIL_FROM: z.string().nonempty().exactOptional(),
  /** Whom a telephone shows, where the carriers know the name. */
  SMS_SENDER: z.string().nonempty().exactOptional(),
});
export type Env = z.infer<typeof Env>;
