import { deskKey } from './indexes.ts';
import { dossierKey, findingKey } from './keys.ts';

/** Findings lie on the desk of ops, the oldest first. */
const opsDesk = deskKey('OPS', 'findings');

/** What was found of a dossier, in the words of `keys.ts`: by the sweep, or because its execution is paused. */
export type FindingKind = 'due' | 'paused';

/** Puts a finding on the desk of ops; one that lies there already stays as it is. */
export function finding(table: string, dossierId: string, kind: FindingKind, reason: string, now: number) {
  return {
    Update: {
      TableName: table,
      Key: { pk: dossierKey(dossierId), sk: findingKey(kind) },
      UpdateExpression: 'SET reason = :reason, desk = :desk, dueAt = if_not_exists(dueAt, :now) REMOVE settled',
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
      UpdateExpression: 'SET settled = :yes REMOVE desk, dueAt',
      ExpressionAttributeValues: { ':yes': true },
    },
  };
}
