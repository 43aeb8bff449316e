import type { ParallelState } from '../definition/types.ts';
import { evaluate } from '../query/evaluate.ts';
import type { Json } from '../json.ts';
import type { ParallelPhase, Branch } from '../run.ts';
import type { Transaction } from '../transaction.ts';
import { leave } from './leave.ts';
import { scopeOf } from './scope.ts';

/** Starts every child. https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
export async function enterParallel(transaction: Transaction, branch: Branch, state: ParallelState): Promise<boolean> {
  const input =
    state.arguments === undefined
      ? branch.input
      : await evaluate(state.arguments, 'Arguments', scopeOf(transaction, branch));
  const started = transaction.appendTo(branch, 'ParallelStateStarted');
  const children = state.branches.map(
    (child, index) => transaction.addBranch(branch, index, child.startAt, input, started).id,
  );
  branch.phase = { kind: 'parallel', children, results: {} };
  return false;
}

/**
 * A branch has come to its end. With the last one the state is left: the result has the branches' outputs in their
 * order.
 */
export async function branchEnded(
  transaction: Transaction,
  branch: Branch,
  state: ParallelState,
  phase: ParallelPhase,
  child: Branch,
): Promise<boolean> {
  const results = { ...phase.results, [child.index ?? 0]: child.input };
  const children = phase.children.filter((id) => id !== child.id);
  branch.phase = { kind: 'parallel', children, results };
  transaction.removeBranch(child.id);
  if (children.length > 0) return false;
  transaction.append('ParallelStateSucceeded', child.previous);
  branch.previous = child.previous;
  const result = inOrder(results, state.branches.length);
  return leave(transaction, branch, scopeOf(transaction, branch, { result }), { ...state, plain: result });
}

export function inOrder(results: Record<number, Json>, length: number): Json[] {
  return Array.from({ length }, (_, index) => results[index] ?? null);
}
