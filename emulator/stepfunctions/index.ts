import type { Clock } from '../clock/clock.ts';
import { shown, withFile } from '../data-directory/file-problem.ts';
import type { LambdaInvoker } from '../lambda/invoker.ts';
import { ApiError } from './api/error.ts';
import { operations } from './api/operations.ts';
import { Engine } from './engine.ts';
import type { StatusListener } from './status-changes.ts';
import { summariesIn, type ExecutionSummaries } from './execution-summaries.ts';
import { Store } from './store.ts';
import type { DynamoDb } from './tasks/dynamodb.ts';

export interface StepFunctionsOptions {
  /** Path of the database, or ':memory:'. */
  readonly file: string;
  readonly clock: Clock;
  readonly lambda: LambdaInvoker;
  readonly dynamodb: DynamoDb;
  readonly region: string;
  readonly accountId: string;
  /** Hears of executions that start and end. */
  readonly notices?: StatusListener;
  /** Whether executions stand still, as when the service is away; `wake` says that it may have changed. */
  readonly standsStill?: () => boolean;
}

export interface StepFunctions {
  /**
   * One AWS JSON 1.0 call, e.g. 'StartExecution'. Never throws: an error is an answer whose `body.__type` names it.
   * Answered only once durable.
   */
  handle(operation: string, body: unknown): Promise<{ status: number; body: unknown }>;
  /**
   * What AWS's calls do not tell of many executions at once: where each stands, since when, and what the clock does
   * next.
   */
  readonly summaries: ExecutionSummaries;
  /** Has timers fire, or not, as `standsStill` says now. */
  wake(): void;
  /** Resolves when nothing runs: every open execution waits for a token, a timer or nothing. */
  idle(): Promise<void>;
  /** Ends the engine; what is under way goes on at the next start. */
  close(): Promise<void>;
}

/**
 * The local Step Functions. What was under way when the process ended is taken up at once, so the services that it
 * calls
 * have to be up.
 */
export async function createStepFunctions(options: StepFunctionsOptions): Promise<StepFunctions> {
  return stepFunctionsOn(
    withFile(options.file, () => new Store(options.file)),
    options,
  );
}

/** The same on a store that is open already. */
export function stepFunctionsOn(store: Store, options: Omit<StepFunctionsOptions, 'file'>): StepFunctions {
  const { clock, lambda, dynamodb, region, accountId, notices, standsStill } = options;
  const engine = new Engine({ store, clock, lambda, dynamodb, region, notices, standsStill });
  const api = { engine, store, clock, region, accountId, starting: new Map<string, Promise<unknown>>() };
  engine.resume();
  return {
    async handle(name, body) {
      if (engine.isClosed) return failed(503, 'ServiceUnavailable', 'The local Step Functions is closed');
      const operation = operations.get(name);
      if (!operation)
        return failed(400, 'UnknownOperationException', `The local Step Functions does not know the call ${name}`);
      try {
        return { status: 200, body: await operation(api, body) };
      } catch (error) {
        if (error instanceof ApiError) return failed(400, error.name, error.message);
        console.error(`the local Step Functions failed at ${name}:`, shown(error));
        return failed(500, 'InternalServerError', `The local Step Functions failed at ${name}`);
      }
    },
    summaries: summariesIn(store),
    wake: () => engine.wake(),
    idle: () => engine.idle(),
    close: () => engine.close(),
  };
}

function failed(status: number, type: string, message: string): { status: number; body: unknown } {
  return { status, body: { __type: type, message } };
}
