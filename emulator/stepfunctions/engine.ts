import { shown } from '../data-directory/file-problem.ts';
import type { Clock, Timer } from '../clock/clock.ts';
import type { LambdaInvoker } from '../lambda/invoker.ts';
import { Committer } from './committer.ts';
import { parseDefinition } from './definition/parse.ts';
import type { Machine } from './definition/types.ts';
import { breakDown, happen, type Signal } from './interpreter.ts';
import { parseJson } from './json.ts';
import { isBusy, type Call, type Run, type Branch, type TaskOutcome } from './run.ts';
import { callOf, parametersIn } from './states/task.ts';
import { statusChangeOf, type StatusListener } from './status-changes.ts';
import { timersOf, type ExecutionRow, type Store } from './store.ts';
import { callDynamoDb, type DynamoDb } from './tasks/dynamodb.ts';
import { callFunction, invokeFunction } from './tasks/lambda.ts';
import { Tokens } from './tokens.ts';
import { Transaction } from './transaction.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly lambda: LambdaInvoker;
  readonly dynamodb: DynamoDb;
  readonly region: string;
  /** Hears of executions that start and end. */
  readonly notices?: StatusListener | undefined;
  /** Whether no timer fires now; what falls due meanwhile fires when `wake` finds that over. */
  readonly standsStill?: (() => boolean) | undefined;
}

/**
 * Carries executions: takes what happens to them one by one, makes it durable, then does what follows from it.
 * Between two happenings an execution is only on disk.
 */
export class Engine {
  readonly tokens: Tokens;
  readonly #options: EngineOptions;
  readonly #committer: Committer;
  readonly #machines = new Map<number, Machine>();
  /** The newest happening of every execution that is at work, so that each waits for the one before. */
  readonly #mailboxes = new Map<number, Promise<unknown>>();
  #working = 0;
  #idle: (() => void)[] = [];
  #armed: { readonly due: number; readonly timer: Timer } | undefined;
  #arming = false;
  /** The last notice that was handed out. */
  #told = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#committer = new Committer(options.store);
    this.tokens = new Tokens(options.store.secret);
  }

  /** Takes up what was under way when the process ended, and the timers. */
  resume(): void {
    for (const id of this.#options.store.busyExecutions()) this.#resumeExecution(id);
    this.#tellNotices();
    this.#arm();
  }

  /** Looks at the timers again: `standsStill` has changed. */
  wake(): void {
    this.#arm();
  }

  /** Durable when it resolves. */
  commit(write: () => void): Promise<void> {
    return this.#work(() => this.#committer.commit(write));
  }

  /** Starts an execution whose row `row` is not written yet: row and first states become durable together. */
  start(row: ExecutionRow): Promise<boolean> {
    return this.#enqueue(row.id, () => this.#take(newRun(row, this.#machine(row.definition)), { kind: 'go' }, row));
  }

  /**
   * Tells an execution what happened.
   * @returns false when it meant nothing any more: the execution or the task is over
   */
  signal(id: number, signal: Signal): Promise<boolean> {
    return this.#enqueue(id, async () => {
      const known = this.#options.store.run(id);
      // Only a redrive is meant for an execution that is over, and for no other.
      if (known && known.open !== (signal.kind === 'redrive')) return this.#take(known.run, signal);
      if (signal.kind === 'timer')
        await this.#committer.commit(() => this.#options.store.clearTimer(id, signal.branch));
      return false;
    });
  }

  /** Resolves when nothing runs. */
  idle(): Promise<void> {
    if (this.#working === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.push(resolve);
    });
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Ends the engine. What is under way is taken up at the next start. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#armed?.timer.cancel();
    await Promise.allSettled(this.#mailboxes.values());
    this.#options.store.close();
  }

  #enqueue(id: number, work: () => Promise<boolean>): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    const before = this.#mailboxes.get(id) ?? Promise.resolve();
    const mine = this.#work(() => before.then(work, work)).finally(() => {
      if (this.#mailboxes.get(id) === mine) this.#mailboxes.delete(id);
    });
    this.#mailboxes.set(id, mine);
    return mine;
  }

  async #work<T>(work: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      if (this.#working === 0) this.#idle.splice(0).forEach((resolve) => resolve());
    }
  }

  async #take(run: Run, signal: Signal, row?: ExecutionRow): Promise<boolean> {
    // A start or a redrive has no timers on disk yet.
    const before = row || signal.kind === 'redrive' ? new Map<number, number>() : timersOf(run);
    const transaction = row ? started(this.#transaction(run), row) : this.#transaction(run);
    let met = true;
    let done = transaction;
    try {
      met = await happen(transaction, signal);
    } catch (error) {
      done = this.#broken(transaction, row, error);
    }
    await this.#committer.commit(() => this.#write(done, before, signal, row));
    this.#after(done);
    return met;
  }

  #transaction(run: Run): Transaction {
    const { region, clock } = this.#options;
    return new Transaction(run, this.#machine(run.definitionId), { region, tokens: this.tokens }, clock.now());
  }

  /**
   * A defect of the engine: the half-done transaction is thrown away, and the execution ends from where it last was.
   */
  #broken(transaction: Transaction, row: ExecutionRow | undefined, error: unknown): Transaction {
    console.error(`the Step Functions engine failed at ${transaction.run.arn}:`, shown(error));
    const fresh = row ? newRun(row, transaction.machine) : this.#options.store.run(transaction.run.id)?.run;
    if (!fresh) throw error;
    const again = row ? started(this.#transaction(fresh), row) : this.#transaction(fresh);
    breakDown(again, error);
    return again;
  }

  #write(
    transaction: Transaction,
    before: ReadonlyMap<number, number>,
    signal: Signal,
    row: ExecutionRow | undefined,
  ): void {
    const { store } = this.#options;
    const { run, ending } = transaction;
    if (row) store.addExecution(row);
    if (signal.kind === 'redrive') store.reopenExecution(run.id, run.redriveCount, transaction.now);
    for (const event of transaction.events) store.addEvent(run.id, event);
    if (ending) store.endExecution(run.id, transaction.now, ending);
    // A redrive goes on from the live part of an execution that did not succeed.
    if (ending?.status === 'SUCCEEDED') store.removeRun(run.id);
    else store.saveRun(run, ending === undefined);
    this.#writeTimers(run.id, before, ending ? new Map() : timersOf(run), signal);
    if (row || ending || signal.kind === 'redrive') this.#note(run.arn);
    if (ending) this.#dropDeletedMachine(run.machineArn);
  }

  #writeTimers(
    id: number,
    before: ReadonlyMap<number, number>,
    after: ReadonlyMap<number, number>,
    signal: Signal,
  ): void {
    const { store } = this.#options;
    const gone = new Set(before.keys());
    if (signal.kind === 'timer') gone.add(signal.branch);
    for (const branch of gone) if (!after.has(branch)) store.clearTimer(id, branch);
    for (const [branch, due] of after) if (before.get(branch) !== due) store.setTimer({ execution: id, branch, due });
  }

  /** What somebody wants to hear of an execution is durable together with what happened to it. */
  #note(arn: string): void {
    const { store, notices } = this.#options;
    const execution = store.execution(arn);
    if (notices === undefined || execution === undefined) return;
    const change = statusChangeOf(execution);
    if (notices.takes(change)) store.addNotice(change);
  }

  /** Hands out what has not been handed out yet; what does not arrive is handed out again after a restart. */
  #tellNotices(): void {
    const { store, notices } = this.#options;
    if (notices === undefined) return;
    for (const { id, change } of store.notices(this.#told)) {
      this.#told = id;
      notices
        .put(change)
        .then(() => this.commit(() => store.removeNotice(id)))
        .catch((error: unknown) => {
          if (!this.#closed) console.error('a status change could not be handed out:', shown(error));
        });
    }
  }

  /** A deleted state machine stays until its last execution has ended. */
  #dropDeletedMachine(arn: string): void {
    const { store } = this.#options;
    if (store.machine(arn)?.deleting === true && !store.hasOpenExecutions(arn)) store.removeMachine(arn);
  }

  /** What may only follow when the transaction is durable. */
  #after(transaction: Transaction): void {
    if (this.#closed) return;
    if (!transaction.ending) {
      for (const call of transaction.calls)
        if (isCalling(transaction.branch(call.branch), call)) this.#call(transaction.run.id, call);
      if (
        Object.values(transaction.run.branches).some(({ phase }) => phase.kind === 'ready' || phase.kind === 'again')
      ) {
        this.#tell(transaction.run.id, { kind: 'go' });
      }
    }
    // Once for all transactions of a commit.
    if (this.#arming) return;
    this.#arming = true;
    queueMicrotask(() => {
      this.#tellNotices();
      this.#arm();
    });
  }

  #call(id: number, call: Call): void {
    void this.#work(async () => {
      const outcome = await this.#perform(call);
      this.#tell(id, { kind: 'answer', branch: call.branch, scheduled: call.scheduled, outcome });
    });
  }

  /** A signal of the engine to itself. One that cannot be written (a full disk) is taken up again at the next start. */
  #tell(id: number, signal: Signal): void {
    this.signal(id, signal).catch((error: unknown) =>
      console.error(`the Step Functions engine could not write down what happened to execution ${id}:`, shown(error)),
    );
  }

  #perform({ kind, action, parameters }: Call): Promise<TaskOutcome> {
    const { lambda, dynamodb, clock } = this.#options;
    if (kind === 'lambda-arn') return callFunction(lambda, action, parameters);
    if (kind === 'lambda-invoke') return invokeFunction(lambda, parameters, clock.now());
    return callDynamoDb(dynamodb, kind, action, parameters, clock.now());
  }

  #machine(definition: number): Machine {
    const known = this.#machines.get(definition);
    if (known) return known;
    const machine = parseDefinition(this.#options.store.definition(definition));
    this.#machines.set(definition, machine);
    return machine;
  }

  // the clock

  /** Keeps one timer with the clock: the earliest of all executions. */
  #arm(): void {
    this.#arming = false;
    if (this.#closed) return;
    const due = this.#nextTimer()?.due;
    if (due === this.#armed?.due) return;
    this.#armed?.timer.cancel();
    this.#armed = due === undefined ? undefined : { due, timer: this.#options.clock.at(due, () => this.#fire()) };
  }

  #nextTimer(): ReturnType<Store['nextTimer']> {
    return this.#options.standsStill?.() === true ? undefined : this.#options.store.nextTimer();
  }

  async #fire(): Promise<void> {
    this.#armed = undefined;
    const next = this.#closed ? undefined : this.#nextTimer();
    if (next && next.due <= this.#options.clock.now())
      await this.signal(next.execution, { kind: 'timer', branch: next.branch });
    this.#arm();
  }

  // after a restart

  #resumeExecution(id: number): void {
    const run = this.#options.store.run(id)?.run;
    if (!run) return;
    const branches = Object.values(run.branches).filter(isBusy);
    if (branches.some(({ phase }) => phase.kind !== 'task')) this.#tell(id, { kind: 'go' });
    for (const branch of branches) this.#resumeCall(run, branch);
  }

  /**
   * A call whose answer the process did not live to see. A callback that came already proves that it was made. DynamoDB
   * is asked again, as the SDK does when a connection breaks: an item written twice is the same item. A function may
   * have
   * run, so it is not run again unless its state says so: it fails as it does on AWS when the answer is lost.
   */
  #resumeCall(run: Run, branch: Branch): void {
    const { phase } = branch;
    const state = this.#transaction(run).stateOf(branch);
    if (phase.kind !== 'task' || state.type !== 'Task') return;
    const { kind, action } = callOf(state.resource);
    const { scheduled } = phase;
    const answer = (outcome: TaskOutcome): void =>
      this.#tell(run.id, { kind: 'answer', branch: branch.id, scheduled, outcome });
    if (phase.early) answer({ output: {} });
    else if (kind === 'lambda-arn' || kind === 'lambda-invoke')
      answer({ error: 'Lambda.SdkClientException', cause: lostAnswer });
    else {
      const parameters = parseJson(parametersIn(this.#options.store.event(run.id, scheduled)?.details));
      this.#call(run.id, { branch: branch.id, scheduled, kind, action, parameters });
    }
  }
}

/** An execution ends after a year: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const mostSeconds = 365 * 86_400;

const lostAnswer =
  'The connection to the function was lost before it answered (the local Step Functions was restarted).';

function isCalling(branch: Branch | undefined, call: Call): boolean {
  return branch?.phase.kind === 'task' && branch.phase.calling && branch.phase.scheduled === call.scheduled;
}

function newRun(row: ExecutionRow, machine: Machine): Run {
  const input = parseJson(row.input);
  return {
    id: row.id,
    arn: row.arn,
    name: row.name,
    machineArn: row.machineArn,
    definitionId: row.definition,
    roleArn: row.roleArn,
    input,
    startedAt: row.startedAt,
    redriveCount: 0,
    timeoutAt: row.startedAt + Math.min(machine.timeoutSeconds ?? mostSeconds, mostSeconds) * 1_000,
    lastEvent: 0,
    nextBranch: 1,
    branches: {
      0: {
        id: 0,
        at: machine.startAt,
        input,
        variables: {},
        // AWS lets the first state follow nothing, not the start of the execution.
        previous: 0,
        enteredEvent: 0,
        beforeEntered: 0,
        enteredAt: row.startedAt,
        retries: {},
        phase: { kind: 'ready' },
      },
    },
  };
}

function started(transaction: Transaction, row: ExecutionRow): Transaction {
  transaction.append('ExecutionStarted', 0, {
    input: row.input,
    inputDetails: { truncated: false },
    roleArn: row.roleArn,
  });
  return transaction;
}
