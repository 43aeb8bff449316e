import { replaceExecution } from '../../domain/execution/replace-execution.ts';
import type { GenerationWriter } from '../../domain/ports/book.ts';

/** An execution that is over though nobody led it to an end. */
export interface EndedExecution {
  readonly dossierId: string;
  readonly generation: number;
}

/**
 * An execution failed, timed out or was stopped: the next generation takes over at the book's place, unless the journey
 * is over or a younger one follows the dossier already. Told twice, it raises once.
 * @param now epoch milliseconds
 * @returns `paused` when it has ended too often within an hour: then somebody of ops has to look
 */
export function resumeExecution(book: GenerationWriter, now: () => number) {
  return async ({ dossierId, generation }: EndedExecution): Promise<'raised' | 'paused' | 'over' | 'left'> => {
    const line = await book.executionLine(dossierId);
    if ((line?.generation ?? 1) !== generation) return 'left';
    return replaceExecution(book, dossierId, line, 'ended', now());
  };
}
