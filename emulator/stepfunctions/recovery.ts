import type { Catcher, Retrier, State } from './definition/types.ts';
import type { JsonObject } from './json.ts';
import { place } from './query/jsonpath.ts';
import type { Failure, Strand } from './run.ts';
import { leave } from './states/leave.ts';
import { assignedByPath, pathScopeOf } from './states/pass.ts';
import { scopeOf } from './states/scope.ts';
import type { Turn } from './turn.ts';

/** What Retry and Catch made of a failure. */
export type Recovery = 'retrying' | 'caught' | 'caught at the end of the flow' | 'not recovered';

/**
 * Lets the state's Retry, then its Catch, answer a failure.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export async function recover(turn: Turn, strand: Strand, failure: Failure): Promise<Recovery> {
  const state = turn.stateOf(strand);
  if (!('retry' in state) || failure.terminal) {
    noteFork(turn, strand, state);
    return 'not recovered';
  }
  if (retries(turn, strand, state.retry, failure)) return 'retrying';
  noteFork(turn, strand, state);
  const index = state.catch.findIndex(({ errorEquals }) => matches(errorEquals, failure));
  const catcher = state.catch[index];
  if (!catcher) return 'not recovered';
  const ended = await leaveByCatch(turn, strand, state, catcher, index, failure);
  return ended ? 'caught at the end of the flow' : 'caught';
}

/** A Map or Parallel that is not tried again tells that it failed. */
function noteFork(turn: Turn, strand: Strand, state: State): void {
  if (state.type === 'Map' || state.type === 'Parallel') turn.appendTo(strand, `${state.type}StateFailed`);
}

function retries(turn: Turn, strand: Strand, retriers: readonly Retrier[], failure: Failure): boolean {
  const index = retriers.findIndex(({ errorEquals }) => matches(errorEquals, failure));
  const retrier = retriers[index];
  const made = strand.retries[index] ?? 0;
  if (!retrier || made >= retrier.maxAttempts) return false;
  strand.retries[index] = made + 1;
  dropChildren(turn, strand);
  strand.phase = { kind: 'retrying', until: turn.now + delayMs(retrier, made) };
  return true;
}

function delayMs(retrier: Retrier, made: number): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** made;
  const delay = Math.min(grown, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY) * 1_000;
  // JitterStrategy FULL: anywhere between nothing and the full delay.
  return Math.round(retrier.jitter ? Math.random() * delay : delay);
}

async function leaveByCatch(
  turn: Turn,
  strand: Strand,
  state: State,
  catcher: Catcher,
  index: number,
  failure: Failure,
): Promise<boolean> {
  dropChildren(turn, strand);
  // A callback without error or cause gives nulls: recorded by AWS.
  const errorOutput: JsonObject = { Error: failure.error ?? null, Cause: failure.cause ?? null };
  const scope = scopeOf(turn, strand, { errorOutput });
  if (state.queryLanguage === 'JSONata')
    return leave(turn, strand, scope, { ...catcher, within: `Catch[${index}]/`, plain: errorOutput });
  return leave(turn, strand, scope, {
    next: catcher.next,
    plain: place(errorOutput, catcher.resultPath, strand.input),
    ...assignedByPath(catcher.assign, { ...pathScopeOf(turn, strand), input: errorOutput }),
  });
}

function dropChildren(turn: Turn, strand: Strand): void {
  if ('children' in strand.phase) strand.phase.children.forEach((child) => turn.removeStrand(child));
}

/** Errors that only their own name catches, or nothing at all. */
const BEYOND_ALL = new Set(['States.DataLimitExceeded', 'States.Runtime']);

function matches(errorEquals: readonly string[], { error, alias }: Failure): boolean {
  return errorEquals.some((name) => {
    if (name === error || name === alias) return true;
    if (name === 'States.ALL') return error === undefined || !BEYOND_ALL.has(error);
    return name === 'States.TaskFailed' && error !== 'States.Timeout' && !BEYOND_ALL.has(error ?? '');
  });
}
