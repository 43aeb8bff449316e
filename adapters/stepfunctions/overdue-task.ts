import * as z from 'zod';

const payload = z.object({ dossierId: z.string() });

/** Takes the payload of the state machine's RecordOverdue task apart; the answer becomes the task's output. */
export function overdueTask<Answer>(record: (dossierId: string) => Promise<Answer>) {
  return async (event: unknown): Promise<Answer> => record(payload.parse(event).dossierId);
}
