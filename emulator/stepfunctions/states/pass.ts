import type { PassState } from '../definition/types.ts';
import { effectiveInput, effectiveOutput, fillTemplate, type PathScope } from '../query/jsonpath.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Branch } from '../run.ts';
import type { Transaction } from '../transaction.ts';
import { leave } from './leave.ts';
import { contextOf, scopeOf, variablesOf } from './scope.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html */
export async function enterPass(transaction: Transaction, branch: Branch, state: PassState): Promise<boolean> {
  if (state.queryLanguage === 'JSONata')
    return leave(transaction, branch, scopeOf(transaction, branch), { ...state, plain: branch.input });
  const scope = pathScopeOf(transaction, branch);
  const input = effectiveInput(state.paths, scope);
  const result = state.paths.result ?? input;
  return leave(transaction, branch, scopeOf(transaction, branch), {
    ...(state.next === undefined ? {} : { next: state.next }),
    plain: effectiveOutput(state.paths, result, scope),
    ...assignedByPath(state.assign, { ...scope, input: result }),
  });
}

export function pathScopeOf(transaction: Transaction, branch: Branch): PathScope {
  return { input: branch.input, context: contextOf(transaction, branch), variables: variablesOf(transaction, branch) };
}

/** The `Assign` of a JSONPath state: a payload template on the state's result. */
export function assignedByPath(assign: JsonObject | undefined, scope: PathScope): { assigned?: JsonObject } {
  if (assign === undefined) return {};
  const filled = fillTemplate(assign, scope);
  return isObject(filled) ? { assigned: filled } : {};
}
