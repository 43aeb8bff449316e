import type { TaskResource, TaskState } from '../definition/types.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { evaluate, evaluateAs, QueryFailure, type Scope } from '../query/evaluate.ts';
import { effectiveInput, effectiveOutput } from '../query/jsonpath.ts';
import type { Failure, Branch, TaskOutcome, TaskPhase } from '../run.ts';
import { StateFailed, type Transaction } from '../transaction.ts';
import { leave, refuseTooLarge } from './leave.ts';
import { assignedByPath, pathScopeOf } from './pass.ts';
import { scopeOf } from './scope.ts';

/**
 * Schedules the task's call. The branch then waits for its answer, or, with `.waitForTaskToken`, for the callback.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html
 */
export async function enterTask(transaction: Transaction, branch: Branch, state: TaskState): Promise<boolean> {
  const { resource } = state;
  // The token names the scheduling event, which is the next of this history: nothing else is written before it.
  const token = waitsForToken(resource)
    ? transaction.tokens.mint(transaction.run.id, branch.id, transaction.run.lastEvent + 1)
    : undefined;
  const scope = scopeOf(transaction, branch, token === undefined ? {} : { token });
  const parameters = await parametersOf(transaction, branch, state, scope);
  const timeout = await seconds(state.timeoutSeconds, 'TimeoutSeconds', scope);
  const heartbeat = await seconds(state.heartbeatSeconds, 'HeartbeatSeconds', scope);
  refuseTooLarge(branch.at, parameters);
  const scheduled = transaction.appendTo(branch, event(resource, 'Scheduled'), {
    ...scheduledDetails(resource, parameters, transaction.region),
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
  });
  transaction.appendTo(
    branch,
    event(resource, 'Started'),
    resource.kind === 'lambda-arn' ? undefined : nameOf(resource),
  );
  branch.phase = {
    kind: 'task',
    scheduled,
    calling: true,
    ...(timeout === undefined ? {} : { timeoutAt: transaction.now + timeout * 1_000 }),
    ...(heartbeat === undefined
      ? {}
      : { heartbeatSeconds: heartbeat, heartbeatAt: transaction.now + heartbeat * 1_000 }),
  };
  transaction.calls.push({ branch: branch.id, scheduled, ...callOf(resource), parameters });
  return false;
}

/** The call that a scheduled task makes. */
export function callOf(resource: TaskResource): { kind: TaskResource['kind']; action: string } {
  return {
    kind: resource.kind,
    action: resource.kind === 'lambda-arn' ? resource.arn : (resource.action.split('.')[0] ?? ''),
  };
}

async function parametersOf(transaction: Transaction, branch: Branch, state: TaskState, scope: Scope): Promise<Json> {
  if (state.queryLanguage === 'JSONPath') return effectiveInput(state.paths, pathScopeOf(transaction, branch));
  return state.arguments === undefined ? branch.input : evaluate(state.arguments, 'Arguments', scope);
}

async function seconds(
  field: number | string | undefined,
  location: string,
  scope: Scope,
): Promise<number | undefined> {
  if (field === undefined) return undefined;
  const value = await evaluateAs('number', field, location, scope);
  if (Number.isInteger(value) && value > 0) return value;
  throw new QueryFailure(
    `The ${location} field must be a positive integer but was: ${JSON.stringify(value)}`,
    location,
  );
}

/** The called service has answered. */
export async function taskAnswered(
  transaction: Transaction,
  branch: Branch,
  state: TaskState,
  phase: TaskPhase,
  outcome: TaskOutcome,
): Promise<boolean> {
  if (!('output' in outcome)) return taskFailed(transaction, branch, state, outcome);
  if (!waitsForToken(state.resource)) return taskSucceeded(transaction, branch, state, outcome.output);
  transaction.appendTo(branch, event(state.resource, 'Submitted'), {
    ...nameOf(state.resource),
    output: JSON.stringify(outcome.output),
    outputDetails: { truncated: false },
  });
  const { early, ...submitted } = phase;
  branch.phase = { ...submitted, calling: false };
  return early === undefined ? false : taskCalledBack(transaction, branch, state, early);
}

/**
 * A callback with the task's token has come.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export async function taskCalledBack(
  transaction: Transaction,
  branch: Branch,
  state: TaskState,
  outcome: TaskOutcome,
): Promise<boolean> {
  return 'output' in outcome
    ? taskSucceeded(transaction, branch, state, outcome.output)
    : taskFailed(transaction, branch, state, outcome);
}

/** The task's time, or the time since its last heartbeat, has run out. AWS calls both States.Timeout in the history. */
export function taskTimedOut(transaction: Transaction, branch: Branch, state: TaskState, phase: TaskPhase): never {
  const failure: Failure = {
    error: 'States.Timeout',
    ...(phase.heartbeatAt !== undefined && phase.heartbeatAt <= transaction.now
      ? { alias: 'States.HeartbeatTimeout' }
      : {}),
  };
  transaction.appendTo(branch, event(state.resource, 'TimedOut'), {
    ...nameOf(state.resource),
    error: 'States.Timeout',
  });
  throw new StateFailed(failure);
}

function taskFailed(transaction: Transaction, branch: Branch, state: TaskState, failure: Failure): never {
  transaction.appendTo(branch, event(state.resource, 'Failed'), {
    ...nameOf(state.resource),
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.cause === undefined ? {} : { cause: failure.cause }),
  });
  throw new StateFailed(failure);
}

async function taskSucceeded(
  transaction: Transaction,
  branch: Branch,
  state: TaskState,
  result: Json,
): Promise<boolean> {
  refuseTooLarge(branch.at, result);
  transaction.appendTo(branch, event(state.resource, 'Succeeded'), {
    ...nameOf(state.resource),
    output: JSON.stringify(result),
    outputDetails: { truncated: false },
  });
  const scope = scopeOf(transaction, branch, { result });
  if (state.queryLanguage === 'JSONata') return leave(transaction, branch, scope, { ...state, plain: result });
  const paths = pathScopeOf(transaction, branch);
  return leave(transaction, branch, scope, {
    ...(state.next === undefined ? {} : { next: state.next }),
    plain: effectiveOutput(state.paths, result, paths),
    ...assignedByPath(state.assign, { ...paths, input: result }),
  });
}

function waitsForToken(resource: TaskResource): boolean {
  return resource.kind !== 'lambda-arn' && resource.waitForToken;
}

/** A Task that names a function's ARN writes events of its own kind. */
function event(
  resource: TaskResource,
  what: 'Scheduled' | 'Started' | 'Submitted' | 'Succeeded' | 'Failed' | 'TimedOut',
): string {
  return `${resource.kind === 'lambda-arn' ? 'LambdaFunction' : 'Task'}${what}`;
}

function nameOf(resource: TaskResource): JsonObject {
  return resource.kind === 'lambda-arn' ? {} : { resourceType: resource.service, resource: resource.action };
}

function scheduledDetails(resource: TaskResource, parameters: Json, region: string): JsonObject {
  const text = JSON.stringify(parameters);
  return resource.kind === 'lambda-arn'
    ? { resource: resource.arn, input: text, inputDetails: { truncated: false } }
    : { ...nameOf(resource), region, parameters: text };
}

/** The parameters of a call again, from the details of its scheduling event. */
export function parametersIn(details: JsonObject | undefined): string {
  const text = isObject(details) ? (details['parameters'] ?? details['input']) : undefined;
  return typeof text === 'string' ? text : 'null';
}
