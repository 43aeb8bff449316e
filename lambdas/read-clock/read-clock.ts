import type { UseCase } from '../../contract/operation.ts';
import { clockView, type readClock as operation } from '../../contract/read-clock.ts';
import { datesOf } from '../../domain/journey/explained.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import { mayDo } from '../../domain/people/rights.ts';
import type { BookReader, TimelineReader } from '../../domain/ports/book.ts';

/** Explains the dates of a dossier to its parties, and to ops. @param now epoch milliseconds */
export function readClock(book: BookReader & TimelineReader, now: () => number): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !mayDo(dossier, caller, 'read')) return { refusal: { name: 'UnknownDossier' } };
    const dates = datesOf(dossier, asJudged(await book.timeline(dossierId)));
    return { status: 200, body: clockView(dates, dossier, now()) };
  };
}
