import { paginateQuery, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { FindingKind } from '../../domain/ports/book.ts';
import type { indexes } from '../../domain/ports/indexes.ts';
import { deskKey } from './indexes.ts';
import { dossierIdIn, dossierKey, findingKey } from './keys.ts';

/** Findings lie on the desk of ops, the oldest first. */
export const opsDesk = deskKey('OPS', 'findings');

/** Puts a finding on the desk of ops; one that lies there already stays as it is. */
export function finding(table: string, dossierId: string, kind: FindingKind, reason: string, now: number) {
  return {
    Update: {
      TableName: table,
      Key: { pk: dossierKey(dossierId), sk: findingKey(kind) },
      UpdateExpression: 'SET reason = :reason, desk = :desk, urgentAt = if_not_exists(urgentAt, :now) REMOVE settled',
      ExpressionAttributeValues: { ':reason': reason, ':desk': opsDesk, ':now': new Date(now).toISOString() },
    },
  };
}

/** Takes a finding from the desk; nothing is deleted. */
export function settled(table: string, dossierId: string, kind: FindingKind) {
  return {
    Update: {
      TableName: table,
      Key: { pk: dossierKey(dossierId), sk: findingKey(kind) },
      UpdateExpression: 'SET settled = :yes REMOVE desk, urgentAt',
      ExpressionAttributeValues: { ':yes': true },
    },
  };
}

export const onDesk = z.object({
  pk: z.string(),
  sk: z
    .string()
    .transform((sk) => sk.replace(findingKey(''), ''))
    .pipe(z.enum(['due', 'paused'])),
  urgentAt: z.string(),
});

/** What stands on the desk of ops, the oldest first; `kind` in the words of the keys, `since` in ISO 8601. */
export async function dynamoFindings(
  client: DynamoDBDocumentClient,
  table: string,
): Promise<readonly { readonly dossierId: string; readonly kind: FindingKind; readonly since: string }[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      IndexName: 'desk' satisfies keyof typeof indexes,
      KeyConditionExpression: 'desk = :desk',
      ExpressionAttributeValues: { ':desk': opsDesk },
    },
  );
  const found = await Array.fromAsync(pages, ({ Items = [] }) => Items.map((item) => onDesk.parse(item)));
  return found.flat().map(({ pk, sk, urgentAt }) => ({
    dossierId: dossierIdIn(pk) ?? pk,
    kind: sk,
    since: urgentAt,
  }));
}
