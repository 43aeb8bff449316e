import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { limiter, type Limiter } from '../domain/limiter.ts';
import type { AllowanceName } from '../domain/limits.ts';
import type { Counters } from '../domain/ports/counters.ts';
import { triesOf, type Try } from '../domain/tries.ts';
import { dynamoCounters } from './dynamodb/counters.ts';
import { documentClient } from './dynamodb/document-client.ts';
import { log } from './log.ts';
import { describeUnexpected } from './unexpected-error.ts';

/** Keeps callers to an allowance by the function's clock; without counters each instance counts for itself. */
export function limiterOf(allowance: AllowanceName, counters?: Counters): Limiter {
  return limiter({
    allowance,
    ...(counters === undefined ? {} : { counters }),
    now: Date.now,
    onSpent: () => log.warn('an allowance is spent', { allowance }),
    onFailure: (error) => log.error('the counters do not answer', describeUnexpected(error)),
  });
}

/** The allowances of whoever tracks: of the address that asks, and of the code it asks for. */
export function trackingLimits(
  client: DynamoDBDocumentClient,
  table: string,
): Readonly<Record<'addresses' | 'codes', Limiter>> {
  const counters = dynamoCounters(client, table);
  return { addresses: limiterOf('address', counters), codes: limiterOf('code', counters) };
}

/** Tries at the digits that open the details of a code. */
export function digitTries(client: DynamoDBDocumentClient, table: string): (trackingCode: string) => Promise<Try> {
  return triesOf(dynamoCounters(client, table), Date.now);
}

export type CallerLimits = Readonly<Record<'person' | 'system', Limiter>>;

const Env = z.object({ CALLER_LIMITS_TABLE: z.string().nonempty().optional() });

/**
 * The allowances of whoever holds a token. The stack names the table to every function behind a door
 * (`lib/limits-table.ts`), so that no handler can forget it; where it names none, nobody is limited.
 */
export function callerLimits(): CallerLimits | undefined {
  const table = Env.parse(process.env).CALLER_LIMITS_TABLE;
  if (table === undefined) return undefined;
  const counters = dynamoCounters(documentClient(), table);
  return { person: limiterOf('person', counters), system: limiterOf('system', counters) };
}
