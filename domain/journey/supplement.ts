import { addWorkingDays, agencyCalendar, workingDaysBetween } from '../calendar/working-calendar.ts';

/** What a procedure says of the agency's term when papers were missing. */
export interface SupplementTerm {
  /** `restart`: complete papers are lodged anew (QĐ45 art. 7(4)), unless other law lets the term only stand still. */
  readonly rule: 'restart' | 'pause';
  /** The agency's whole term in working days; undefined where it is not known, and a term cannot begin anew. */
  readonly workingDays: number | undefined;
}

/**
 * The agency's date once the papers are complete, always at the close of a working day.
 * @param promised the date before, epoch milliseconds
 * @param askedAt when the supplement was asked for
 * @param completeAt when it was complete
 */
export function dateAfterSupplement(
  { rule, workingDays }: SupplementTerm,
  promised: number,
  askedAt: number,
  completeAt: number,
): number {
  if (rule === 'restart' && workingDays !== undefined) return addWorkingDays(completeAt, workingDays, agencyCalendar);
  const stoodStill = workingDaysBetween(askedAt, completeAt, agencyCalendar);
  return stoodStill === 0 ? promised : addWorkingDays(promised, stoodStill, agencyCalendar);
}
