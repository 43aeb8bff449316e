import type { Flow, State } from '../../stepfunctions/definition/types.ts';

/** One way from a state to another, as the definition says it. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'catch';
  /** The errors that a Catch takes; none for the other kinds. */
  readonly errors: readonly string[];
}

/** Every way between the states of one flow; those inside of a Parallel or a Map belong to their own flow. */
export function edgesOf(flow: Flow): Edge[] {
  return [...flow.states.values()].flatMap((state) => [...onward(state), ...caught(state)]);
}

function onward(state: State): Edge[] {
  const from = state.name;
  if (state.type === 'Fail') return [];
  if (state.type !== 'Choice')
    return state.next === undefined ? [] : [{ from, to: state.next, kind: 'next', errors: [] }];
  const rules: Edge[] = state.choices.map(({ next }) => ({ from, to: next, kind: 'choice', errors: [] }));
  return state.default === undefined ? rules : [...rules, { from, to: state.default, kind: 'default', errors: [] }];
}

function caught(state: State): Edge[] {
  if (!('catch' in state)) return [];
  return state.catch.map(({ errorEquals, next }) => ({
    from: state.name,
    to: next,
    kind: 'catch',
    errors: errorEquals,
  }));
}

/** The flows inside of a state, each with what it is called. */
export function flowsInside(state: State): readonly { readonly title: string; readonly flow: Flow }[] {
  if (state.type === 'Parallel') return state.branches.map((flow, index) => ({ title: `Branch ${index + 1}`, flow }));
  return state.type === 'Map' ? [{ title: 'For each item', flow: state.processor }] : [];
}

/** Every state of a machine, those inside of others right after them. */
export function statesOf(flow: Flow): State[] {
  return [...flow.states.values()].flatMap((state) => [
    state,
    ...flowsInside(state).flatMap((inside) => statesOf(inside.flow)),
  ]);
}
