import * as z from 'zod';

/** What the stack hands this function. */
export const Env = z.object({
  /** Every route that there is, `GET /v1/dossiers/{dossierId}`, between commas. */
  ROUTES: z.string().nonempty(),
});
export type Env = z.infer<typeof Env>;
