import { createHmac, randomBytes } from 'node:crypto';
import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Counters } from '../../domain/ports/counters.ts';

const Salted = z.object({ salt: z.instanceof(Uint8Array) });
const Counted = z.object({ spent: z.number() });

const hour = 3_600_000;
/** Longer than DynamoDB usually takes with its own retries; nobody waits longer for a count. */
const patienceMs = 1000;

/**
 * Counts in items that expire. Whoever spends stands there as a hash alone, keyed with a secret that changes every day
 * and expires with it: a network address is personal data.
 */
export function dynamoCounters(client: DynamoDBDocumentClient, table: string): Counters {
  let salt: { readonly day: string; readonly value: Promise<Uint8Array> } | undefined;

  async function update(pk: string, expression: string, values: Readonly<Record<string, unknown>>, expiresAt: number) {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk },
        UpdateExpression: `SET expiresAt = :expiresAt${expression}`,
        ExpressionAttributeValues: { ...values, ':expiresAt': Math.ceil(expiresAt / 1000) },
        ReturnValues: 'ALL_NEW',
      }),
      { abortSignal: AbortSignal.timeout(patienceMs) },
    );
    return Attributes;
  }

  /** Whoever needs it first in a day draws it for all. */
  async function drawSalt(day: string, endsAt: number): Promise<Uint8Array> {
    const drawn = await update(
      `SALT#${day}`,
      ', salt = if_not_exists(salt, :fresh)',
      { ':fresh': randomBytes(32) },
      endsAt + 24 * hour,
    );
    return Salted.parse(drawn).salt;
  }

  async function saltOf(endsAt: number): Promise<Uint8Array> {
    const day = new Date(endsAt).toISOString().slice(0, 10);
    if (salt?.day !== day) {
      const value = drawSalt(day, endsAt);
      salt = { day, value };
      value.catch(() => (salt = undefined));
    }
    return salt.value;
  }

  return {
    add: async ({ allowance, who, units, endsAt }) => {
      const hash = createHmac('sha256', await saltOf(endsAt))
        .update(`${allowance}#${who}`)
        .digest('base64url');
      const pk = `${allowance}#${hash}#${endsAt}`;
      return Counted.parse(await update(pk, ' ADD spent :units', { ':units': units }, endsAt + hour)).spent;
    },
  };
}
