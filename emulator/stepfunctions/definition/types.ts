import type { Json, JsonObject } from '../json.ts';

/**
 * A state machine after validation: what the interpreter runs.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export interface Machine extends Flow {
  /** Seconds the whole execution may take. */
  readonly timeoutSeconds?: number;
}

/** States with their entrance: a machine, a branch of a Parallel, the processor of a Map. */
export interface Flow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A JSON value whose strings `{% ... %}` are JSONata expressions. */
export type Template = Json;

export type QueryLanguage = 'JSONata' | 'JSONPath';

interface CommonFields {
  readonly name: string;
  readonly queryLanguage: QueryLanguage;
}
/** What a state hands on: variables, output, and where to. Without `next` the flow ends here. */
interface Leaving {
  readonly assign?: JsonObject;
  readonly output?: Template;
  readonly next?: string;
}
/** The fields of JSONPath states that a mixed definition may use (see `query/jsonpath.ts`). */
export interface PathFields {
  readonly inputPath?: string | null;
  readonly parameters?: Json;
  readonly resultSelector?: Json;
  readonly result?: Json;
  readonly resultPath?: string | null;
  readonly outputPath?: string | null;
}
interface Recoverable {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly jitter: boolean;
}
export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly assign?: JsonObject;
  readonly output?: Template;
  readonly resultPath?: string | null;
}

export interface PassState extends CommonFields, Leaving {
  readonly type: 'Pass';
  readonly paths: PathFields;
}
export interface SucceedState extends CommonFields, Leaving {
  readonly type: 'Succeed';
}
export interface FailState extends CommonFields {
  readonly type: 'Fail';
  readonly error?: string;
  readonly cause?: string;
}
export interface WaitState extends CommonFields, Leaving {
  readonly type: 'Wait';
  readonly seconds?: number | string;
  readonly timestamp?: string;
}
export interface ChoiceState extends CommonFields {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly assign?: JsonObject;
  readonly output?: Template;
  readonly default?: string;
}
export interface ChoiceRule {
  readonly condition: string | boolean;
  readonly next: string;
  readonly assign?: JsonObject;
  readonly output?: Template;
}
export interface TaskState extends CommonFields, Leaving, Recoverable {
  readonly type: 'Task';
  readonly resource: TaskResource;
  readonly arguments?: Template;
  readonly timeoutSeconds?: number | string;
  readonly heartbeatSeconds?: number | string;
  readonly paths: PathFields;
}
export interface ParallelState extends CommonFields, Leaving, Recoverable {
  readonly type: 'Parallel';
  readonly branches: readonly Flow[];
  readonly arguments?: Template;
}
export interface MapState extends CommonFields, Leaving, Recoverable {
  readonly type: 'Map';
  readonly processor: Flow;
  readonly items?: Template;
  readonly itemSelector?: Template;
  readonly maxConcurrency?: number | string;
  readonly toleratedFailureCount?: number | string;
  readonly toleratedFailurePercentage?: number | string;
}
export type State =
  PassState | SucceedState | FailState | WaitState | ChoiceState | TaskState | ParallelState | MapState;

/** What a Task calls. `service` and `action` are the resource and resourceType of its events. */
export type TaskResource =
  | { readonly kind: 'lambda-arn'; readonly arn: string }
  | {
      readonly kind: 'lambda-invoke' | 'dynamodb' | 'aws-sdk-dynamodb';
      readonly service: string;
      readonly action: string;
      readonly waitForToken: boolean;
    };
