import type { JourneyEvent } from '../journey/dossier.ts';
import type { Place } from '../journey/places.ts';

/**
 * Where an execution stands, or has to go on: `followed` is the number of the last event it knows, `dueAt` ISO 8601
 * UTC.
 */
export interface Position {
  readonly followed: number;
  readonly dueAt?: string;
}

/** The executions that follow the dossiers. Each call may be repeated: what was done before is done. */
export interface Executions {
  /** Starts the execution of a dossier's generation at a place; starting twice starts once. */
  start(dossierId: string, generation: number, resumeAt: Place, position: Position): Promise<void>;
  /** Leads on along the happy way. `gone`: nobody waits on this token any more. */
  leadOn(taskToken: string, position: Position): Promise<'led' | 'gone'>;
  /** Leads aside, to the place whose name is the error's. */
  leadAside(taskToken: string, to: Place, position: Position): Promise<'led' | 'gone'>;
}

/** What the book's stream tells: a dossier's first event, a later one, or an execution that has arrived and waits. */
export interface News {
  readonly dossierId: string;
  /** The first event of a dossier: its execution has to be started. */
  readonly opening?: JourneyEvent;
}
