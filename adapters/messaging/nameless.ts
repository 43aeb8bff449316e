import * as z from 'zod';

/** A failure without the person: AWS repeats numbers and addresses in its words, and they would end in a log. */
export function nameless(person: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = new Error(error.message.replaceAll(person, '…'));
  return Object.assign(told, { name: error.name, ...('$metadata' in error && { $metadata: error.$metadata }) });
}

/**
 * What a failure means: where the service answered, nothing was taken; where it was silent, nobody knows.
 * @param error without the person
 * @throws it where nobody knows
 */
export function notTaken(error: unknown): { readonly outcome: 'busy'; readonly why: string } {
  if (!(error instanceof Error && '$metadata' in error && Answered.safeParse(error.$metadata).success)) throw error;
  return { outcome: 'busy', why: error.name };
}
const Answered = z.object({ httpStatusCode: z.number() });
