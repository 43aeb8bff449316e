import type { SucceedState } from '../definition/types.ts';
import type { Strand } from '../run.ts';
import type { Turn } from '../turn.ts';
import { leave } from './leave.ts';
import { scopeOf } from './scope.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html */
export async function enterSucceed(turn: Turn, strand: Strand, state: SucceedState): Promise<boolean> {
  return leave(turn, strand, scopeOf(turn, strand), { ...state, plain: strand.input });
}
