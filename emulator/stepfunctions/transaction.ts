import type { Flow, Machine, State } from './definition/types.ts';
import type { Json, JsonObject } from './json.ts';
import type { Tokens } from './tokens.ts';
import type { Call, Failure, HistoryEvent, Run, Branch } from './run.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const mostEvents = 25_000;
const largestPayloadBytes = 262_144;

export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | { readonly status: 'FAILED' | 'ABORTED' | 'TIMED_OUT'; readonly error?: string; readonly cause?: string };

/** A state did not succeed. Thrown by the state, answered by its Retry and Catch. */
export class StateFailed extends Error {
  override readonly name = 'StateFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.cause);
    this.failure = failure;
  }
}

/** The execution is over whatever its states say. */
export class ExecutionOver extends Error {
  override readonly name = 'ExecutionOver';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.cause);
    this.failure = failure;
  }
}

/**
 * What happens to one execution between two commits: it changes the run in memory and collects what must become durable
 * with it (events, the ending) and what may only be done afterwards (calls).
 */
export class Transaction {
  readonly run: Run;
  readonly machine: Machine;
  readonly region: string;
  readonly tokens: Tokens;
  /** Epoch milliseconds; one transaction happens at one time. */
  readonly now: number;
  readonly events: HistoryEvent[] = [];
  readonly calls: Call[] = [];
  ending: Ending | undefined;

  constructor(run: Run, machine: Machine, around: { region: string; tokens: Tokens }, now: number) {
    this.run = run;
    this.machine = machine;
    this.region = around.region;
    this.tokens = around.tokens;
    this.now = now;
  }

  /**
   * Appends an event to the history.
   * @param previous id of the event it follows
   * @returns its id
   * @throws ExecutionOver when the history is full
   */
  append(type: string, previous: number, details?: JsonObject): number {
    // The last place is the ending's.
    if (this.run.lastEvent >= mostEvents - 1 && !endings.has(type)) {
      throw new ExecutionOver({
        error: 'States.Runtime',
        cause: `The execution reached the maximum number of history events (${mostEvents}).`,
      });
    }
    this.run.lastEvent += 1;
    const id = this.run.lastEvent;
    this.events.push({ id, previous, at: this.now, type, ...(details ? { details } : {}) });
    return id;
  }

  /** Appends an event to a branch: it follows the branch's newest. */
  appendTo(branch: Branch, type: string, details?: JsonObject): number {
    branch.previous = this.append(type, branch.previous, details);
    return branch.previous;
  }

  branch(id: number): Branch | undefined {
    return this.run.branches[id];
  }

  addBranch(parent: Branch, index: number, startAt: string, input: Json, previous: number): Branch {
    const branch: Branch = {
      id: this.run.nextBranch,
      parent: parent.id,
      index,
      at: startAt,
      input,
      variables: {},
      previous,
      enteredEvent: 0,
      beforeEntered: 0,
      enteredAt: this.now,
      retries: {},
      phase: { kind: 'ready' },
    };
    this.run.nextBranch += 1;
    this.run.branches[branch.id] = branch;
    return branch;
  }

  /** Forgets a branch and everything below it. */
  removeBranch(id: number): void {
    const branch = this.branch(id);
    if (branch && 'children' in branch.phase) branch.phase.children.forEach((child) => this.removeBranch(child));
    delete this.run.branches[id];
  }

  parentOf(branch: Branch): Branch | undefined {
    return branch.parent === undefined ? undefined : this.branch(branch.parent);
  }

  flowOf(branch: Branch): Flow {
    const parent = this.parentOf(branch);
    if (!parent) return this.machine;
    const state = this.stateOf(parent);
    const flow =
      state.type === 'Parallel'
        ? state.branches[branch.index ?? 0]
        : state.type === 'Map'
          ? state.processor
          : undefined;
    if (!flow)
      throw new Error(`branch ${branch.id} of ${this.run.arn} hangs below ${state.name}, which holds no states`);
    return flow;
  }

  stateOf(branch: Branch): State {
    const state = this.flowOf(branch).states.get(branch.at);
    if (!state) throw new Error(`${this.run.arn} is in a state that its definition does not have: ${branch.at}`);
    return state;
  }
}

const endings = new Set(['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionAborted', 'ExecutionTimedOut']);

export function isTooLarge(value: Json): boolean {
  return Buffer.byteLength(JSON.stringify(value)) > largestPayloadBytes;
}
