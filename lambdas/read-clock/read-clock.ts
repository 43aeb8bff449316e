import type { UseCase } from '../../contract/operation.ts';
import { clockView, type readClock as operation } from '../../contract/read-clock.ts';
import { datesOf } from '../../domain/journey/explained.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import type { Door } from '../../domain/people/door.ts';

/** Explains the dates of a dossier to its parties, and to ops. @param now epoch milliseconds */
export function readClock(door: Door, now: () => number): UseCase<typeof operation> {
  return async ({ path: { dossierId } }, caller) => {
    const opened = await door.open(dossierId, caller, 'read');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const dates = datesOf(opened.dossier, asJudged(await opened.timeline()));
    return { status: 200, body: clockView(dates, opened.dossier, now()) };
  };
}
