import * as z from 'zod';
import { log } from '../log.ts';
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
 * Tells which dossiers the records of the book's stream are about, in the order of the last record of each: whoever is
 * told looks at the book, where all of them are written already. What AWS refuses now stops the batch there, for
 * it is refused to every dossier and passes; what one dossier alone cannot get through is set aside at once, by the
 * dossier's name, and holds up nobody else.
 * @param setAside puts the dossier where people see it, and may be told twice
 * @returns the failed record, from which the stream goes on later; nothing when all were told or set aside
 */
export function tellInOrder(
  tell: (dossierId: string) => Promise<void>,
  setAside: (dossierId: string, reason: string) => Promise<void>,
) {
  return async (event: unknown): Promise<PartialFailure> => {
    const records = streamBatch.parse(event).Records.map(({ dynamodb }) => ({
      record: dynamodb.SequenceNumber,
      dossierId: dossierIdIn(dynamodb.Keys.pk.S),
    }));
    const lastOf = new Map(records.map(({ record, dossierId }) => [dossierId, record]));
    for (const { record, dossierId } of records) {
      if (dossierId === undefined || lastOf.get(dossierId) !== record) continue;
      try {
        await tellOrSetAside(dossierId);
      } catch (error) {
        log.error('not told', { record, dossierId, ...describeUnexpected(error) });
        return { batchItemFailures: [{ itemIdentifier: record }] };
      }
    }
    return { batchItemFailures: [] };
  };

  async function tellOrSetAside(dossierId: string): Promise<void> {
    try {
      await tell(dossierId);
    } catch (error) {
      if (isOfTheCloud(error)) throw error;
      const { error: reason, at } = describeUnexpected(error);
      log.error('set aside', { setAside: dossierId, error: reason, at });
      await setAside(dossierId, reason);
    }
  }
}

/** Every error that the SDK throws tells of its attempts, whether AWS refused or was not reached. */
function isOfTheCloud(error: unknown): boolean {
  return error instanceof Error && '$metadata' in error;
}
