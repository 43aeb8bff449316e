import { isEnd } from '../journey/places.ts';
import type { ExecutionLine, GenerationWriter } from '../ports/book.ts';
import { replacement, type Cause } from './generations.ts';

/** The line of a dossier whose first execution has not arrived anywhere. */
const unwritten: ExecutionLine = { generation: 1, resumedAt: [] };

/**
 * Replaces the execution of an open dossier: raises its generation in the book, whose stream starts the next one.
 * @param line as it was read; undefined while no execution has arrived
 * @param now epoch milliseconds
 * @returns `paused` when it has ended too often; `over` when the journey is; `left` when somebody else has replaced it,
 * or it is paused already
 */
export async function replaceExecution(
  book: GenerationWriter,
  dossierId: string,
  line: ExecutionLine | undefined,
  cause: Cause,
  now: number,
): Promise<'raised' | 'paused' | 'over' | 'left'> {
  const dossier = await book.head(dossierId);
  if (dossier === undefined || isEnd(dossier.place)) return 'over';
  const change = replacement(line ?? unwritten, cause, now);
  if (change === undefined) return 'left';
  const outcome = await book.replace(dossierId, (line ?? unwritten).generation, change, now);
  if (outcome === 'overtaken') return 'left';
  return change.kind === 'pause' ? 'paused' : 'raised';
}
