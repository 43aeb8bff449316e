import { decide, needsHistory, runOut } from '../journey/decide.ts';
import type { Dossier } from '../journey/dossier.ts';
import type { BookWriter } from '../ports/book.ts';

/** The law has no answer to its own clock. The message names the refusal. */
export class ClockRefused extends Error {
  override readonly name = 'ClockRefused';
}

/**
 * Somebody who writes at the same instant is let through this often before whoever rang tries again.
 */
const tries = 3;

/**
 * The clock of a dossier's place may have run out: the book decides what that means, a reminder, a lapse, or nothing
 * when an event came first. Rung twice, it writes once.
 * @param now epoch milliseconds
 * @returns the dossier as it is then
 * @throws ClockRefused; another Error when the dossier is unknown, or others keep writing: whoever rang tries again
 */
export async function ringClock(book: BookWriter, dossierId: string, now: () => number): Promise<Dossier> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const dossier = await book.head(dossierId);
    if (!dossier) throw new Error('the execution follows a dossier that is not in the book');
    const recorded = await record(book, dossier, now());
    if (recorded) return recorded;
  }
  throw new Error('overtaken again and again; whoever rang tries again');
}

/** The dossier as it is afterwards; undefined when somebody else wrote first. */
async function record(book: BookWriter, dossier: Dossier, now: number): Promise<Dossier | undefined> {
  const report = runOut(dossier, now);
  if (!report) return dossier;
  const history = needsHistory(dossier, report, now) ? await book.timeline(dossier.dossierId) : undefined;
  const decision = decide(dossier, report, now, history);
  if (!decision.ok) throw new ClockRefused(`the law refuses its own clock: ${decision.refusal.name}`);
  return (await book.append(decision.value)) === 'written' ? decision.value.dossier : undefined;
}
