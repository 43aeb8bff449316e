import { endOfWorkingTerm, termCalendar, workingDaysBetween } from '../calendar/working-calendar.ts';
import type { Dossier } from './dossier.ts';

/** Between two invitations lie two working days, and after the second the receiver has as long again (TT17 5(2)h). */
const apart = 2;

/**
 * The invitations that count: each two working days after the one before. What comes sooner was kind, and counts for
 * nothing (TT17 art. 5(2)h, Law on Post art. 17(1)d).
 * @returns epoch milliseconds, ascending
 */
export function invitationsOf({ invitedAt = [] }: Pick<Dossier, 'invitedAt'>): readonly number[] {
  return invitedAt.reduce<readonly number[]>((counted, at) => {
    const before = counted.at(-1);
    return before === undefined || workingDaysBetween(before, at, termCalendar) >= apart ? [...counted, at] : counted;
  }, []);
}

/** When the next invitation is due, or, after the second, when the wait is over. @param since epoch milliseconds */
export function invitationDue(dossier: Pick<Dossier, 'invitedAt'>, since: number): number {
  const last = invitationsOf(dossier).at(-1);
  return last === undefined ? endOfWorkingTerm(since, 1, termCalendar) : endOfWorkingTerm(last, apart, termCalendar);
}
