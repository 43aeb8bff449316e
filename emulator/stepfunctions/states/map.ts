import type { MapState } from '../definition/types.ts';
import { eachInTurn } from '../in-turn.ts';
import type { Json } from '../json.ts';
import { evaluate, evaluateAs, QueryFailure, type Scope } from '../query/evaluate.ts';
import { isList } from '../json.ts';
import type { MapPhase, Branch } from '../run.ts';
import type { Transaction } from '../transaction.ts';
import { leave } from './leave.ts';
import { inOrder } from './parallel.ts';
import { scopeOf } from './scope.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html: at most 40 iterations at once. */
const mostAtOnce = 40;

/** Starts the first iterations. https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export async function enterMap(transaction: Transaction, branch: Branch, state: MapState): Promise<boolean> {
  const scope = scopeOf(transaction, branch);
  const items = await itemsOf(branch, state, scope);
  const concurrency = (await amount(state.maxConcurrency, 'MaxConcurrency', scope)) ?? 0;
  const tolerated = await toleratedOf(state, scope, items.length);
  const started = transaction.appendTo(branch, 'MapStateStarted', { length: items.length });
  const phase: MapPhase = {
    kind: 'map',
    items,
    next: 0,
    children: [],
    results: {},
    failed: 0,
    concurrency: concurrency === 0 ? mostAtOnce : Math.min(concurrency, mostAtOnce),
    tolerated,
  };
  branch.phase = phase;
  if (items.length === 0) return leaveMap(transaction, branch, state, phase, started);
  await startIterations(transaction, branch, state, phase, started);
  return false;
}

async function itemsOf(branch: Branch, state: MapState, scope: Scope): Promise<readonly Json[]> {
  if (state.items !== undefined) return evaluateAs('array', state.items, 'Items', scope);
  if (isList(branch.input)) return branch.input;
  throw new QueryFailure(`Map state input must be an array but was: ${JSON.stringify(branch.input)}`);
}

async function amount(field: number | string | undefined, location: string, scope: Scope): Promise<number | undefined> {
  if (field === undefined) return undefined;
  const value = await evaluateAs('number', field, location, scope);
  if (value >= 0) return value;
  throw new QueryFailure(`The ${location} field must not be negative but was: ${value}`, location);
}

/** How many iterations may fail. Both limits hold when both are given. */
async function toleratedOf(state: MapState, scope: Scope, length: number): Promise<number> {
  const count = await amount(state.toleratedFailureCount, 'ToleratedFailureCount', scope);
  const percentage = await amount(state.toleratedFailurePercentage, 'ToleratedFailurePercentage', scope);
  if (count === undefined && percentage === undefined) return 0;
  return Math.min(count ?? length, percentage === undefined ? length : Math.floor((percentage * length) / 100));
}

/** Starts iterations until as many run as may. `previous` is the event that made room. */
async function startIterations(
  transaction: Transaction,
  branch: Branch,
  state: MapState,
  phase: MapPhase,
  previous: number,
): Promise<void> {
  const room = Math.max(0, phase.concurrency - phase.children.length);
  const indexes = [...phase.items.keys()].slice(phase.next, phase.next + room);
  // All items are selected before any iteration starts: a failed selector leaves none behind.
  const inputs = await eachInTurn(indexes, (index) =>
    selected(transaction, branch, state, index, phase.items[index] ?? null),
  );
  const children = [...phase.children];
  for (const [nth, index] of indexes.entries()) {
    const started = transaction.append('MapIterationStarted', previous, { name: branch.at, index });
    children.push(transaction.addBranch(branch, index, state.processor.startAt, inputs[nth] ?? null, started).id);
  }
  branch.phase = { ...phase, next: phase.next + indexes.length, children };
}

async function selected(
  transaction: Transaction,
  branch: Branch,
  state: MapState,
  index: number,
  value: Json,
): Promise<Json> {
  if (state.itemSelector === undefined) return value;
  return evaluate(
    state.itemSelector,
    'ItemSelector',
    scopeOf(transaction, branch, { item: { Index: index, Value: value } }),
  );
}

/**
 * An iteration is over: the next one takes its place, or with the last one the state is left.
 * @param result what the iteration gives to the state's result
 * @param told the event that tells its end
 */
export async function iterationEnded(
  transaction: Transaction,
  branch: Branch,
  state: MapState,
  phase: MapPhase,
  iteration: Branch,
  result: Json,
  told: number,
): Promise<boolean> {
  const index = iteration.index ?? 0;
  const rest: MapPhase = {
    ...phase,
    children: phase.children.filter((child) => child !== iteration.id),
    results: { ...phase.results, [index]: result },
  };
  transaction.removeBranch(iteration.id);
  branch.phase = rest;
  if (rest.next < rest.items.length) await startIterations(transaction, branch, state, rest, iteration.previous);
  else if (rest.children.length === 0) return leaveMap(transaction, branch, state, rest, told);
  return false;
}

async function leaveMap(
  transaction: Transaction,
  branch: Branch,
  state: MapState,
  phase: MapPhase,
  previous: number,
): Promise<boolean> {
  transaction.append('MapStateSucceeded', previous);
  branch.previous = previous;
  const result = inOrder(phase.results, phase.items.length);
  return leave(transaction, branch, scopeOf(transaction, branch, { result }), { ...state, plain: result });
}
