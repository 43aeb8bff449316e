import * as z from 'zod';
import type { News } from '../../domain/ports/executions.ts';
import { surpriseIn } from '../surprise.ts';
import { dossierIdIn } from './keys.ts';

const streamRecord = z.object({
  dynamodb: z.object({
    SequenceNumber: z.string(),
    Keys: z.object({ pk: z.object({ S: z.string() }) }),
  }),
});
type StreamRecord = z.infer<typeof streamRecord>;
const streamBatch = z.object({ Records: z.array(streamRecord) });

/** What Lambda expects back when a batch is not done: from the named record on, everything comes again. */
export interface PartialFailure {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Tells each record of the book's stream in order, and stops at the first that fails: the order of a dossier's events
 * must hold.
 * @returns the failed record, from which the stream goes on later; nothing when all were told
 */
export function tellInOrder(tell: (news: News) => Promise<void>) {
  return async (event: unknown): Promise<PartialFailure> => {
    for (const record of streamBatch.parse(event).Records) {
      try {
        const news = newsIn(record);
        if (news) await tell(news);
      } catch (error) {
        console.error({ record: record.dynamodb.SequenceNumber, ...surpriseIn(error) });
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] };
      }
    }
    return { batchItemFailures: [] };
  };
}

function newsIn({ dynamodb: { Keys } }: StreamRecord): News | undefined {
  const dossierId = dossierIdIn(Keys.pk.S);
  return dossierId === undefined ? undefined : { dossierId };
}
