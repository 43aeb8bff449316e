import type { BookWriter } from '../../domain/ports/book.ts';
import { decide, runOut } from '../../domain/journey/decide.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import type { Place } from '../../domain/journey/places.ts';

/** Where the execution has to go on, once the book knows that the clock ran out. */
export interface Resumption {
  readonly resumeAt: Place;
  readonly followed: number;
  /** ISO 8601 UTC. */
  readonly dueAt?: string;
}

/**
 * Somebody who writes at the same instant is let through this often before the state machine's own retry takes over.
 */
const tries = 3;

/**
 * The state machine says that the clock of a place ran out. The book decides what that means: a reminder, a lapse, or
 * nothing,
 * when an event came first. Answers where the paper is now; told twice, it answers the same and writes once.
 * @throws when the dossier is unknown, or others keep writing: the state machine tries again
 */
export function recordOverdue(book: BookWriter, now: () => number) {
  return async (dossierId: string): Promise<Resumption> => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const dossier = await book.head(dossierId);
      if (!dossier) throw new Error('the execution follows a dossier that is not in the book');
      const recorded = await record(book, dossier, now());
      if (recorded) return resumption(recorded);
    }
    throw new Error('overtaken again and again; the state machine retries');
  };
}

/** The dossier as it is afterwards; undefined when somebody else wrote first. */
async function record(book: BookWriter, dossier: Dossier, now: number): Promise<Dossier | undefined> {
  const report = runOut(dossier, now);
  if (!report) return dossier;
  const decision = decide(dossier, report, now);
  if (!decision.ok) throw new Error(`the law refuses its own clock: ${decision.refusal.name}`);
  return (await book.append(decision.value)) === 'written' ? decision.value.dossier : undefined;
}

function resumption({ place, version, dueAt }: Dossier): Resumption {
  return {
    resumeAt: place,
    followed: version,
    ...(dueAt === undefined ? {} : { dueAt: new Date(dueAt).toISOString() }),
  };
}
