import type { ExecutionLine, GenerationWriter, Wait } from '../../domain/ports/book.ts';
import type { Executions, Position } from '../../domain/ports/executions.ts';
import { placeAfter, type JourneyEvent } from '../../domain/journey/dossier.ts';
import { roadTo, type Edition } from '../../domain/execution/editions.ts';
import { isTooOld, positionOf, type Cause } from '../../domain/execution/generations.ts';
import { replaceExecution } from '../../domain/execution/replace-execution.ts';
import { isEnd } from '../../domain/journey/places.ts';
import { ringsOn } from '../../domain/journey/ringing.ts';

/** The first execution of a dossier; a later one replaces an execution that was thrown away. */
const firstGeneration = 1;

/** An execution writes its wait at once, and through an outage of the book within its retries. */
const longestArrivalMs = 60 * 60_000;

/** How far the clocks of a function and of Step Functions may differ. */
const clockSkewMs = 60_000;

/**
 * Two sides meet on the line of the book that tells of the execution: the execution that waits at a place, and the next
 * event that moved the paper. When both are there, the execution is led on. What cannot be led is replaced: the
 * generation is raised in the book, and the record of that very write brings this function back, to start the next
 * execution at the book's place and to end the former one. Keeps no state, so being told twice is harmless; told of one
 * side only, it waits for the other (ADR 0018).
 * @param editions the roads of every edition that an execution may run
 * @param now epoch milliseconds
 */
export function advanceJourney(
  book: GenerationWriter,
  executions: Executions,
  editions: Readonly<Record<number, Edition>>,
  now: () => number,
) {
  return async (dossierId: string): Promise<void> => {
    const line = await book.executionLine(dossierId);
    const cause = line?.wait === undefined ? await start(dossierId, line) : await lead(dossierId, line, line.wait);
    // When somebody else has replaced it meanwhile, the record of that write comes here too.
    const outcome = cause && (await replaceExecution(book, dossierId, line, cause, now()));
    // The journey is over, and an execution that runs and cannot be led to its end is ended where it is.
    if (outcome === 'over' && cause !== 'ended' && line)
      await executions.end(dossierId, line.generation, line.wait?.taskToken);
  };

  /** Leads on whoever waits. @returns why it has to be replaced instead */
  async function lead(dossierId: string, line: ExecutionLine, wait: Wait): Promise<Cause | undefined> {
    const event = await book.nextMilestone(dossierId, wait.followed);
    if (isTooOld(line, now())) return 'too-old';
    if (event === undefined) return isAskedFor(line) ? whenOver(dossierId, line) : undefined;
    const place = placeAfter(event);
    const road = roadTo(place, wait, editions);
    if (road === undefined) return 'no-road';
    const position = positionAfter(event);
    const led = await (road === 'next'
      ? executions.leadOn(wait.taskToken, position)
      : executions.leadAside(wait.taskToken, place, position));
    // Whoever has gone on will arrive, and is led from there; only whoever is over never will.
    return led === 'gone' ? whenOver(dossierId, line) : undefined;
  }

  async function whenOver(dossierId: string, { generation }: ExecutionLine): Promise<Cause | undefined> {
    return (await executions.status(dossierId, generation))?.isRunning === true ? undefined : 'ended';
  }

  /** Starts the generation that has arrived nowhere yet, and ends the one before. @returns why it cannot be this one */
  async function start(dossierId: string, line: ExecutionLine | undefined): Promise<Cause | undefined> {
    const dossier = line?.pausedAt === undefined ? await book.head(dossierId) : undefined;
    if (dossier === undefined || isEnd(dossier.place)) return undefined;
    const { generation, formerToken, raisedAt } = { generation: firstGeneration, ...line };
    const { resumeAt, ...position } = positionOf(dossier);
    const isNew = (await executions.start(dossierId, generation, resumeAt, position)) === 'started';
    // The same start once more is answered like the first: whoever asks wants to know.
    const isAsked = line !== undefined && isAskedFor(line);
    const status = isNew && !isAsked ? undefined : await executions.status(dossierId, generation);
    if (generation > firstGeneration) await executions.end(dossierId, generation - 1, formerToken);
    if (status === undefined) return undefined;
    if (raisedAt !== undefined && status.startedAt < raisedAt - clockSkewMs) return 'name-taken';
    if (status.isRunning && isAsked && status.startedAt < now() - longestArrivalMs) return 'name-taken';
    return status.isRunning ? undefined : 'ended';
  }
}

/** Somebody has asked for it since it arrived. */
function isAskedFor({ nudgedAt, waitingSince }: ExecutionLine): boolean {
  return nudgedAt !== undefined && (waitingSince === undefined || waitingSince < nudgedAt);
}

function positionAfter(event: JourneyEvent): Position {
  const rings = ringsOn(event.after ?? event);
  return {
    followed: event.number,
    ...(rings === undefined ? {} : { dueAt: new Date(rings).toISOString() }),
  };
}
