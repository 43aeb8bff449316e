import { hasPlace, type Edition } from '../../domain/execution/editions.ts';
import { positionOf } from '../../domain/execution/generations.ts';
import { replaceExecution } from '../../domain/execution/replace-execution.ts';
import { ringClock } from '../../domain/execution/ring-clock.ts';
import type { BookWriter, GenerationWriter } from '../../domain/ports/book.ts';
import type { Position } from '../../domain/ports/executions.ts';

/** Where the execution has to go on, once the book knows that the clock ran out. */
export interface Resumption extends Position {
  readonly resumeAt: string;
}

/**
 * The state machine says that the clock of a place ran out. The book decides what that means. Answers where the paper
 * is now; told twice, it answers the same and writes once. A place that the execution's edition lacks is the next
 * generation's: this one is sent back to where it waited, and is ended there.
 * @param editions the places of every edition that an execution may run
 * @throws when the dossier is unknown, or others keep writing: the state machine tries again
 */
export function recordOverdue(
  book: BookWriter & GenerationWriter,
  editions: Readonly<Record<number, Edition>>,
  now: () => number,
) {
  return async (dossierId: string): Promise<Resumption> => {
    const dossier = await ringClock(book, dossierId, now);
    const line = await book.executionLine(dossierId);
    const wait = line?.wait;
    if (wait === undefined || hasPlace(dossier.place, wait.edition, editions)) return positionOf(dossier);
    await replaceExecution(book, dossierId, line, 'no-road', now());
    return { resumeAt: wait.place, followed: wait.followed };
  };
}
