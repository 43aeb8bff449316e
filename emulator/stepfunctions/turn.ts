import type { Flow, Machine, State } from './definition/types.ts';
import type { Json, JsonObject } from './json.ts';
import type { Tokens } from './tokens.ts';
import type { Call, Failure, HistoryEvent, Run, Strand } from './run.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST_EVENTS = 25_000;
const LARGEST_PAYLOAD_BYTES = 262_144;

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
export class Turn {
  readonly run: Run;
  readonly machine: Machine;
  readonly region: string;
  readonly tokens: Tokens;
  /** Epoch milliseconds; one turn happens at one time. */
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
    if (this.run.lastEvent >= MOST_EVENTS - 1 && !ENDINGS.has(type)) {
      throw new ExecutionOver({
        error: 'States.Runtime',
        cause: `The execution reached the maximum number of history events (${MOST_EVENTS}).`,
      });
    }
    this.run.lastEvent += 1;
    const id = this.run.lastEvent;
    this.events.push({ id, previous, at: this.now, type, ...(details ? { details } : {}) });
    return id;
  }

  /** Appends an event to a strand: it follows the strand's newest. */
  appendTo(strand: Strand, type: string, details?: JsonObject): number {
    strand.previous = this.append(type, strand.previous, details);
    return strand.previous;
  }

  strand(id: number): Strand | undefined {
    return this.run.strands[id];
  }

  addStrand(parent: Strand, index: number, startAt: string, input: Json, previous: number): Strand {
    const strand: Strand = {
      id: this.run.nextStrand,
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
    this.run.nextStrand += 1;
    this.run.strands[strand.id] = strand;
    return strand;
  }

  /** Forgets a strand and everything below it. */
  removeStrand(id: number): void {
    const strand = this.strand(id);
    if (strand && 'children' in strand.phase) strand.phase.children.forEach((child) => this.removeStrand(child));
    delete this.run.strands[id];
  }

  parentOf(strand: Strand): Strand | undefined {
    return strand.parent === undefined ? undefined : this.strand(strand.parent);
  }

  flowOf(strand: Strand): Flow {
    const parent = this.parentOf(strand);
    if (!parent) return this.machine;
    const state = this.stateOf(parent);
    const flow =
      state.type === 'Parallel'
        ? state.branches[strand.index ?? 0]
        : state.type === 'Map'
          ? state.processor
          : undefined;
    if (!flow)
      throw new Error(`strand ${strand.id} of ${this.run.arn} hangs below ${state.name}, which holds no states`);
    return flow;
  }

  stateOf(strand: Strand): State {
    const state = this.flowOf(strand).states.get(strand.at);
    if (!state) throw new Error(`${this.run.arn} is in a state that its definition does not have: ${strand.at}`);
    return state;
  }
}

const ENDINGS = new Set(['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionAborted', 'ExecutionTimedOut']);

export function isTooLarge(value: Json): boolean {
  return Buffer.byteLength(JSON.stringify(value)) > LARGEST_PAYLOAD_BYTES;
}
