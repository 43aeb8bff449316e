import type { Place } from '../journey/places.ts';

/**
 * Where an execution stands, or has to go on: `followed` is the number of the last event it knows, `dueAt` ISO 8601
 * UTC.
 */
export interface Position {
  readonly followed: number;
  readonly dueAt?: string;
}

/** What is known of an execution. */
export interface ExecutionStatus {
  readonly isRunning: boolean;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** The executions that follow the dossiers. Each call may be repeated: what was done before is done. */
export interface Executions {
  /**
   * Starts the execution of a dossier's generation at a place. `exists`: the name has been used, by this very execution
   * or by another one.
   */
  start(dossierId: string, generation: number, resumeAt: Place, position: Position): Promise<'started' | 'exists'>;
  /** Leads on along the happy way. `gone`: nobody waits on this token any more. */
  leadOn(taskToken: string, position: Position): Promise<'led' | 'gone'>;
  /** Leads aside, to the place whose name is the error's. */
  leadAside(taskToken: string, to: string, position: Position): Promise<'led' | 'gone'>;
  /** Undefined for an execution that there is not. */
  status(dossierId: string, generation: number): Promise<ExecutionStatus | undefined>;
  /**
   * Ends the execution of a generation that has been replaced.
   * @param taskToken with which it waited, if that is known: then it ends well
   */
  end(dossierId: string, generation: number, taskToken: string | undefined): Promise<void>;
}
