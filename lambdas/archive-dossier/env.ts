import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  BOOK_TABLE: z.string().nonempty(),
  LOOKS_TABLE: z.string().nonempty(),
  SCANS_BUCKET: z.string().nonempty(),
  SEALS_BUCKET: z.string().nonempty(),
  VIRUS_CHECK: z.literal('on').exactOptional(),
});
export type Env = z.infer<typeof Env>;
