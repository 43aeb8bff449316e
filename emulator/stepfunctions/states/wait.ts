import type { WaitState } from '../definition/types.ts';
import { evaluateAs, QueryFailure } from '../query/evaluate.ts';
import type { Branch } from '../run.ts';
import type { Transaction } from '../transaction.ts';
import { leave } from './leave.ts';
import { scopeOf } from './scope.ts';

/** A Timestamp that is no timestamp. Unlike a failed expression, AWS notes it after the state is entered. */
export class TimestampFailure extends QueryFailure {}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
export async function enterWait(transaction: Transaction, branch: Branch, state: WaitState): Promise<boolean> {
  const until = await waitsUntil(transaction, branch, state);
  if (until <= transaction.now) return leaveWait(transaction, branch, state);
  branch.phase = { kind: 'waiting', until };
  return false;
}

/** The wait is over. */
export async function leaveWait(transaction: Transaction, branch: Branch, state: WaitState): Promise<boolean> {
  return leave(transaction, branch, scopeOf(transaction, branch), { ...state, plain: branch.input });
}

async function waitsUntil(transaction: Transaction, branch: Branch, state: WaitState): Promise<number> {
  const scope = scopeOf(transaction, branch);
  if (state.timestamp !== undefined)
    return parseTimestamp(await evaluateAs('string', state.timestamp, 'Timestamp', scope));
  const seconds = await evaluateAs('number', state.seconds ?? 0, 'Seconds', scope);
  if (!Number.isInteger(seconds) || seconds < 0) {
    throw new QueryFailure(
      `The Seconds field must be a non-negative integer but was: ${JSON.stringify(seconds)}`,
      'Seconds',
    );
  }
  return transaction.now + seconds * 1_000;
}

const offsetDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/u;

/** An ISO 8601 extended offset date-time, to epoch milliseconds. */
function parseTimestamp(text: string): number {
  // More digits than milliseconds are allowed, and more than Date reads.
  const instant =
    offsetDateTime.test(text) && isDay(text.slice(0, 10))
      ? Date.parse(text.replace(/(\.\d{3})\d+/u, '$1'))
      : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw new TimestampFailure(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    'Timestamp',
  );
}

/** Date takes the 30th of February for the 1st or 2nd of March; AWS does not. */
function isDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
