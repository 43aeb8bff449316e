import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoKeptAnswers } from './dynamodb/kept-answers.ts';
import type { OncePorts } from './http/once.ts';
import { pause } from './pause.ts';

/** Keeps what is answered under an Idempotency-Key, by the function's clock. @param table of the people */
export function keepingAnswers(client: DynamoDBDocumentClient, table: string): OncePorts {
  return { answers: dynamoKeptAnswers(client, table), now: Date.now, pause, drawHolder: randomUUID };
}
