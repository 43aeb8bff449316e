import type { EventType, tidings } from '../journey/events.ts';
import type { Place } from '../journey/places.ts';
import type { Sources } from '../journey/sources.ts';
import type { Addressee } from './wish.ts';

/**
 * Words in both languages. What is put in: `code` as on the slip, `office` that acts, `result` the agency's date,
 * `until` the date of the place, `from` of the appointment, `at` of the fact, `collect` and `amount` what is to be paid
 * at the pickup and at the door in đồng, `place` where the papers are.
 */
interface Words {
  readonly vi: string;
  readonly en: string;
  /** Where it is written that people are told; absent where we found it useful (judged). */
  readonly why?: Sources;
}

/** What somebody is told of a fact. */
export interface News extends Words {
  readonly on: readonly EventType[];
  /** Told of what leads there, and only while the papers are there: what comes late would mislead. */
  readonly while?: readonly Place[];
  /** True on the day of the fact only. */
  readonly sameDay?: true;
  readonly to: Addressee;
  /** What the citizen has been told then, for the law (`CitizenTold`). */
  readonly told?: (typeof tidings)[number];
}

/** What somebody is told before a term ends, once. */
interface Reminder extends Words {
  readonly place: Place;
  readonly hoursBefore: number;
  /** Only once two invitations have been given: before, the date is that of the next invitation. */
  readonly when?: 'invited-twice';
  readonly to: Addressee;
}

export const news = {
  'pickup-agreed': {
    on: ['PickupAgreed'],
    while: ['PickupScheduled'],
    to: 'applicant',
    vi: 'Bưu tá hẹn đến nhà lấy hồ sơ {code} lúc {from}. Hãy chuẩn bị {collect}.',
    en: 'The courier comes for dossier {code} at {from}. Please have {collect} ready.',
    why: ['QĐ45 5(2)'],
  },
  'collected': {
    on: ['Collected'],
    to: 'applicant',
    vi: 'Bưu điện đã nhận hồ sơ {code}. Bước tiếp theo: chuyển đến cơ quan. Tra cứu bằng mã này.',
    en: 'The post has taken in dossier {code}. Next it goes to the agency. Track it with this code.',
    why: ['TT17 9(1)'],
  },
  'at-agency': {
    on: ['HandedToAgency', 'LodgedAtAgency', 'DisputeSettled'],
    while: ['AtAgency'],
    to: 'applicant',
    told: 'due-date',
    vi: 'Cơ quan đã nhận hồ sơ {code}, hẹn trả kết quả {result}.',
    en: 'The agency has received dossier {code}. The result is due on {result}.',
    why: ['TT17 12(1)a', 'TT17 7(2)b'],
  },
  'due-date-moved': {
    on: ['DueDateMoved'],
    while: ['AtAgency'],
    to: 'applicant',
    told: 'due-date',
    vi: 'Cơ quan xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}: {result}.',
    en: 'The agency apologises: the result of dossier {code} is now due on {result}.',
    why: ['TT17 12(1)a'],
  },
  'supplement': {
    on: ['SupplementRequested'],
    while: ['SupplementRequested'],
    to: 'applicant',
    told: 'supplement',
    vi: 'Cơ quan cần thêm giấy tờ cho hồ sơ {code}, chậm nhất {until}. Hãy hỏi cơ quan cần gì.',
    en: 'The agency needs more papers for dossier {code} by {until}. Please ask it what is missing.',
    why: ['QĐ45 8(2)'],
  },
  'duty': {
    on: ['DutyRequested'],
    while: ['DutyRequested'],
    to: 'applicant',
    vi: 'Hồ sơ {code} chờ nộp nghĩa vụ tài chính, chậm nhất {until}. Hãy hỏi cơ quan cách nộp.',
    en: 'Dossier {code} waits for a payment to the State by {until}. Please ask the agency how to pay.',
  },
  'not-accepted': {
    on: ['Refused'],
    to: 'applicant',
    told: 'refusal',
    vi: 'Cơ quan không nhận hồ sơ {code}. Hãy hỏi cơ quan lý do; bưu cục giúp lấy lại giấy tờ.',
    en: 'The agency has not accepted dossier {code}. Please ask it why; the post helps to get the papers back.',
    why: ['QĐ45 8(2)'],
  },
  'stopped': {
    on: ['Stopped'],
    to: 'applicant',
    told: 'refusal',
    vi: 'Cơ quan đã dừng giải quyết hồ sơ {code}. Hãy hỏi cơ quan lý do.',
    en: 'The agency has stopped dossier {code}. Please ask it why.',
    why: ['QĐ45 8(2)'],
  },
  'result-at-agency': {
    on: ['ResultAnnounced'],
    while: ['ResultAtAgency'],
    to: 'applicant',
    told: 'result-ready',
    vi: 'Đã có kết quả hồ sơ {code} tại cơ quan. Mời đến nhận, mang theo giấy hẹn.',
    en: 'The result of dossier {code} is ready at the agency. Please fetch it with your appointment slip.',
    why: ['QĐ45 8(4)'],
  },
  'result-on-its-way': {
    on: ['ResultCollected'],
    while: ['ResultInTransit'],
    to: 'applicant',
    vi: 'Bưu điện đã nhận kết quả hồ sơ {code} từ cơ quan, đang chuyển về {office}.',
    en: 'The post has fetched the result of dossier {code} from the agency and carries it to {office}.',
  },
  'out-for-delivery': {
    on: ['OutForDelivery'],
    while: ['OutForDelivery'],
    sameDay: true,
    to: 'receiver',
    vi: 'Hôm nay bưu tá phát kết quả hồ sơ {code}. Cần trả {amount}, nhớ mang giấy tờ tùy thân.',
    en: 'Today the courier brings the result of dossier {code}. To pay: {amount}. Have your identity paper ready.',
    why: ['TT17 5(2)d'],
  },
  'delivery-failed': {
    on: ['DeliveryFailed'],
    while: ['AwaitingRedelivery'],
    to: 'receiver',
    vi: 'Chưa phát được kết quả hồ sơ {code}. Hãy gọi {office} để hẹn lại.',
    en: 'The result of dossier {code} could not be delivered. Please call {office} to agree a time.',
    why: ['TT17 5(2)h'],
  },
  'held': {
    on: ['HeldForCollection', 'DeliveryFailed'],
    while: ['HeldAtPostOffice'],
    to: 'receiver',
    told: 'result-ready',
    vi: 'Kết quả hồ sơ {code} đang giữ tại {office}. Mời đến nhận, mang giấy tờ tùy thân.',
    en: 'The result of dossier {code} waits at {office}. Please fetch it with your identity paper.',
    why: ['TT17 5(2)h', 'TT17 7(2)c'],
  },
  'delivered': {
    on: ['Delivered', 'ResultHandedOut'],
    to: 'applicant',
    vi: 'Đã phát kết quả hồ sơ {code} lúc {at}. Nếu bạn chưa nhận được, hãy gọi ngay {office}.',
    en: 'The result of dossier {code} was handed over at {at}. If you have not got it, call {office} at once.',
  },
  'damaged': {
    on: ['DamagedAndRepacked'],
    to: 'applicant',
    told: 'damage',
    vi: 'Giấy tờ hồ sơ {code} bị hư hỏng khi vận chuyển, đã lập biên bản. Hãy gọi {office}.',
    en: 'Papers of dossier {code} were damaged on the way; a record was made. Please call {office}.',
    why: ['QĐ45 14(1)'],
  },
  'lost': {
    on: ['DeclaredLost'],
    to: 'applicant',
    told: 'loss',
    vi: 'Giấy tờ hồ sơ {code} đã bị mất khi vận chuyển. Hãy gọi {office} để được bồi thường.',
    en: 'Papers of dossier {code} were lost on the way. Please call {office} about compensation.',
    why: ['QĐ45 14(2)', 'QĐ45 14(3)'],
  },
} as const satisfies Record<string, News>;

export const reminders = {
  'pickup-tomorrow': {
    place: 'PickupScheduled',
    hoursBefore: 15,
    to: 'applicant',
    vi: 'Nhắc: bưu tá đến lấy hồ sơ {code} lúc {from}. Hãy chuẩn bị {collect}.',
    en: 'Reminder: the courier comes for dossier {code} at {from}. Please have {collect} ready.',
  },
  'supplement-ends': {
    place: 'SupplementRequested',
    hoursBefore: 5 * 24,
    to: 'applicant',
    vi: 'Nhắc: còn đến {until} để bổ sung giấy tờ cho hồ sơ {code}.',
    en: 'Reminder: you have until {until} to add papers to dossier {code}.',
  },
  'duty-ends': {
    place: 'DutyRequested',
    hoursBefore: 5 * 24,
    to: 'applicant',
    vi: 'Nhắc: còn đến {until} để nộp nghĩa vụ tài chính của hồ sơ {code}.',
    en: 'Reminder: you have until {until} to pay the State for dossier {code}.',
  },
  'hold-ends': {
    place: 'HeldAtPostOffice',
    hoursBefore: 24,
    when: 'invited-twice',
    to: 'receiver',
    vi: 'Nhắc: kết quả hồ sơ {code} còn giữ tại {office} đến {until}.',
    en: 'Reminder: the result of dossier {code} waits at {office} until {until}.',
    why: ['TT17 5(2)h'],
  },
} as const satisfies Record<string, Reminder>;

/** What was told and turned out not to be so. */
const correction = {
  vi: 'Đính chính: tin ngày {at} về hồ sơ {code} không còn đúng. Hiện nay: {place}.',
  en: 'Correction: what we wrote on {at} about dossier {code} no longer holds. It is now: {place}.',
  told: 'correction',
} as const satisfies Words & Pick<News, 'told'>;

export type NewsName = keyof typeof news;
export type ReminderName = keyof typeof reminders;
export type MessageName = NewsName | ReminderName | 'correction';

function isNews(name: string): name is NewsName {
  return Object.hasOwn(news, name);
}
export function isReminder(name: string): name is ReminderName {
  return Object.hasOwn(reminders, name);
}

/** All of them, in the order above. */
export const newsList: readonly (readonly [NewsName, News])[] = Object.entries(news).flatMap(([name, one]) =>
  isNews(name) ? [[name, one] as const] : [],
);
export const reminderList: readonly (readonly [ReminderName, Reminder])[] = Object.entries(reminders).flatMap(
  ([name, one]) => (isReminder(name) ? [[name, one] as const] : []),
);
export const messageNames: readonly MessageName[] = [
  ...newsList.map(([name]) => name),
  ...reminderList.map(([name]) => name),
  'correction',
];

/** The words of a message, and what the citizen has been told by it. */
export function wordsOf(name: MessageName): Words & Pick<News, 'told' | 'sameDay'> {
  if (name === 'correction') return correction;
  return isNews(name) ? news[name] : reminders[name];
}
