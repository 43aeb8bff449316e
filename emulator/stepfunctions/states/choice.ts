import type { ChoiceState } from '../definition/types.ts';
import { evaluateAs } from '../query/evaluate.ts';
import { firstThat } from '../in-turn.ts';
import type { Branch } from '../run.ts';
import { StateFailed, type Transaction } from '../transaction.ts';
import { described } from './describe.ts';
import { leave } from './leave.ts';
import { scopeOf } from './scope.ts';

/**
 * The first rule whose condition is true leads on, with its own Assign and Output.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export async function enterChoice(transaction: Transaction, branch: Branch, state: ChoiceState): Promise<boolean> {
  const scope = scopeOf(transaction, branch);
  const met = await firstThat([...state.choices.entries()], ([index, rule]) =>
    evaluateAs('boolean', rule.condition, `Choices[${index}]/Condition`, scope),
  );
  if (met) {
    const [index, rule] = met;
    return leave(transaction, branch, scope, { ...rule, within: `Choices[${index}]/`, plain: branch.input });
  }
  if (state.default === undefined) {
    // The documentation calls it States.NoChoiceMatched; AWS answers so.
    throw new StateFailed({
      error: 'States.Runtime',
      cause: described(branch, 'Failed to transition out of the state. The state does not point to a next state.'),
    });
  }
  return leave(transaction, branch, scope, { ...state, next: state.default, plain: branch.input });
}
