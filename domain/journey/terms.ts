import { findAgency } from '../catalogue/agencies.ts';
import { findPostOffice } from '../catalogue/post-offices.ts';
import type { Name } from '../catalogue/provenance.ts';
import { zoneBetween, type Zone } from '../catalogue/tariff.ts';
import { endOfTerm, endOfWorkingTerm, termCalendar, workingDaysBetween } from '../calendar/working-calendar.ts';
import type { Dossier, JourneyEvent } from './dossier.ts';
import type { EventType } from './events.ts';
import type { Sources } from './sources.ts';

/**
 * What has a statutory term of its own beside the clock of the place: each leg (TT17 art. 7), and what follows from a
 * fault.
 */
export const termKinds = [
  'inbound-leg',
  'result-leg',
  'return-leg',
  'supplement-leg',
  'hand-back',
  'rest',
  'damage',
  'remedy',
  'complaint',
  'compensation',
  'status-differs',
] as const;
export type TermKind = (typeof termKinds)[number];

/** A term that runs. Times are epoch milliseconds. */
export interface Term {
  readonly kind: TermKind;
  /** The event that opened it. */
  readonly eventId: string;
  /** The post office or agency that has to keep it. */
  readonly owner: string;
  readonly openedAt: number;
  readonly dueAt: number;
  /** Its length as it was when it began, in days of its kind; the days on which the way was shut come on top. */
  readonly days: number;
}

export interface TermFacts extends Name {
  readonly opens: readonly EventType[];
  readonly closes: readonly EventType[];
  /** `leg`: J + n by the zone between office and agency (TT17 7(2)đ-e), doubled where a slip is delivered. */
  readonly length:
    { readonly leg: 'inbound' | 'result' } | { readonly workingDays: number } | { readonly days: number };
  readonly owner: 'origin' | 'delivery' | 'reporter';
  /** It runs on when the journey is over. */
  readonly outlives?: true;
  readonly why: Sources;
}

/** The terms, as data; what opens one only sometimes is asked in `opensFor`. */
export const termFacts: Readonly<Record<TermKind, TermFacts>> = {
  'inbound-leg': {
    vi: 'Thời gian toàn trình gửi hồ sơ',
    en: 'Time of the way in',
    opens: ['Collected'],
    closes: ['CitizenTold', 'AppointmentSlipDelivered', 'Withdrawn', 'Refused', 'Stopped'],
    length: { leg: 'inbound' },
    owner: 'origin',
    why: ['TT17 7(2)a', 'TT17 7(2)b', 'TT17 7(2)đ'],
  },
  'result-leg': {
    vi: 'Thời gian toàn trình trả kết quả',
    en: 'Time of the way of the result',
    opens: ['ResultCollected'],
    closes: ['Delivered', 'DeliveryFailed', 'CitizenTold', 'Recalled'],
    length: { leg: 'result' },
    owner: 'delivery',
    why: ['TT17 7(2)a', 'TT17 7(2)c', 'TT17 7(2)đ', 'judged: firstAttempt'],
  },
  'return-leg': {
    vi: 'Thời gian trả lại hồ sơ',
    en: 'Time of the way back',
    opens: ['ReturnCollected'],
    closes: ['ReturnedToCitizen', 'ReturnFailed'],
    length: { leg: 'inbound' },
    owner: 'origin',
    why: ['QĐ45 10(1)', 'judged: returnLeg'],
  },
  'supplement-leg': {
    vi: 'Thời gian gửi giấy tờ bổ sung',
    en: 'Time of the way of a supplement',
    opens: ['SupplementSent'],
    closes: ['SupplementReceived', 'SupplementLapsed', 'Withdrawn'],
    length: { leg: 'inbound' },
    owner: 'origin',
    why: ['TT17 7(2)a', 'TT17 7(2)đ'],
  },
  'hand-back': {
    vi: 'Nộp lại lệ phí, giấy tờ thu hồi cho cơ quan',
    en: 'Fee and papers taken back to the agency',
    opens: ['Delivered'],
    closes: ['HandedBack', 'DeliveryCancelled'],
    length: { workingDays: 3 },
    owner: 'delivery',
    outlives: true,
    why: ['TT17 5(2)e', 'QĐ45 15(2)', 'judged: handBack'],
  },
  'rest': {
    vi: 'Phát nốt phần còn thiếu',
    en: 'The rest of a partial delivery',
    opens: ['Delivered'],
    closes: ['RestDelivered', 'DeliveryCancelled'],
    length: { workingDays: 2 },
    owner: 'delivery',
    outlives: true,
    why: ['QĐ45 9(1)b', 'QĐ45 12(4)', 'judged: rest'],
  },
  'damage': {
    vi: 'Báo người gửi về hư hỏng',
    en: 'Telling the sender of damage',
    opens: ['DamagedAndRepacked'],
    closes: ['CitizenTold'],
    length: { workingDays: 1 },
    owner: 'reporter',
    outlives: true,
    why: ['QĐ45 14(1)', 'judged: tellDamage'],
  },
  'remedy': {
    vi: 'Khắc phục hậu quả, xin cấp lại giấy tờ',
    en: 'Having lost papers issued anew',
    opens: ['DeclaredLost'],
    closes: [],
    length: { workingDays: 5 },
    owner: 'origin',
    outlives: true,
    why: ['QĐ45 14(2)', 'QĐ45 14(3)', 'judged: remedy'],
  },
  'complaint': {
    vi: 'Trả lời khiếu nại',
    en: 'Answering a complaint',
    opens: ['ComplaintMade'],
    closes: ['ComplaintAnswered'],
    length: { workingDays: 5 },
    owner: 'origin',
    outlives: true,
    why: ['TT17 8(1)b'],
  },
  'compensation': {
    vi: 'Trả tiền bồi thường',
    en: 'Paying compensation',
    opens: ['LiabilityAgreed'],
    closes: ['CompensationPaid'],
    length: { days: 30 },
    owner: 'origin',
    outlives: true,
    why: ['NĐ47 26(1)'],
  },
  'status-differs': {
    vi: 'Trạng thái của hệ thống một cửa khác với hồ sơ',
    en: 'The one-stop system has another status',
    opens: ['StatusReported'],
    closes: [],
    length: { workingDays: 1 },
    owner: 'reporter',
    outlives: true,
    why: ['QĐ45 13(8)', 'judged: status'],
  },
};

/** Events open and close terms since this edition of the law. */
export const termsSince = 5;

/** n of J + n, in working days, by zone (TT17 7(2)đ-e); between cities of class I it would be 3. */
export const legDays: Readonly<Record<Zone, number>> = {
  'within-district': 1,
  'between-districts': 2,
  'same-region': 4,
  'adjacent-region': 4,
  'distant-region': 4,
};

/** How many working days a leg of a dossier may take, and whether a slip doubles them. */
function daysOfLeg(dossier: Dossier, leg: 'inbound' | 'result', kind: TermKind): number {
  const office = findPostOffice(leg === 'inbound' ? dossier.postOfficeId : dossier.deliveryPostOfficeId);
  const agency = findAgency(dossier.agencyId);
  const days = office && agency ? legDays[zoneBetween(office, agency)] : legDays['distant-region'];
  // Only the service that sends and does not bring back delivers a slip (TT17 5(3)).
  return kind === 'inbound-leg' && !dossier.returnByPost ? 2 * days : days;
}

/** How many days a term of this kind has that begins now. */
export function daysOf(kind: TermKind, dossier: Dossier): number {
  const { length } = termFacts[kind];
  if ('days' in length) return length.days;
  return 'leg' in length ? daysOfLeg(dossier, length.leg, kind) : length.workingDays;
}

/** A term as it ends by today's calendar. */
function ending(term: Omit<Term, 'dueAt'>): Term {
  const ends = 'days' in termFacts[term.kind].length ? endOfTerm : endOfWorkingTerm;
  return { ...term, dueAt: ends(term.openedAt, term.days, termCalendar) };
}

/** Whether this event opens the term, where its type only sometimes does. */
function opensFor(kind: TermKind, { details }: JourneyEvent, { charges }: Dossier): boolean {
  if (kind === 'hand-back')
    return (
      details.papersTakenBack !== undefined ||
      charges.lines.some((line) => line.kind === 'state-fee' && line.due === 'on-delivery')
    );
  return kind !== 'rest' || details.documents?.some(({ state }) => state === 'missing') === true;
}

/** Which news ends a term when the citizen is told it; others end it by themselves. */
function closesFor(kind: TermKind, { type, details }: JourneyEvent): boolean {
  if (type !== 'CitizenTold') return true;
  const news: Partial<Record<TermKind, string>> = {
    'inbound-leg': 'due-date',
    'result-leg': 'result-ready',
    'damage': 'damage',
  };
  return news[kind] === details.told;
}

/**
 * The terms that an event opens; of a kind that runs already none, the earlier date stands: two complaints are answered
 * together (judged). @param dossier as it is with the event
 */
export function termsOpened(dossier: Dossier, event: JourneyEvent, at: number): readonly Term[] {
  const isRunning = (kind: TermKind): boolean => dossier.terms?.some((term) => term.kind === kind) === true;
  return termKinds
    .filter((kind) => termFacts[kind].opens.includes(event.type) && opensFor(kind, event, dossier) && !isRunning(kind))
    .map((kind) =>
      ending({
        kind,
        eventId: event.eventId,
        owner: ownerOf(kind, dossier, event),
        openedAt: at,
        days: daysOf(kind, dossier),
      }),
    );
}

/** The terms that an event ends. */
export function termsEnded(event: JourneyEvent): readonly TermKind[] {
  return termKinds.filter((kind) => termFacts[kind].closes.includes(event.type) && closesFor(kind, event));
}

function ownerOf(kind: TermKind, dossier: Dossier, { by }: JourneyEvent): string {
  switch (termFacts[kind].owner) {
    case 'origin':
      return dossier.postOfficeId;
    case 'delivery':
      return dossier.deliveryPostOfficeId;
    default:
      return by.unit;
  }
}

/**
 * A term moved by as many working days as the way was shut, or counted anew by today's calendar.
 * @param shut from when until when nothing could travel; undefined for a changed calendar
 */
export function termMoved(term: Term, shut?: { readonly from: number; readonly until: number }): Term {
  const lost = shut === undefined ? 0 : workingDaysBetween(shut.from, shut.until, termCalendar);
  return ending({ ...term, days: term.days + lost });
}
