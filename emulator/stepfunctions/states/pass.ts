import type { PassState } from '../definition/types.ts';
import { effectiveInput, effectiveOutput, fillTemplate, type PathScope } from '../query/jsonpath.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Strand } from '../run.ts';
import type { Turn } from '../turn.ts';
import { leave } from './leave.ts';
import { contextOf, scopeOf, variablesOf } from './scope.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html */
export async function enterPass(turn: Turn, strand: Strand, state: PassState): Promise<boolean> {
  if (state.queryLanguage === 'JSONata')
    return leave(turn, strand, scopeOf(turn, strand), { ...state, plain: strand.input });
  const scope = pathScopeOf(turn, strand);
  const input = effectiveInput(state.paths, scope);
  const result = state.paths.result ?? input;
  return leave(turn, strand, scopeOf(turn, strand), {
    ...(state.next === undefined ? {} : { next: state.next }),
    plain: effectiveOutput(state.paths, result, scope),
    ...assignedByPath(state.assign, { ...scope, input: result }),
  });
}

export function pathScopeOf(turn: Turn, strand: Strand): PathScope {
  return { input: strand.input, context: contextOf(turn, strand), variables: variablesOf(turn, strand) };
}

/** The `Assign` of a JSONPath state: a payload template on the state's result. */
export function assignedByPath(assign: JsonObject | undefined, scope: PathScope): { assigned?: JsonObject } {
  if (assign === undefined) return {};
  const filled = fillTemplate(assign, scope);
  return isObject(filled) ? { assigned: filled } : {};
}
