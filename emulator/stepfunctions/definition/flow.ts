import type { Fields } from './fields.ts';
import type { Flow, State } from './types.ts';

/** Where a state may lead, with the field that says so. */
function ways(state: State): { field: string; to: string }[] {
  const found: { field: string; to: string }[] = [];
  if (state.type !== 'Choice' && state.type !== 'Fail' && state.next !== undefined)
    found.push({ field: 'Next', to: state.next });
  if (state.type === 'Choice') {
    for (const [index, rule] of state.choices.entries()) found.push({ field: `Choices[${index}]/Next`, to: rule.next });
    if (state.default !== undefined) found.push({ field: 'Default', to: state.default });
  }
  if ('catch' in state) {
    for (const [index, catcher] of state.catch.entries())
      found.push({ field: `Catch[${index}]/Next`, to: catcher.next });
  }
  return found;
}

/**
 * Every way must lead to a state of the same flow, one must lead out, and every state must be reachable. In AWS's order
 * and words.
 */
export function checkFlow(flow: Flow, fields: Fields): void {
  if (fields.problems.length > 0) return;
  if (!flow.states.has(flow.startAt))
    fields.problem(`Missing 'Next' target: ${flow.startAt}`, 'StartAt', 'MISSING_TRANSITION_TARGET');
  for (const state of flow.states.values()) checkWays(flow, state, fields);
  if (![...flow.states.values()].some(isEnd)) {
    fields.problems.push({ code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' });
    return;
  }
  const reached = reachable(flow);
  for (const name of flow.states.keys()) {
    if (!reached.has(name))
      fields.problem(`State "${name}" is not reachable.`, `States/${name}`, 'MISSING_TRANSITION_TARGET');
  }
}

function checkWays(flow: Flow, state: State, fields: Fields): void {
  for (const { field, to } of ways(state)) {
    if (!flow.states.has(to))
      fields.problem(`Missing 'Next' target: ${to}`, `States/${state.name}/${field}`, 'MISSING_TRANSITION_TARGET');
  }
}

function isEnd(state: State): boolean {
  return state.type === 'Succeed' || state.type === 'Fail' || (state.type !== 'Choice' && state.next === undefined);
}

function reachable(flow: Flow): ReadonlySet<string> {
  const reached = new Set([flow.startAt]);
  for (const name of reached) {
    const state = flow.states.get(name);
    if (state) ways(state).forEach(({ to }) => reached.add(to));
  }
  return reached;
}
