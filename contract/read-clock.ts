import * as z from 'zod';
import { showLocalDay, showLocalTime } from '../domain/calendar/local-time.ts';
import type { Dossier } from '../domain/journey/dossier.ts';
import type { ExplainedDate } from '../domain/journey/explained.ts';
import { factsOf } from '../domain/journey/places.ts';
import { termFacts, termKinds } from '../domain/journey/terms.ts';
import { Instant } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { dossierId, shown } from './wire.ts';

const Words = z.strictObject({ vi: z.string(), en: z.string() });

const DateView = z
  .strictObject({
    what: z.enum(['place', 'result', ...termKinds]),
    vi: z.string(),
    en: z.string(),
    owner: z.string().exactOptional().meta({ description: 'The unit that has to keep it.' }),
    from: Instant,
    endsAt: Instant,
    endsAtLocal: z.string(),
    explanation: Words.meta({ description: 'How the date comes about, in one line.' }),
    state: z.enum(['running', 'overdue', 'in-time', 'late']),
    endedAt: Instant.exactOptional(),
    provisional: z.boolean().meta({ description: 'Holidays may still be decided before it ends.' }),
  })
  .meta({ id: 'ExplainedDate', description: 'A date and the article it follows from.' });

const ClockView = z
  .strictObject({
    post: z.array(DateView).readonly(),
    agency: z.array(DateView).readonly(),
    citizen: z.array(DateView).readonly(),
    apology: Words.exactOptional().meta({
      description: 'A draft of the agency’s apology (form 04), where it is late.',
    }),
  })
  .meta({ id: 'Clock', description: 'Every date, by whose time it is.' });

/** Every date of a dossier, explained; and a draft of the apology where the agency is late. */
export const readClock = {
  name: 'read-clock',
  method: 'GET',
  path: '/v1/dossiers/{dossierId}/clock',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'],
  summary: { en: 'Every date, and why', vi: 'Mọi thời hạn, và vì sao' },
  request: z.strictObject({ path: z.strictObject({ dossierId }) }),
  statuses: [200],
  answer: ClockView,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;

const weekdays = {
  vi: ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const hour = 3_600_000;

/** `Fri 27/11/2026` of a local day; a midnight is the 24:00 of the day before. */
function dayIn(language: 'vi' | 'en', instant: number): string {
  return `${weekdays[language][new Date(instant + 7 * hour).getUTCDay()]} ${showLocalDay(instant)}`;
}

function endIn(language: 'vi' | 'en', instant: number): string {
  const time = showLocalTime(instant).slice(0, 5);
  return time === '00:00' ? `${dayIn(language, instant - 1)} 24:00` : `${dayIn(language, instant)} ${time}`;
}

/** What is assumed is no article: it is said to be so. */
function reasonsIn(language: 'vi' | 'en', why: ExplainedDate['why']): string {
  const assumed = language === 'vi' ? 'giả định' : 'assumed';
  return [...new Set(why.map((source) => (source.startsWith('judged') ? assumed : source)))].join('; ');
}

function explained(language: 'vi' | 'en', date: ExplainedDate): string {
  const rest = date.rests
    .map((day) =>
      dayIn(language, Date.parse(`${day}T00:00:00+07:00`))
        .split('/')
        .slice(0, 2)
        .join('/'),
    )
    .join(', ');
  const [from, rests, ends] =
    language === 'vi' ? ['từ', rest && `nghỉ ${rest}; `, 'hết'] : ['from', rest && `${rest} rest; `, 'ends'];
  return `${date.length[language]}, ${reasonsIn(language, date.why)}, ${from} ${dayIn(language, date.from)}; ${rests}${ends} ${endIn(language, date.endsAt)}`;
}

function stateOf({ endsAt, endedAt }: ExplainedDate, now: number): z.output<typeof DateView>['state'] {
  if (endedAt !== undefined) return endedAt <= endsAt ? 'in-time' : 'late';
  return now <= endsAt ? 'running' : 'overdue';
}

/** The dates of a dossier in words. @param now epoch milliseconds */
export function clockView(dates: readonly ExplainedDate[], dossier: Dossier, now: number): z.output<typeof ClockView> {
  const shownOf = (side: ExplainedDate['side']): readonly z.output<typeof DateView>[] =>
    dates
      .filter((date) => date.side === side)
      .map((date) => ({
        what: date.what,
        ...namesOf(date, dossier),
        ...(date.owner === undefined ? {} : { owner: date.owner }),
        from: shown(date.from),
        endsAt: shown(date.endsAt),
        endsAtLocal: showLocalTime(date.endsAt),
        explanation: { vi: explained('vi', date), en: explained('en', date) },
        state: stateOf(date, now),
        ...(date.endedAt === undefined ? {} : { endedAt: shown(date.endedAt) }),
        provisional: date.isProvisional,
      }));
  const late = dates.find(({ what }) => what === 'result');
  const isLate = late !== undefined && ['overdue', 'late'].includes(stateOf(late, now));
  return {
    post: shownOf('post'),
    agency: shownOf('agency'),
    citizen: shownOf('citizen'),
    ...(isLate ? { apology: apology(dossier, late.endsAt) } : {}),
  };
}

function namesOf({ what }: ExplainedDate, { place }: Dossier): { readonly vi: string; readonly en: string } {
  if (what === 'place') return { vi: `Thời hạn tại: ${factsOf(place).vi}`, en: `Clock of: ${factsOf(place).en}` };
  if (what === 'result') return { vi: 'Hẹn trả kết quả', en: 'Result promised' };
  const { vi, en } = termFacts[what];
  return { vi, en };
}

/** The words of form 04, without the person: the agency fills in name and new date. */
function apology({ officialCode, trackingCode }: Dossier, promised: number): z.output<typeof Words> {
  const code = officialCode ?? trackingCode;
  return {
    vi: `PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ (Mẫu 04). Hồ sơ ${code} hẹn trả kết quả ngày ${showLocalDay(promised)}. Đến nay cơ quan chưa giải quyết xong, xin chân thành xin lỗi Ông/Bà …… . Lý do: …… . Cơ quan hẹn lại ngày trả kết quả: …… .`,
    en: `APOLOGY AND NEW DATE (form 04). The result of dossier ${code} was promised for ${showLocalDay(promised)}. It is not decided yet; the agency apologises to Mr/Mrs …… . Reason: …… . New date: …… .`,
  };
}
