import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { headItem } from './items.ts';
import { dossierIdIn, dossierKey, head } from './keys.ts';

/** DynamoDB leaves keys of a batch undone when it is busy; so often they are asked for again, more slowly each time. */
const mostTries = 8;

/** What DynamoDB takes in a batch. */
export const headsAtOnce = 100;

/**
 * The heads of some dossiers, {@link headsAtOnce} at most, in the order of their ids; each is half a read unit, and one
 * that has just been written may be a moment old.
 * @returns those there are, and the ids of those that cannot be read
 * @throws when DynamoDB is too busy
 */
export async function headsOf(
  client: DynamoDBDocumentClient,
  table: string,
  dossierIds: readonly string[],
  pause: (tries: number) => Promise<void>,
): Promise<{ readonly dossiers: readonly Dossier[]; readonly unreadable: readonly string[] }> {
  const found = new Map<string | undefined, unknown>();
  let keys: Record<string, unknown>[] = [...new Set(dossierIds)].map((id) => ({ pk: dossierKey(id), sk: head }));
  for (let tries = 1; keys.length > 0; tries += 1) {
    if (tries > mostTries) throw new Error(`${keys.length} heads were left unread ${mostTries} times`);
    if (tries > 1) await pause(tries);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: keys } } }),
    );
    for (const item of Responses?.[table] ?? []) found.set(dossierIdIn(Keyed.parse(item).pk), item);
    keys = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  const read = dossierIds.filter((id) => found.has(id)).map((id) => ({ id, ...headItem.safeParse(found.get(id)) }));
  return {
    dossiers: read.flatMap(({ data }) => (data === undefined ? [] : [data])),
    unreadable: read.flatMap(({ id, success }) => (success ? [] : [id])),
  };
}

const Keyed = z.object({ pk: z.string() });
