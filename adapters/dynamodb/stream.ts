import * as z from 'zod';
import { log } from '../log.ts';
import { describeUnexpected } from '../unexpected-error.ts';
import { arrivalIn, dossierIdIn, type ArrivalKey } from './keys.ts';

const streamRecord = z.object({
  dynamodb: z.object({
    SequenceNumber: z.string(),
    Keys: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
    NewImage: z.looseObject({ nationalStatus: z.unknown() }).partial().optional(),
  }),
});
const streamBatch = z.object({ Records: z.array(streamRecord) });

/** What Lambda expects back when a batch is not done: from the named record on, everything comes again. */
export interface PartialFailure {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

type SetAside = (dossierId: string, reason: string) => Promise<void>;

/**
 * Tells which dossiers the records of the book's stream are about, in the order of the last record of each: whoever is
 * told looks at the book, where all of them are written already. What AWS refuses now stops the batch there, for
 * it is refused to every dossier and passes; what one dossier alone cannot get through is set aside at once, by the
 * dossier's name, and holds up nobody else.
 * @param setAside puts the dossier where people see it, and may be told twice
 * @returns the failed record, from which the stream goes on later; nothing when all were told or set aside
 */
export function tellInOrder(tell: (dossierId: string) => Promise<void>, setAside: SetAside) {
  return async (event: unknown): Promise<PartialFailure> => {
    const records = recordsIn(event);
    const lastOf = new Map(records.map((one) => [one.dossierId, one]));
    return eachInTurn(
      records.filter((one) => lastOf.get(one.dossierId) === one),
      async ({ dossierId }) => tell(dossierId),
      setAside,
    );
  };
}

/** What a record of the stream is about. */
export interface Told {
  readonly dossierId: string;
  /** The event or note that was written; undefined for anything else. */
  readonly arrival: ArrivalKey | undefined;
  /** The event sets the national status. */
  readonly setsStatus: boolean;
}

/** The same record by record, for whoever must hear of each. */
export function tellEachInOrder(tell: (told: Told) => Promise<void>, setAside: SetAside) {
  return async (event: unknown): Promise<PartialFailure> => eachInTurn(recordsIn(event), tell, setAside);
}

interface Record extends Told {
  readonly record: string;
}

function recordsIn(event: unknown): readonly Record[] {
  return streamBatch.parse(event).Records.flatMap(({ dynamodb: { SequenceNumber, Keys, NewImage } }) => {
    const dossierId = dossierIdIn(Keys.pk.S);
    if (dossierId === undefined) return [];
    const setsStatus = NewImage?.nationalStatus !== undefined;
    return [{ record: SequenceNumber, dossierId, arrival: arrivalIn(Keys.sk.S), setsStatus }];
  });
}

async function eachInTurn(
  records: readonly Record[],
  tell: (record: Record) => Promise<void>,
  setAside: SetAside,
): Promise<PartialFailure> {
  for (const told of records) {
    const { record, dossierId } = told;
    try {
      await tell(told).catch(async (error: unknown) => {
        if (isOfTheCloud(error)) throw error;
        const { error: reason, at } = describeUnexpected(error);
        log.error('set aside', { setAside: dossierId, error: reason, at });
        await setAside(dossierId, reason);
      });
    } catch (error) {
      log.error('not told', { record, dossierId, ...describeUnexpected(error) });
      return { batchItemFailures: [{ itemIdentifier: record }] };
    }
  }
  return { batchItemFailures: [] };
}

/** Every error that the SDK throws tells of its attempts, whether AWS refused or was not reached. */
function isOfTheCloud(error: unknown): boolean {
  return error instanceof Error && '$metadata' in error;
}
