import {
  agencyCalendar,
  isProvisional,
  postCalendar,
  restDaysBetween,
  termCalendar,
} from '../calendar/working-calendar.ts';
import { clockOf, type Clock } from './clocks.ts';
import type { Dossier, JourneyEvent } from './dossier.ts';
import { eventFacts, type EventType } from './events.ts';
import type { AsJudged } from './judged.ts';
import { factsOf } from './places.ts';
import type { Sources } from './sources.ts';
import { termFacts, termKinds, type Term, type TermKind } from './terms.ts';

/** A date and how it comes about. Times are epoch milliseconds. */
export interface ExplainedDate {
  readonly what: 'place' | 'result' | TermKind;
  /** Whose time it is. */
  readonly side: 'post' | 'agency' | 'citizen';
  readonly owner?: string;
  readonly from: number;
  readonly endsAt: number;
  /** The days of rest that it passed over, `YYYY-MM-DD`. */
  readonly rests: readonly string[];
  /** Its length in words. */
  readonly length: { readonly vi: string; readonly en: string };
  readonly why: Sources;
  /** When what it waited for happened; absent while it runs. */
  readonly endedAt?: number;
  /** Holidays may still be decided before it ends. */
  readonly isProvisional: boolean;
}

/**
 * Every date of a dossier, line by line: the clock of its place, the agency's date, the statutory terms that ran and
 * run. The agency's and the post's are told apart; whether the agency was in time is judged where it says that there is
 * a result (status 9).
 * @param judged its events
 */
export function datesOf(dossier: Dossier, { standing }: AsJudged): readonly ExplainedDate[] {
  return [...placeDate(dossier), ...resultDate(standing), ...termDates(standing)];
}

function words(amount: number, vi: string, en: string): ExplainedDate['length'] {
  return { vi: `${amount} ${vi}`, en: `${amount} ${en}${amount === 1 ? '' : 's'}` };
}

function lengthOf({ length }: Clock): ExplainedDate['length'] {
  if ('workingDays' in length) return words(length.workingDays, 'ngày làm việc', 'working day');
  if ('days' in length) return words(length.days, 'ngày', 'day');
  if ('hours' in length) return words(length.hours, 'giờ', 'hour');
  if ('workingHours' in length) return words(length.workingHours, 'giờ làm việc', 'working hour');
  if ('monthsFromAcceptance' in length) {
    const { vi, en } = words(length.monthsFromAcceptance, 'tháng', 'month');
    return { vi: `${vi} từ ngày nhận hồ sơ`, en: `${en} from acceptance` };
  }
  if ('invitations' in length)
    return { vi: 'hai lần mời, cách nhau 2 ngày làm việc', en: 'two invitations, 2 working days apart' };
  return 'hold' in length
    ? { vi: 'thời hạn lưu giữ của bản cũ', en: 'the hold of an earlier edition' }
    : { vi: 'ngày đã hẹn', en: 'the date agreed' };
}

function placeDate(dossier: Dossier): readonly ExplainedDate[] {
  const clock = clockOf(dossier);
  if (clock === undefined || dossier.dueAt === undefined) return [];
  const { holder } = factsOf(dossier.place);
  const from = dossier.reminders > 0 ? Math.min(dossier.since, dossier.dueAt) : dossier.since;
  return [
    {
      what: 'place',
      side: holder === 'agency' ? 'agency' : holder === 'citizen' ? 'citizen' : 'post',
      from,
      endsAt: dossier.dueAt,
      rests: restDaysBetween(from, dossier.dueAt, holder === 'agency' ? agencyCalendar : postCalendar),
      length: lengthOf(clock),
      why: clock.why,
      isProvisional: isProvisional(dossier.dueAt),
    },
  ];
}

/** The agency's date as it stands, from the fact that set it last. */
function resultDate(standing: readonly JourneyEvent[]): readonly ExplainedDate[] {
  const setting = standing.findLast(({ resultDueAt }) => resultDueAt !== undefined);
  if (setting?.resultDueAt === undefined) return [];
  const { occurredAt: from, resultDueAt: endsAt, type } = setting;
  const decided: readonly EventType[] = ['ResultAnnounced', 'Refused', 'Stopped'];
  const ended = standing.find((event) => decided.includes(event.type) && event.occurredAt >= from);
  return [
    {
      what: 'result',
      side: 'agency',
      from,
      endsAt,
      rests: restDaysBetween(from, endsAt, agencyCalendar),
      length: { vi: `hẹn khi: ${eventFacts[type].vi}`, en: `named with: ${eventFacts[type].en}` },
      why: ['QĐ45 7(4)', 'QĐ45 8(2)'],
      ...(ended === undefined ? {} : { endedAt: ended.occurredAt }),
      isProvisional: isProvisional(endsAt),
    },
  ];
}

/** Every term that an event opened, with the fact that ended it, or its date as it was moved since. */
function termDates(standing: readonly JourneyEvent[]): readonly ExplainedDate[] {
  const terms = new Map<string, Term & { endedAt?: number }>();
  for (const event of standing) {
    for (const term of event.opens ?? []) terms.set(`${term.kind} ${term.eventId}`, term);
    for (const kind of event.ends ?? [])
      for (const [key, term] of terms)
        if (term.kind === kind && term.eventId !== event.eventId && term.endedAt === undefined)
          terms.set(key, { ...term, endedAt: event.occurredAt });
  }
  return [...terms.values()]
    .toSorted((one, other) => termKinds.indexOf(one.kind) - termKinds.indexOf(other.kind))
    .map(({ kind, owner, openedAt, dueAt, endedAt, days }) => ({
      what: kind,
      side: 'post',
      owner,
      from: openedAt,
      endsAt: dueAt,
      rests: restDaysBetween(openedAt, dueAt, termCalendar),
      length: termLength(kind, days),
      why: termFacts[kind].why,
      ...(endedAt === undefined ? {} : { endedAt }),
      isProvisional: isProvisional(dueAt),
    }));
}

function termLength(kind: TermKind, days: number): ExplainedDate['length'] {
  const { length } = termFacts[kind];
  if ('days' in length) return words(days, 'ngày', 'day');
  if ('workingDays' in length) return words(days, 'ngày làm việc', 'working day');
  return { vi: `J + ${days} ngày làm việc`, en: `J + ${days} working ${days === 1 ? 'day' : 'days'}` };
}
