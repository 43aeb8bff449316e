import { TransactWriteCommand, UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Change } from '../../domain/execution/generations.ts';
import type { BookWriter, GenerationWriter } from '../../domain/ports/book.ts';
import { cancellationCodes, dynamoBook } from './book.ts';
import { finding, settled } from './findings.ts';
import { dossierKey, execution } from './keys.ts';

/** The book for those who replace executions: what they write comes back to them on its stream. */
export function dynamoGenerations(client: DynamoDBDocumentClient, table: string): BookWriter & GenerationWriter {
  return {
    ...dynamoBook(client, table),
    replace: async (dossierId, generation, change, now) => {
      const Update = {
        TableName: table,
        Key: { pk: dossierKey(dossierId), sk: execution },
        ...written(change, generation, new Date(now).toISOString()),
      };
      const paused =
        change.kind === 'pause'
          ? [finding(table, dossierId, 'paused', 'paused', now)]
          : change.endsPause
            ? [settled(table, dossierId, 'paused')]
            : [];
      try {
        await client.send(new TransactWriteCommand({ TransactItems: [{ Update }, ...paused] }));
        return 'written';
      } catch (error) {
        if (cancellationCodes(error).includes('ConditionalCheckFailed')) return 'overtaken';
        throw error;
      }
    },
    nudge: async (dossierId, now) => {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: dossierKey(dossierId), sk: execution },
          UpdateExpression:
            'SET nudgedAt = :now, generation = if_not_exists(generation, :first), followed = if_not_exists(followed, :none)',
          ExpressionAttributeValues: { ':now': new Date(now).toISOString(), ':first': 1, ':none': 0 },
        }),
      );
    },
  };
}

/**
 * A raised generation has followed nothing yet, so whatever it says when it arrives is news; whatever an older one
 * still says is not written any more. The first generation stands in no line before it arrives.
 */
function written(change: Change, generation: number, now: string) {
  const isThis =
    generation === 1 ? '(attribute_not_exists(generation) OR generation = :generation)' : 'generation = :generation';
  if (change.kind === 'pause')
    return {
      UpdateExpression: 'SET pausedAt = :now, generation = :generation, followed = if_not_exists(followed, :none)',
      ConditionExpression: `${isThis} AND attribute_not_exists(pausedAt)`,
      ExpressionAttributeValues: { ':generation': generation, ':now': now, ':none': 0 },
    };
  return {
    UpdateExpression:
      'SET generation = :next, followed = :none, raisedAt = :now, resumedAt = :resumed, formerToken = if_not_exists(taskToken, :unknown) REMOVE taskToken, waitingSince, attempt, pausedAt, due, dueAt',
    ConditionExpression: isThis,
    ExpressionAttributeValues: {
      ':generation': generation,
      ':next': generation + 1,
      ':none': 0,
      ':now': now,
      ':resumed': change.resumedAt.map((instant) => new Date(instant).toISOString()),
      ':unknown': '',
    },
  };
}
