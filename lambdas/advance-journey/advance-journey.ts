import type { JourneyReader } from '../../domain/ports/book.ts';
import type { Executions, News, Position } from '../../domain/ports/executions.ts';
import type { JourneyEvent } from '../../domain/journey/dossier.ts';
import { placeFacts, type Place } from '../../domain/journey/places.ts';
import { happyWayFrom } from '../../domain/journey/rules.ts';

/** The first execution of a dossier; a later one replaces an execution that was thrown away. */
const firstGeneration = 1;

/**
 * Two sides meet on the wait item: the execution that waits at a place, and the next event that moved the paper.
 * When both are there, the execution is led on. Keeps no state, so being told twice is harmless; told of one side only,
 * it waits for the other.
 */
export function advanceJourney(book: JourneyReader, executions: Executions) {
  return async ({ dossierId, opening }: News): Promise<void> => {
    if (opening) return executions.start(dossierId, firstGeneration, opening.to, positionAfter(opening));
    const wait = await book.wait(dossierId);
    const event = wait && (await book.nextMilestone(dossierId, wait.followed));
    if (!event) return undefined;
    await lead(executions, wait.place, wait.taskToken, event);
    return undefined;
  };
}

async function lead(executions: Executions, from: string, taskToken: string, event: JourneyEvent): Promise<void> {
  const onTheHappyWay = isPlace(from) && happyWayFrom(from) === event.to;
  await (onTheHappyWay
    ? executions.leadOn(taskToken, positionAfter(event))
    : executions.leadAside(taskToken, event.to, positionAfter(event)));
}

function isPlace(name: string): name is Place {
  return Object.hasOwn(placeFacts, name);
}

function positionAfter(event: JourneyEvent): Position {
  return {
    followed: event.number,
    ...(event.dueAt === undefined ? {} : { dueAt: new Date(event.dueAt).toISOString() }),
  };
}
