import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { bookIn, clientOptions, clockOf, runCommand, type SystemFlags } from './connection.ts';
import { forMany, type FactForMany, type Outcome } from './for-many.ts';

/**
 * Runs a command that records one fact about many dossiers: previewed, and recorded with `--apply`.
 * @param asked the flags and the fact; or the words of the help
 */
export async function manyCommand(
  asked: () =>
    | string
    | {
        readonly values: SystemFlags & { readonly apply: boolean };
        readonly fact: (now: number) => FactForMany;
        readonly outcome: Outcome;
      },
): Promise<void> {
  await runCommand(async () => {
    const plan = asked();
    if (typeof plan === 'string') return plan;
    const { values, fact, outcome } = plan;
    const client = new DynamoDBClient(clientOptions(values));
    try {
      const now = await clockOf(values);
      const documents = DynamoDBDocumentClient.from(client);
      return await forMany(documents, await bookIn(client, values), now, fact(now()), outcome, values.apply);
    } finally {
      client.destroy();
    }
  });
}
