import type { Json, JsonObject } from './json.ts';

/**
 * The live part of an execution: where it stands. Kept as one JSON row, read when something happens to the execution
 * and written back with what happened; nothing of it stays in memory while the execution waits.
 */
export interface Run {
  /** Row of the execution. */
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly definitionId: number;
  readonly roleArn: string;
  readonly input: Json;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  redriveCount: number;
  redrivenAt?: number;
  /** When the whole execution times out, epoch milliseconds. */
  timeoutAt?: number;
  /** Id of the newest event of the history. */
  lastEvent: number;
  nextBranch: number;
  /** By id. The root is 0; every branch of a Parallel and every iteration of a Map has its own. */
  branches: Record<number, Branch>;
}

/** One thread of an execution: a position in one flow. */
export interface Branch {
  readonly id: number;
  /** The Parallel or Map it belongs to, and which branch or iteration it is. */
  readonly parent?: number;
  readonly index?: number;
  /** Name of the state it is in. */
  at: string;
  input: Json;
  variables: Record<string, Json>;
  /** Newest event of this branch: the `previousEventId` of its next. */
  previous: number;
  /** The `...StateEntered` event, what preceded it, and its time. */
  enteredEvent: number;
  beforeEntered: number;
  enteredAt: number;
  /** Attempts made by each retrier of the state. */
  retries: Record<number, number>;
  phase: Phase;
}

export type Phase =
  /** About to enter its state. */
  | { readonly kind: 'ready' }
  /** About to do its state once more: a retry or a redrive. */
  | { readonly kind: 'again' }
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'retrying'; readonly until: number }
  | TaskPhase
  | ParallelPhase
  | MapPhase
  /** Left without success: what a redrive takes up again. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'aborted' };

export interface TaskPhase {
  readonly kind: 'task';
  /** Id of the scheduling event: names the attempt. */
  readonly scheduled: number;
  /** Whether an answer of the called service is still to come. */
  readonly calling: boolean;
  readonly timeoutAt?: number;
  readonly heartbeatSeconds?: number;
  readonly heartbeatAt?: number;
  /** A callback that came before the answer of the call that carried its token. */
  readonly early?: TaskOutcome;
}

export interface ParallelPhase {
  readonly kind: 'parallel';
  readonly children: readonly number[];
  readonly results: Record<number, Json>;
}

export interface MapPhase {
  readonly kind: 'map';
  readonly items: readonly Json[];
  /** The next item to start. */
  readonly next: number;
  readonly children: readonly number[];
  readonly results: Record<number, Json>;
  readonly failed: number;
  readonly concurrency: number;
  readonly tolerated: number;
}

export type TaskOutcome = { readonly output: Json } | Failure;

/** Names as the state's Catch sees them. Both may be absent: a callback need not give them. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  /** Other names under which the same failure is caught and retried. */
  readonly alias?: string;
  /**
   * No Retry and no Catch applies. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
   */
  readonly terminal?: true;
}

/** A call of a service, made when its scheduling is durable. */
export interface Call {
  readonly branch: number;
  readonly scheduled: number;
  readonly kind: 'lambda-arn' | 'lambda-invoke' | 'dynamodb' | 'aws-sdk-dynamodb';
  readonly action: string;
  readonly parameters: Json;
}

export interface HistoryEvent {
  readonly id: number;
  readonly previous: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: string;
  readonly details?: JsonObject;
}

/** The number that stands for the execution's own TimeoutSeconds where a branch's id is meant. */
export const executionTimer = -1;

/** When something has to happen to the branch by the clock alone. */
export function wakeAt(branch: Branch): number | undefined {
  const { phase } = branch;
  if (phase.kind === 'waiting' || phase.kind === 'retrying') return phase.until;
  if (phase.kind !== 'task') return undefined;
  const { timeoutAt, heartbeatAt } = phase;
  if (timeoutAt === undefined || heartbeatAt === undefined) return timeoutAt ?? heartbeatAt;
  return Math.min(timeoutAt, heartbeatAt);
}

/** Whether the branch goes on without clock or callback: what a restart has to take up. */
export function isBusy({ phase }: Branch): boolean {
  return phase.kind === 'ready' || phase.kind === 'again' || (phase.kind === 'task' && phase.calling);
}
