import type { State } from './definition/types.ts';
import { PathFailure } from './query/jsonpath.ts';
import { QueryFailure } from './query/evaluate.ts';
import { EXECUTION_TIMER, wakeAt, type Failure, type Strand, type TaskOutcome } from './run.ts';
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
import { ExecutionOver, StateFailed, type Turn } from './turn.ts';

/** Work in one turn is cut here, so that a long loop of states does not keep the others waiting. */
const EVENTS_A_TURN = 500;

/** Something that happens to an execution. */
export type Signal =
  | { readonly kind: 'go' }
  | { readonly kind: 'timer'; readonly strand: number }
  | { readonly kind: 'answer'; readonly strand: number; readonly scheduled: number; readonly outcome: TaskOutcome }
  | { readonly kind: 'callback'; readonly strand: number; readonly scheduled: number; readonly outcome: TaskOutcome }
  | { readonly kind: 'heartbeat'; readonly strand: number; readonly scheduled: number }
  | { readonly kind: 'stop'; readonly failure: Failure }
  | { readonly kind: 'redrive' };

/**
 * Applies a signal and carries the execution as far as it goes without the outside world.
 * @returns whether the signal still meant something: false for a callback to a task that is over
 */
export async function happen(turn: Turn, signal: Signal): Promise<boolean> {
  try {
    const met = await apply(turn, signal);
    await carryOn(turn);
    return met;
  } catch (error) {
    if (!(error instanceof ExecutionOver)) throw error;
    endFailed(turn, error.failure, turn.run.lastEvent);
    return true;
  }
}

/** The engine itself failed at the execution: a defect. The execution ends, and says so, instead of hanging. */
export function breakDown(turn: Turn, error: unknown): void {
  const cause = error instanceof Error ? error.message : String(error);
  endFailed(turn, { error: 'States.Runtime', cause: `The local engine failed: ${cause}` }, turn.run.lastEvent);
}

async function apply(turn: Turn, signal: Signal): Promise<boolean> {
  switch (signal.kind) {
    case 'go':
      return true;
    case 'stop':
      return stop(turn, signal.failure);
    case 'redrive':
      return redrive(turn);
    case 'timer':
      return timer(turn, signal.strand);
    case 'heartbeat':
      return heartbeat(turn, signal.strand, signal.scheduled);
    default:
      return taskSignal(turn, signal);
  }
}

async function carryOn(turn: Turn): Promise<void> {
  for await (const strand of ready(turn)) await step(turn, strand);
}

/** The strands that can go on, each after the one before has done its step. */
async function* ready(turn: Turn): AsyncGenerator<Strand> {
  for (let strand = nextReady(turn); strand && !turn.ending; strand = nextReady(turn)) {
    if (turn.events.length >= EVENTS_A_TURN) return;
    yield strand;
  }
}

function nextReady(turn: Turn): Strand | undefined {
  return Object.values(turn.run.strands).find(({ phase }) => phase.kind === 'ready' || phase.kind === 'again');
}

/** Enters the strand's state, or does it once more. */
async function step(turn: Turn, strand: Strand): Promise<void> {
  const state = turn.stateOf(strand);
  const entering = strand.phase.kind === 'ready';
  if (entering) {
    strand.beforeEntered = strand.previous;
    strand.enteredAt = turn.now;
    strand.enteredEvent = turn.appendTo(strand, `${state.type}StateEntered`, {
      name: state.name,
      input: JSON.stringify(strand.input),
      inputDetails: { truncated: false },
    });
  }
  await attempt(turn, strand, () => enter(turn, strand, state), entering);
}

function enter(turn: Turn, strand: Strand, state: State): Promise<boolean> {
  switch (state.type) {
    case 'Pass':
      return enterPass(turn, strand, state);
    case 'Succeed':
      return enterSucceed(turn, strand, state);
    case 'Fail':
      return enterFail(turn, strand, state);
    case 'Choice':
      return enterChoice(turn, strand, state);
    case 'Wait':
      return enterWait(turn, strand, state);
    case 'Task':
      return enterTask(turn, strand, state);
    case 'Parallel':
      return enterParallel(turn, strand, state);
    default:
      return enterMap(turn, strand, state);
  }
}

/**
 * Does a piece of the strand's state. What it throws goes to the state's Retry and Catch.
 * @param work true when the strand has come to the end of its flow
 * @param entering whether the state is being entered: AWS then lets a failed expression follow what preceded the state
 */
async function attempt(turn: Turn, strand: Strand, work: () => Promise<boolean>, entering = false): Promise<void> {
  let ended: boolean;
  try {
    ended = await work();
  } catch (error) {
    const failure = failureOf(turn, strand, error, entering);
    abort(turn, strand);
    await fail(turn, strand, failure);
    return;
  }
  if (ended) await endOfFlow(turn, strand);
}

function failureOf(turn: Turn, strand: Strand, error: unknown, entering: boolean): Failure {
  if (error instanceof StateFailed) return error.failure;
  if (error instanceof PathFailure)
    return { error: 'States.Runtime', cause: described(strand, error.message), terminal: true };
  if (!(error instanceof QueryFailure)) throw error;
  const cause = described(strand, error.message);
  const previous = entering && !(error instanceof TimestampFailure) ? strand.beforeEntered : strand.previous;
  strand.previous = turn.append('EvaluationFailed', previous, {
    error: 'States.QueryEvaluationError',
    cause,
    ...(error.location === undefined ? {} : { location: error.location }),
    state: strand.at,
  });
  return { error: 'States.QueryEvaluationError', cause };
}

async function fail(turn: Turn, strand: Strand, failure: Failure): Promise<void> {
  try {
    const recovery = await recover(turn, strand, failure);
    if (recovery === 'caught at the end of the flow') await endOfFlow(turn, strand);
    if (recovery === 'not recovered') await failFlow(turn, strand, failure);
  } catch (error) {
    // The catcher's own Assign or Output failed: nothing catches that in this state.
    await failFlow(turn, strand, failureOf(turn, strand, error, false));
  }
}

/** The strand's flow has failed: the Parallel or Map around it decides, or the execution is over. */
async function failFlow(turn: Turn, strand: Strand, failure: Failure): Promise<void> {
  const parent = turn.parentOf(strand);
  // A Parallel or Map keeps its children: a redrive goes on with them.
  if (!('children' in strand.phase)) strand.phase = { kind: 'failed' };
  if (!parent) endFailed(turn, failure, strand.previous);
  else if (parent.phase.kind === 'map') await failIteration(turn, parent, strand, failure);
  else {
    parent.previous = strand.previous;
    abort(turn, parent);
    await fail(turn, parent, failure);
  }
}

async function failIteration(turn: Turn, parent: Strand, strand: Strand, failure: Failure): Promise<void> {
  const { phase } = parent;
  const state = turn.stateOf(parent);
  if (phase.kind !== 'map' || state.type !== 'Map') return;
  const told = turn.append('MapIterationFailed', strand.previous, { name: parent.at, index: strand.index ?? 0 });
  const counted = { ...phase, failed: phase.failed + 1 };
  parent.phase = counted;
  if (counted.failed <= phase.tolerated) {
    const result = { Error: failure.error ?? null, Cause: failure.cause ?? null };
    await attempt(turn, parent, () => iterationEnded(turn, parent, state, counted, strand, result, told));
    return;
  }
  abort(turn, parent, strand);
  // Like every `...Succeeded` of a state, the failure of an iteration is not what the next event follows.
  parent.previous = strand.previous;
  await fail(turn, parent, failure);
}

/** The strand has come to the end of its flow, with `strand.input` as its output. */
async function endOfFlow(turn: Turn, strand: Strand): Promise<void> {
  const parent = turn.parentOf(strand);
  if (!parent) {
    turn.append('ExecutionSucceeded', strand.previous, {
      output: JSON.stringify(strand.input),
      outputDetails: { truncated: false },
    });
    turn.ending = { status: 'SUCCEEDED', output: strand.input };
    return;
  }
  const state = turn.stateOf(parent);
  const { phase } = parent;
  if (state.type === 'Parallel' && phase.kind === 'parallel') {
    await attempt(turn, parent, () => branchEnded(turn, parent, state, phase, strand));
  } else if (state.type === 'Map' && phase.kind === 'map') {
    const told = turn.append('MapIterationSucceeded', strand.previous, { name: parent.at, index: strand.index ?? 0 });
    await attempt(turn, parent, () => iterationEnded(turn, parent, state, phase, strand, strand.input, told));
  }
}

async function timer(turn: Turn, strandId: number): Promise<boolean> {
  if (strandId === EXECUTION_TIMER) return timeOut(turn);
  const strand = turn.strand(strandId);
  // What happened just before may have put the timer off, as a heartbeat does.
  if (!strand || (wakeAt(strand) ?? Number.POSITIVE_INFINITY) > turn.now) return false;
  const state = turn.stateOf(strand);
  const { phase } = strand;
  if (phase.kind === 'retrying') strand.phase = { kind: 'again' };
  if (phase.kind === 'waiting' && state.type === 'Wait')
    await attempt(turn, strand, () => leaveWait(turn, strand, state));
  if (phase.kind === 'task' && state.type === 'Task')
    await attempt(turn, strand, async () => taskTimedOut(turn, strand, state, phase));
  return true;
}

async function taskSignal(turn: Turn, signal: Signal & { kind: 'answer' | 'callback' }): Promise<boolean> {
  const strand = turn.strand(signal.strand);
  const { outcome } = signal;
  if (strand?.phase.kind !== 'task' || strand.phase.scheduled !== signal.scheduled) return false;
  const { phase } = strand;
  const state = turn.stateOf(strand);
  if (state.type !== 'Task') return false;
  if (signal.kind === 'answer') {
    if (!phase.calling) return false;
    await attempt(turn, strand, () => taskAnswered(turn, strand, state, phase, outcome));
    return true;
  }
  if (phase.early) return false;
  if (phase.calling) {
    const { timeoutAt: _timeout, heartbeatAt: _heartbeat, ...called } = phase;
    strand.phase = { ...called, early: outcome };
  } else await attempt(turn, strand, () => taskCalledBack(turn, strand, state, outcome));
  return true;
}

function heartbeat(turn: Turn, strandId: number, scheduled: number): boolean {
  const strand = turn.strand(strandId);
  if (strand?.phase.kind !== 'task' || strand.phase.scheduled !== scheduled || strand.phase.early) return false;
  const { heartbeatSeconds } = strand.phase;
  if (heartbeatSeconds !== undefined)
    strand.phase = { ...strand.phase, heartbeatAt: turn.now + heartbeatSeconds * 1_000 };
  return true;
}

/** AWS ends the history at once: what was under way tells nothing, and the end follows nothing. */
function stop(turn: Turn, failure: Failure): boolean {
  suspendAll(turn);
  turn.append('ExecutionAborted', 0, { ...failure });
  turn.ending = { status: 'ABORTED', ...failure };
  return true;
}

/** As `stop`; the error is in the history only, not in the description of the execution. */
function timeOut(turn: Turn): boolean {
  suspendAll(turn);
  turn.append('ExecutionTimedOut', 0, { error: 'States.Timeout' });
  turn.ending = { status: 'TIMED_OUT' };
  return true;
}

function endFailed(turn: Turn, failure: Failure, previous: number): void {
  const { error, cause } = failure;
  const told = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  turn.append('ExecutionFailed', previous, told);
  turn.ending = { status: 'FAILED', ...told };
}

/** Leaves every strand as a redrive finds it. */
function suspendAll(turn: Turn): void {
  for (const strand of Object.values(turn.run.strands)) {
    if (!('children' in strand.phase) && strand.phase.kind !== 'ready') strand.phase = { kind: 'aborted' };
  }
}

/** Ends everything below a Parallel or Map. `failed` is the iteration that has told its failure already. */
function abort(turn: Turn, parent: Strand, failed?: Strand): void {
  const { phase } = parent;
  if (!('children' in phase)) return;
  for (const id of phase.children) {
    const child = turn.strand(id);
    if (!child || child === failed) continue;
    abortStrand(turn, child);
    if (phase.kind === 'map') turn.appendTo(child, 'MapIterationAborted', { name: parent.at, index: child.index ?? 0 });
  }
}

/**
 * Only these types have an event for it.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
const TELL_ABORTION = new Set(['Task', 'Wait', 'Map', 'Parallel']);

function abortStrand(turn: Turn, strand: Strand): void {
  abort(turn, strand);
  // A state that nobody has entered has nothing to tell, and a redrive enters it.
  if (strand.phase.kind === 'ready') return;
  const { type } = turn.stateOf(strand);
  if (TELL_ABORTION.has(type)) turn.appendTo(strand, `${type}StateAborted`);
  if (!('children' in strand.phase)) strand.phase = { kind: 'aborted' };
}

/**
 * Goes on where an execution ended without success: failed and aborted states are done again, what succeeded stays.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
function redrive(turn: Turn): boolean {
  turn.run.redriveCount += 1;
  turn.run.redrivenAt = turn.now;
  if (turn.machine.timeoutSeconds !== undefined) turn.run.timeoutAt = turn.now + turn.machine.timeoutSeconds * 1_000;
  const told = turn.append('ExecutionRedriven', turn.run.lastEvent, { redriveCount: turn.run.redriveCount });
  for (const strand of Object.values(turn.run.strands)) {
    if (strand.phase.kind === 'map') strand.phase = { ...strand.phase, failed: 0 };
    if (strand.phase.kind !== 'failed' && strand.phase.kind !== 'aborted') continue;
    strand.previous = told;
    strand.retries = {};
    strand.phase = { kind: 'again' };
  }
  return true;
}
