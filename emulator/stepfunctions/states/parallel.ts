import type { ParallelState } from '../definition/types.ts';
import { evaluate } from '../query/evaluate.ts';
import type { Json } from '../json.ts';
import type { ParallelPhase, Strand } from '../run.ts';
import type { Turn } from '../turn.ts';
import { leave } from './leave.ts';
import { scopeOf } from './scope.ts';

/** Starts every branch. https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
export async function enterParallel(turn: Turn, strand: Strand, state: ParallelState): Promise<boolean> {
  const input =
    state.arguments === undefined ? strand.input : await evaluate(state.arguments, 'Arguments', scopeOf(turn, strand));
  const started = turn.appendTo(strand, 'ParallelStateStarted');
  const children = state.branches.map(
    (branch, index) => turn.addStrand(strand, index, branch.startAt, input, started).id,
  );
  strand.phase = { kind: 'parallel', children, results: {} };
  return false;
}

/**
 * A branch has come to its end. With the last one the state is left: the result has the branches' outputs in their
 * order.
 */
export async function branchEnded(
  turn: Turn,
  strand: Strand,
  state: ParallelState,
  phase: ParallelPhase,
  branch: Strand,
): Promise<boolean> {
  const results = { ...phase.results, [branch.index ?? 0]: branch.input };
  const children = phase.children.filter((child) => child !== branch.id);
  strand.phase = { kind: 'parallel', children, results };
  turn.removeStrand(branch.id);
  if (children.length > 0) return false;
  turn.append('ParallelStateSucceeded', branch.previous);
  strand.previous = branch.previous;
  const result = inOrder(results, state.branches.length);
  return leave(turn, strand, scopeOf(turn, strand, { result }), { ...state, plain: result });
}

export function inOrder(results: Record<number, Json>, length: number): Json[] {
  return Array.from({ length }, (_, index) => results[index] ?? null);
}
