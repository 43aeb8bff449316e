import * as z from 'zod';
import { describeUnexpected } from '../unexpected-error.ts';
import { dossierIdIn } from './keys.ts';

const streamRecord = z.object({
  dynamodb: z.object({
    SequenceNumber: z.string(),
    Keys: z.object({ pk: z.object({ S: z.string() }) }),
  }),
});
const streamBatch = z.object({ Records: z.array(streamRecord) });

/** What Lambda expects back when a batch is not done: from the named record on, everything comes again. */
export interface PartialFailure {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * Tells of which dossier each record of the book's stream is, in order, and stops at the first that fails: the order of
 * a dossier's events must hold.
 * @returns the failed record, from which the stream goes on later; nothing when all were told
 */
export function tellInOrder(tell: (dossierId: string) => Promise<void>) {
  return async (event: unknown): Promise<PartialFailure> => {
    for (const record of streamBatch.parse(event).Records) {
      try {
        const dossierId = dossierIdIn(record.dynamodb.Keys.pk.S);
        if (dossierId !== undefined) await tell(dossierId);
      } catch (error) {
        console.error({ record: record.dynamodb.SequenceNumber, ...describeUnexpected(error) });
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb.SequenceNumber }] };
      }
    }
    return { batchItemFailures: [] };
  };
}
