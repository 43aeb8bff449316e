import type { LeftOut } from './operation.ts';
import { borderProblem, type Problem } from './problem.ts';

/** What one of many is answered that could not be read. */
interface Unread {
  readonly status: number;
  readonly problem?: Problem;
}

/** What was read and what was left out, each where it stood in the request. */
export function inPlace<Answered>(read: readonly Answered[], leftOut: LeftOut): readonly (Answered | Unread)[] {
  const next = read.values();
  return Array.from({ length: read.length + leftOut.size }, (_item, index): Answered | Unread => {
    const errors = leftOut.get(index);
    const answer = errors === undefined ? next.next().value : undefined;
    return answer ?? { status: 400, problem: borderProblem('InvalidRequest', errors) };
  });
}
