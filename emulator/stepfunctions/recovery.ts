import type { Catcher, Retrier, State } from './definition/types.ts';
import type { JsonObject } from './json.ts';
import { place } from './query/jsonpath.ts';
import type { Failure, Branch } from './run.ts';
import { leave } from './states/leave.ts';
import { assignedByPath, pathScopeOf } from './states/pass.ts';
import { scopeOf } from './states/scope.ts';
import type { Transaction } from './transaction.ts';

/** What Retry and Catch made of a failure. */
export type Recovery = 'retrying' | 'caught' | 'caught at the end of the flow' | 'not recovered';

/**
 * Lets the state's Retry, then its Catch, answer a failure.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export async function recover(transaction: Transaction, branch: Branch, failure: Failure): Promise<Recovery> {
  const state = transaction.stateOf(branch);
  if (!('retry' in state) || failure.terminal) {
    noteFork(transaction, branch, state);
    return 'not recovered';
  }
  if (retries(transaction, branch, state.retry, failure)) return 'retrying';
  noteFork(transaction, branch, state);
  const index = state.catch.findIndex(({ errorEquals }) => matches(errorEquals, failure));
  const catcher = state.catch[index];
  if (!catcher) return 'not recovered';
  const ended = await leaveByCatch(transaction, branch, state, catcher, index, failure);
  return ended ? 'caught at the end of the flow' : 'caught';
}

/** A Map or Parallel that is not tried again tells that it failed. */
function noteFork(transaction: Transaction, branch: Branch, state: State): void {
  if (state.type === 'Map' || state.type === 'Parallel') transaction.appendTo(branch, `${state.type}StateFailed`);
}

function retries(transaction: Transaction, branch: Branch, retriers: readonly Retrier[], failure: Failure): boolean {
  const index = retriers.findIndex(({ errorEquals }) => matches(errorEquals, failure));
  const retrier = retriers[index];
  const made = branch.retries[index] ?? 0;
  if (!retrier || made >= retrier.maxAttempts) return false;
  branch.retries[index] = made + 1;
  dropChildren(transaction, branch);
  branch.phase = { kind: 'retrying', until: transaction.now + delayMs(retrier, made) };
  return true;
}

function delayMs(retrier: Retrier, made: number): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** made;
  const delay = Math.min(grown, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1_000;
  // JitterStrategy FULL: anywhere between nothing and the full delay.
  return Math.round(retrier.jitter ? Math.random() * delay : delay);
}

async function leaveByCatch(
  transaction: Transaction,
  branch: Branch,
  state: State,
  catcher: Catcher,
  index: number,
  failure: Failure,
): Promise<boolean> {
  dropChildren(transaction, branch);
  // A callback without error or cause gives nulls: recorded by AWS.
  const errorOutput: JsonObject = { Error: failure.error ?? null, Cause: failure.cause ?? null };
  const scope = scopeOf(transaction, branch, { errorOutput });
  if (state.queryLanguage === 'JSONata')
    return leave(transaction, branch, scope, { ...catcher, within: `Catch[${index}]/`, plain: errorOutput });
  return leave(transaction, branch, scope, {
    next: catcher.next,
    plain: place(errorOutput, catcher.resultPath, branch.input),
    ...assignedByPath(catcher.assign, { ...pathScopeOf(transaction, branch), input: errorOutput }),
  });
}

function dropChildren(transaction: Transaction, branch: Branch): void {
  if ('children' in branch.phase) branch.phase.children.forEach((child) => transaction.removeBranch(child));
}

/** Errors that only their own name catches, or nothing at all. */
const beyondAll = new Set(['States.DataLimitExceeded', 'States.Runtime']);

function matches(errorEquals: readonly string[], { error, alias }: Failure): boolean {
  return errorEquals.some((name) => {
    if (name === error || name === alias) return true;
    if (name === 'States.ALL') return error === undefined || !beyondAll.has(error);
    return name === 'States.TaskFailed' && error !== 'States.Timeout' && !beyondAll.has(error ?? '');
  });
}
