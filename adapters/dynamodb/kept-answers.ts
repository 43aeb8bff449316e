import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { keptMs, leaseMs, type Claim, type KeptAnswers } from '../http/once.ts';
import { answerKey, answerOf } from './keys.ts';

/** What a failed condition hands back: attributes as DynamoDB writes them. */
const Found = z.object({
  asked: z.object({ S: z.string() }),
  answer: z.object({ S: z.string() }).optional(),
});
const Answer = z.object({ statusCode: z.int(), headers: z.record(z.string(), z.string()), body: z.string() });

/**
 * Answers beside the people's data, since they may show some of it. Written and never read by itself: whoever may only
 * put is handed what stands in the way of his claim. What is over is over by the clock that is handed in; the table
 * sweeps it away days later.
 */
export function dynamoKeptAnswers(client: DynamoDBDocumentClient, table: string): KeptAnswers {
  const put = async (claim: Claim, said: Record<string, unknown>, condition: string, values: Record<string, unknown>) =>
    client.send(
      new PutCommand({
        TableName: table,
        Item: { pk: answerKey(claim.key), sk: answerOf, asked: claim.request, holder: claim.holder, ...said },
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  /** Writes as long as the claim is the holder's. */
  const settle = async (claim: Claim, said: Record<string, unknown>): Promise<void> => {
    try {
      await put(claim, said, 'holder = :holder', { ':holder': claim.holder });
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  return {
    claim: async (claim) => {
      const seconds = Math.floor(claim.now / 1000);
      try {
        await put(
          claim,
          { leaseUntil: claim.now + leaseMs, expiresAt: seconds + keptMs / 1000 },
          'attribute_not_exists(pk) OR expiresAt <= :seconds OR (attribute_not_exists(answer) AND leaseUntil <= :now AND asked = :asked)',
          { ':seconds': seconds, ':now': claim.now, ':asked': claim.request },
        );
        return 'claimed';
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const { asked, answer } = Found.parse(error.Item);
        if (asked.S !== claim.request) return 'other-request';
        return answer === undefined ? 'in-flight' : { answer: Answer.parse(JSON.parse(answer.S)) };
      }
    },
    keep: async (claim, answer) =>
      settle(claim, {
        answer: JSON.stringify(answer),
        expiresAt: Math.floor((claim.now + keptMs) / 1000),
      }),
    release: async (claim) => settle(claim, { expiresAt: Math.floor(claim.now / 1000) }),
  };
}
