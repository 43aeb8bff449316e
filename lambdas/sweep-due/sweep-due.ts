import { ClockRefused, ringClock } from '../../domain/execution/ring-clock.ts';
import { postCalendar, startOfNextWorkingDay } from '../../domain/calendar/working-calendar.ts';
import { runOut } from '../../domain/journey/decide.ts';
import { isEnd } from '../../domain/journey/places.ts';
import type { BookWriter, DueItem, DueKeeper, Finding } from '../../domain/ports/book.ts';

/** So long an execution has to ring by itself; what is still untold then nobody tells any more. */
const graceMs = 5 * 60_000;

/** As much as is done well within the function's time; the next sweep goes on with the rest. */
const mostItems = 500;

/** What a sweep did. */
export interface Sweep {
  /** Clocks that nobody else had rung, and matters that their owners have been reminded of. */
  readonly rung: number;
  /** Executions that had to be renewed. */
  readonly renewed: number;
  /** What does not heal by itself and stands in the list of ops. */
  readonly findings: number;
  /** What could not be done now, and is tried again by the next sweep. */
  readonly failed: number;
  /** How much stands on the desk of ops afterwards. */
  readonly standing: number;
  /** There was more than one sweep can do. */
  readonly isMore: boolean;
}

/**
 * Finds what should have happened and did not: rings what is due through the same use case as a place's clock, and has
 * the leader of executions look after each execution that did not ring. Writes no fact of its own. What it cannot heal
 * it writes where ops see it. Reads nothing of what is not due.
 * @param isUnreadable whether an error says that an item of the book is not what the code reads
 * @param now epoch milliseconds
 * @param finishBag finishes what a bag's fact says of its dossiers
 */
export function sweepDue(
  book: DueKeeper & BookWriter,
  isUnreadable: (error: unknown) => boolean,
  now: () => number,
  finishBag: (bag: NonNullable<DueItem['bag']>) => Promise<void>,
) {
  return async (): Promise<Sweep> => {
    const done = { rung: 0, renewed: 0, findings: 0, failed: 0 };
    const found = new Set<string>();
    let left = mostItems;
    for await (const item of book.dueBefore(now() - graceMs)) {
      if (left === 0) return { ...done, standing: await stillStanding(found), isMore: true };
      left -= 1;
      const outcome = await heal(item).catch(async (error: unknown) => giveUp(item, error));
      if (outcome === 'findings') found.add(item.dossierId);
      done[outcome] += 1;
    }
    return { ...done, standing: await stillStanding(found), isMore: false };
  };

  async function heal({ dossierId, kind, matter, bag }: DueItem): Promise<'rung' | 'renewed'> {
    if (bag !== undefined) {
      await finishBag(bag);
      return 'rung';
    }
    if (matter !== undefined) {
      await book.remindOf(dossierId, matter, startOfNextWorkingDay(now(), postCalendar));
      return 'rung';
    }
    const dossier = kind === 'clock' ? await ringClock(book, dossierId, now) : await book.head(dossierId);
    const isOver = dossier === undefined || isEnd(dossier.place);
    await (isOver ? book.forgetRenewal(dossierId) : book.nudge(dossierId, now()));
    await book.settle(dossierId, 'due');
    return kind === 'clock' ? 'rung' : 'renewed';
  }

  /** What was found before may have passed without this sweep: somebody has reported, or the execution rang itself. */
  async function stillStanding(found: ReadonlySet<string>): Promise<number> {
    const standing = await book.standing();
    let passed = 0;
    for (const { dossierId, kind } of standing.slice(0, mostItems)) {
      if (kind === 'due' && found.has(dossierId)) continue;
      const dossier = await book.head(dossierId).catch(() => undefined);
      if (dossier === undefined) continue;
      if (!isEnd(dossier.place) && (kind === 'paused' || runOut(dossier, now() - graceMs) !== undefined)) continue;
      await book.settle(dossierId, kind);
      passed += 1;
    }
    return standing.length - passed;
  }

  async function giveUp({ dossierId }: DueItem, error: unknown): Promise<'findings' | 'failed'> {
    const reason = reasonOf(error);
    if (reason === undefined) return 'failed';
    await book.find({ dossierId, reason, at: now() });
    return 'findings';
  }

  function reasonOf(error: unknown): Finding['reason'] | undefined {
    if (error instanceof ClockRefused) return 'refused';
    return isUnreadable(error) ? 'unreadable' : undefined;
  }
}
