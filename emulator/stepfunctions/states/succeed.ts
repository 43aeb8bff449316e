import type { SucceedState } from '../definition/types.ts';
import type { Branch } from '../run.ts';
import type { Transaction } from '../transaction.ts';
import { leave } from './leave.ts';
import { scopeOf } from './scope.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html */
export async function enterSucceed(transaction: Transaction, branch: Branch, state: SucceedState): Promise<boolean> {
  return leave(transaction, branch, scopeOf(transaction, branch), { ...state, plain: branch.input });
}
