import type { FailState } from '../definition/types.ts';
import { evaluateAs } from '../query/evaluate.ts';
import type { Branch } from '../run.ts';
import { StateFailed, type Transaction } from '../transaction.ts';
import { scopeOf } from './scope.ts';

/** Always throws. https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
export async function enterFail(transaction: Transaction, branch: Branch, state: FailState): Promise<boolean> {
  const scope = scopeOf(transaction, branch);
  const error = state.error === undefined ? undefined : await evaluateAs('string', state.error, 'Error', scope);
  const cause = state.cause === undefined ? undefined : await evaluateAs('string', state.cause, 'Cause', scope);
  throw new StateFailed({ ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) });
}
