import type { State } from './definition/types.ts';
import { PathFailure } from './query/jsonpath.ts';
import { QueryFailure } from './query/evaluate.ts';
import { executionTimer, wakeAt, type Failure, type Branch, type TaskOutcome } from './run.ts';
import { recover } from './recovery.ts';
import { enterChoice } from './states/choice.ts';
import { described } from './states/describe.ts';
import { enterFail } from './states/fail.ts';
import { enterMap, iterationEnded } from './states/map.ts';
import { branchEnded, enterParallel } from './states/parallel.ts';
import { enterPass } from './states/pass.ts';
import { enterSucceed } from './states/succeed.ts';
import { enterTask, taskAnswered, taskCalledBack, taskTimedOut } from './states/task.ts';
import { enterWait, leaveWait, TimestampFailure } from './states/wait.ts';
import { ExecutionOver, StateFailed, type Transaction } from './transaction.ts';

/** Work in one transaction is cut here, so that a long loop of states does not keep the others waiting. */
const eventsATurn = 500;

/** Something that happens to an execution. */
export type Signal =
  | { readonly kind: 'go' }
  | { readonly kind: 'timer'; readonly branch: number }
  | { readonly kind: 'answer'; readonly branch: number; readonly scheduled: number; readonly outcome: TaskOutcome }
  | { readonly kind: 'callback'; readonly branch: number; readonly scheduled: number; readonly outcome: TaskOutcome }
  | { readonly kind: 'heartbeat'; readonly branch: number; readonly scheduled: number }
  | { readonly kind: 'stop'; readonly failure: Failure }
  | { readonly kind: 'redrive' };

/**
 * Applies a signal and carries the execution as far as it goes without the outside world.
 * @returns whether the signal still meant something: false for a callback to a task that is over
 */
export async function happen(transaction: Transaction, signal: Signal): Promise<boolean> {
  try {
    const met = await apply(transaction, signal);
    await carryOn(transaction);
    return met;
  } catch (error) {
    if (!(error instanceof ExecutionOver)) throw error;
    endFailed(transaction, error.failure, transaction.run.lastEvent);
    return true;
  }
}

/** The engine itself failed at the execution: a defect. The execution ends, and says so, instead of hanging. */
export function breakDown(transaction: Transaction, error: unknown): void {
  const cause = error instanceof Error ? error.message : String(error);
  endFailed(
    transaction,
    { error: 'States.Runtime', cause: `The local engine failed: ${cause}` },
    transaction.run.lastEvent,
  );
}

async function apply(transaction: Transaction, signal: Signal): Promise<boolean> {
  switch (signal.kind) {
    case 'go':
      return true;
    case 'stop':
      return stop(transaction, signal.failure);
    case 'redrive':
      return redrive(transaction);
    case 'timer':
      return timer(transaction, signal.branch);
    case 'heartbeat':
      return heartbeat(transaction, signal.branch, signal.scheduled);
    default:
      return taskSignal(transaction, signal);
  }
}

async function carryOn(transaction: Transaction): Promise<void> {
  for await (const branch of ready(transaction)) await step(transaction, branch);
}

/** The branches that can go on, each after the one before has done its step. */
async function* ready(transaction: Transaction): AsyncGenerator<Branch> {
  for (let branch = nextReady(transaction); branch && !transaction.ending; branch = nextReady(transaction)) {
    if (transaction.events.length >= eventsATurn) return;
    yield branch;
  }
}

function nextReady(transaction: Transaction): Branch | undefined {
  return Object.values(transaction.run.branches).find(({ phase }) => phase.kind === 'ready' || phase.kind === 'again');
}

/** Enters the branch's state, or does it once more. */
async function step(transaction: Transaction, branch: Branch): Promise<void> {
  const state = transaction.stateOf(branch);
  const entering = branch.phase.kind === 'ready';
  if (entering) {
    branch.beforeEntered = branch.previous;
    branch.enteredAt = transaction.now;
    branch.enteredEvent = transaction.appendTo(branch, `${state.type}StateEntered`, {
      name: state.name,
      input: JSON.stringify(branch.input),
      inputDetails: { truncated: false },
    });
  }
  await attempt(transaction, branch, () => enter(transaction, branch, state), entering);
}

function enter(transaction: Transaction, branch: Branch, state: State): Promise<boolean> {
  switch (state.type) {
    case 'Pass':
      return enterPass(transaction, branch, state);
    case 'Succeed':
      return enterSucceed(transaction, branch, state);
    case 'Fail':
      return enterFail(transaction, branch, state);
    case 'Choice':
      return enterChoice(transaction, branch, state);
    case 'Wait':
      return enterWait(transaction, branch, state);
    case 'Task':
      return enterTask(transaction, branch, state);
    case 'Parallel':
      return enterParallel(transaction, branch, state);
    default:
      return enterMap(transaction, branch, state);
  }
}

/**
 * Does a piece of the branch's state. What it throws goes to the state's Retry and Catch.
 * @param work true when the branch has come to the end of its flow
 * @param entering whether the state is being entered: AWS then lets a failed expression follow what preceded the state
 */
async function attempt(
  transaction: Transaction,
  branch: Branch,
  work: () => Promise<boolean>,
  entering = false,
): Promise<void> {
  let ended: boolean;
  try {
    ended = await work();
  } catch (error) {
    const failure = failureOf(transaction, branch, error, entering);
    abort(transaction, branch);
    await fail(transaction, branch, failure);
    return;
  }
  if (ended) await endOfFlow(transaction, branch);
}

function failureOf(transaction: Transaction, branch: Branch, error: unknown, entering: boolean): Failure {
  if (error instanceof StateFailed) return error.failure;
  if (error instanceof PathFailure)
    return { error: 'States.Runtime', cause: described(branch, error.message), terminal: true };
  if (!(error instanceof QueryFailure)) throw error;
  const cause = described(branch, error.message);
  const previous = entering && !(error instanceof TimestampFailure) ? branch.beforeEntered : branch.previous;
  branch.previous = transaction.append('EvaluationFailed', previous, {
    error: 'States.QueryEvaluationError',
    cause,
    ...(error.location === undefined ? {} : { location: error.location }),
    state: branch.at,
  });
  return { error: 'States.QueryEvaluationError', cause };
}

async function fail(transaction: Transaction, branch: Branch, failure: Failure): Promise<void> {
  try {
    const recovery = await recover(transaction, branch, failure);
    if (recovery === 'caught at the end of the flow') await endOfFlow(transaction, branch);
    if (recovery === 'not recovered') await failFlow(transaction, branch, failure);
  } catch (error) {
    // The catcher's own Assign or Output failed: nothing catches that in this state.
    await failFlow(transaction, branch, failureOf(transaction, branch, error, false));
  }
}

/** The branch's flow has failed: the Parallel or Map around it decides, or the execution is over. */
async function failFlow(transaction: Transaction, branch: Branch, failure: Failure): Promise<void> {
  const parent = transaction.parentOf(branch);
  // A Parallel or Map keeps its children: a redrive goes on with them.
  if (!('children' in branch.phase)) branch.phase = { kind: 'failed' };
  if (!parent) endFailed(transaction, failure, branch.previous);
  else if (parent.phase.kind === 'map') await failIteration(transaction, parent, branch, failure);
  else {
    parent.previous = branch.previous;
    abort(transaction, parent);
    await fail(transaction, parent, failure);
  }
}

async function failIteration(
  transaction: Transaction,
  parent: Branch,
  branch: Branch,
  failure: Failure,
): Promise<void> {
  const { phase } = parent;
  const state = transaction.stateOf(parent);
  if (phase.kind !== 'map' || state.type !== 'Map') return;
  const told = transaction.append('MapIterationFailed', branch.previous, { name: parent.at, index: branch.index ?? 0 });
  const counted = { ...phase, failed: phase.failed + 1 };
  parent.phase = counted;
  if (counted.failed <= phase.tolerated) {
    const result = { Error: failure.error ?? null, Cause: failure.cause ?? null };
    await attempt(transaction, parent, () => iterationEnded(transaction, parent, state, counted, branch, result, told));
    return;
  }
  abort(transaction, parent, branch);
  // Like every `...Succeeded` of a state, the failure of an iteration is not what the next event follows.
  parent.previous = branch.previous;
  await fail(transaction, parent, failure);
}

/** The branch has come to the end of its flow, with `branch.input` as its output. */
async function endOfFlow(transaction: Transaction, branch: Branch): Promise<void> {
  const parent = transaction.parentOf(branch);
  if (!parent) {
    transaction.append('ExecutionSucceeded', branch.previous, {
      output: JSON.stringify(branch.input),
      outputDetails: { truncated: false },
    });
    transaction.ending = { status: 'SUCCEEDED', output: branch.input };
    return;
  }
  const state = transaction.stateOf(parent);
  const { phase } = parent;
  if (state.type === 'Parallel' && phase.kind === 'parallel') {
    await attempt(transaction, parent, () => branchEnded(transaction, parent, state, phase, branch));
  } else if (state.type === 'Map' && phase.kind === 'map') {
    const told = transaction.append('MapIterationSucceeded', branch.previous, {
      name: parent.at,
      index: branch.index ?? 0,
    });
    await attempt(transaction, parent, () =>
      iterationEnded(transaction, parent, state, phase, branch, branch.input, told),
    );
  }
}

async function timer(transaction: Transaction, branchId: number): Promise<boolean> {
  if (branchId === executionTimer) return timeOut(transaction);
  const branch = transaction.branch(branchId);
  // What happened just before may have put the timer off, as a heartbeat does.
  if (!branch || (wakeAt(branch) ?? Number.POSITIVE_INFINITY) > transaction.now) return false;
  const state = transaction.stateOf(branch);
  const { phase } = branch;
  if (phase.kind === 'retrying') branch.phase = { kind: 'again' };
  if (phase.kind === 'waiting' && state.type === 'Wait')
    await attempt(transaction, branch, () => leaveWait(transaction, branch, state));
  if (phase.kind === 'task' && state.type === 'Task')
    await attempt(transaction, branch, async () => taskTimedOut(transaction, branch, state, phase));
  return true;
}

async function taskSignal(
  transaction: Transaction,
  signal: Signal & { kind: 'answer' | 'callback' },
): Promise<boolean> {
  const branch = transaction.branch(signal.branch);
  const { outcome } = signal;
  if (branch?.phase.kind !== 'task' || branch.phase.scheduled !== signal.scheduled) return false;
  const { phase } = branch;
  const state = transaction.stateOf(branch);
  if (state.type !== 'Task') return false;
  if (signal.kind === 'answer') {
    if (!phase.calling) return false;
    await attempt(transaction, branch, () => taskAnswered(transaction, branch, state, phase, outcome));
    return true;
  }
  if (phase.early) return false;
  if (phase.calling) {
    const { timeoutAt: _timeout, heartbeatAt: _heartbeat, ...called } = phase;
    branch.phase = { ...called, early: outcome };
  } else await attempt(transaction, branch, () => taskCalledBack(transaction, branch, state, outcome));
  return true;
}

function heartbeat(transaction: Transaction, branchId: number, scheduled: number): boolean {
  const branch = transaction.branch(branchId);
  if (branch?.phase.kind !== 'task' || branch.phase.scheduled !== scheduled || branch.phase.early) return false;
  const { heartbeatSeconds } = branch.phase;
  if (heartbeatSeconds !== undefined)
    branch.phase = { ...branch.phase, heartbeatAt: transaction.now + heartbeatSeconds * 1_000 };
  return true;
}

/** AWS ends the history at once: what was under way tells nothing, and the end follows nothing. */
function stop(transaction: Transaction, failure: Failure): boolean {
  suspendAll(transaction);
  transaction.append('ExecutionAborted', 0, { ...failure });
  transaction.ending = { status: 'ABORTED', ...failure };
  return true;
}

/** As `stop`; the error is in the history only, not in the description of the execution. */
function timeOut(transaction: Transaction): boolean {
  suspendAll(transaction);
  transaction.append('ExecutionTimedOut', 0, { error: 'States.Timeout' });
  transaction.ending = { status: 'TIMED_OUT' };
  return true;
}

function endFailed(transaction: Transaction, failure: Failure, previous: number): void {
  const { error, cause } = failure;
  const told = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  transaction.append('ExecutionFailed', previous, told);
  transaction.ending = { status: 'FAILED', ...told };
}

/** Leaves every branch as a redrive finds it. */
function suspendAll(transaction: Transaction): void {
  for (const branch of Object.values(transaction.run.branches)) {
    if (!('children' in branch.phase) && branch.phase.kind !== 'ready') branch.phase = { kind: 'aborted' };
  }
}

/** Ends everything below a Parallel or Map. `failed` is the iteration that has told its failure already. */
function abort(transaction: Transaction, parent: Branch, failed?: Branch): void {
  const { phase } = parent;
  if (!('children' in phase)) return;
  for (const id of phase.children) {
    const child = transaction.branch(id);
    if (!child || child === failed) continue;
    abortBranch(transaction, child);
    if (phase.kind === 'map')
      transaction.appendTo(child, 'MapIterationAborted', { name: parent.at, index: child.index ?? 0 });
  }
}

/**
 * Only these types have an event for it.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
const tellAbortion = new Set(['Task', 'Wait', 'Map', 'Parallel']);

function abortBranch(transaction: Transaction, branch: Branch): void {
  abort(transaction, branch);
  // A state that nobody has entered has nothing to tell, and a redrive enters it.
  if (branch.phase.kind === 'ready') return;
  const { type } = transaction.stateOf(branch);
  if (tellAbortion.has(type)) transaction.appendTo(branch, `${type}StateAborted`);
  if (!('children' in branch.phase)) branch.phase = { kind: 'aborted' };
}

/**
 * Goes on where an execution ended without success: failed and aborted states are done again, what succeeded stays.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
function redrive(transaction: Transaction): boolean {
  transaction.run.redriveCount += 1;
  transaction.run.redrivenAt = transaction.now;
  if (transaction.machine.timeoutSeconds !== undefined)
    transaction.run.timeoutAt = transaction.now + transaction.machine.timeoutSeconds * 1_000;
  const told = transaction.append('ExecutionRedriven', transaction.run.lastEvent, {
    redriveCount: transaction.run.redriveCount,
  });
  for (const branch of Object.values(transaction.run.branches)) {
    if (branch.phase.kind === 'map') branch.phase = { ...branch.phase, failed: 0 };
    if (branch.phase.kind !== 'failed' && branch.phase.kind !== 'aborted') continue;
    branch.previous = told;
    branch.retries = {};
    branch.phase = { kind: 'again' };
  }
  return true;
}
