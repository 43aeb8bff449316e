import { showLocalDay, showLocalTime } from '../calendar/local-time.ts';
import { isProvisional } from '../calendar/working-calendar.ts';
import type { Name } from '../catalogue/provenance.ts';
import { clockOf } from '../journey/clocks.ts';
import type { Dossier, FrontDoor } from '../journey/dossier.ts';
import type { Place } from '../journey/places.ts';

/** What is to be expected, for people who know nothing of the system. */
interface Expectation extends Name {
  /** What its date means, `{by}` being that date; absent where it is a date of the post’s own house. */
  readonly by?: Name;
}

const registeredUntil: Name = { vi: 'Đăng ký có hiệu lực đến {by}.', en: 'The registration is good until {by}.' };

/** Before the post has the papers it matters how they come to it. */
const atFirst: Readonly<Record<FrontDoor, Expectation>> = {
  'counter': {
    vi: 'Bưu điện chưa nhận giấy tờ. Mời mang giấy tờ đến bưu cục.',
    en: 'The post does not have the papers yet. Please bring them to the post office.',
    by: registeredUntil,
  },
  'pickup': {
    vi: 'Bưu điện chưa nhận giấy tờ. Bưu điện gọi điện để hẹn giờ đến lấy.',
    en: 'The post does not have the papers yet. It phones to agree when they are fetched.',
    by: registeredUntil,
  },
  'result-only': {
    vi: 'Hồ sơ chưa nộp. Mời nộp tại cơ quan; bưu điện chỉ chuyển kết quả.',
    en: 'The papers are not lodged yet. Please lodge them at the agency; the post carries only the result.',
    by: registeredUntil,
  },
};

const keptUntil: Name = { vi: 'Bưu cục giữ đến {by}.', en: 'The post office keeps it until {by}.' };

/**
 * What is true now and who has to do what by when. A date is said as a duty, never as something that will have
 * happened; and what has not been handed over is said not to have been.
 */
const expectations: Readonly<Record<Exclude<Place, 'Registered'>, Expectation>> = {
  PickupScheduled: {
    vi: 'Đã hẹn giờ đến lấy giấy tờ. Bưu điện chưa nhận giấy tờ.',
    en: 'A time to fetch the papers is agreed. The post does not have them yet.',
    by: { vi: 'Hẹn lấy trước {by}.', en: 'To be fetched by {by}.' },
  },
  Collected: {
    vi: 'Bưu điện đang giữ hồ sơ, chưa chuyển đi.',
    en: 'The post has the papers and has not sent them off yet.',
    by: { vi: 'Bưu điện phải chuyển đi trước {by}.', en: 'It has to send them off by {by}.' },
  },
  InTransitToAgency: {
    vi: 'Bưu điện đang chuyển hồ sơ. Cơ quan chưa nhận.',
    en: 'The papers are on their way. The agency does not have them yet.',
    by: { vi: 'Bưu điện phải giao cho cơ quan trước {by}.', en: 'The post has to hand them over by {by}.' },
  },
  HandoverDisputed: {
    vi: 'Bưu điện và cơ quan đang làm rõ chỗ chưa khớp. Bưu điện vẫn giữ hồ sơ.',
    en: 'Post and agency are settling a difference. The post still has the papers.',
    by: { vi: 'Hai bên phải thống nhất trước {by}.', en: 'They have to settle it by {by}.' },
  },
  AtAgency: {
    vi: 'Cơ quan đã nhận hồ sơ và đang giải quyết.',
    en: 'The agency has the papers and is working on them.',
    by: { vi: 'Cơ quan hẹn trả kết quả: {by}.', en: 'The agency has promised the result for {by}.' },
  },
  SupplementRequested: {
    vi: 'Cơ quan cần thêm giấy tờ. Mời gửi bổ sung qua bưu cục.',
    en: 'The agency needs more papers. Please send them through the post office.',
    by: { vi: 'Hạn bổ sung: {by}; quá hạn hồ sơ được trả lại.', en: 'Until {by}; after that the papers go back.' },
  },
  DutyRequested: {
    vi: 'Cơ quan chờ người nộp hồ sơ thực hiện nghĩa vụ tài chính.',
    en: 'The agency waits for the applicant to pay a duty.',
  },
  ResultReady: {
    vi: 'Cơ quan đã có kết quả. Bưu điện chưa nhận kết quả.',
    en: 'The agency has the result. The post does not have it yet.',
    by: { vi: 'Bưu điện phải đến nhận trước {by}.', en: 'The post has to fetch it by {by}.' },
  },
  ResultAtAgency: {
    vi: 'Cơ quan đã có kết quả. Mời đến cơ quan nhận.',
    en: 'The result is at the agency. Please fetch it there.',
  },
  HeldAtAgency: {
    vi: 'Hồ sơ chờ trả lại, đang ở cơ quan. Bưu điện chưa nhận lại.',
    en: 'The papers are to go back and are at the agency. The post does not have them yet.',
    by: { vi: 'Bưu điện phải đến nhận trước {by}.', en: 'The post has to fetch them by {by}.' },
  },
  ResultInTransit: {
    vi: 'Bưu điện đã nhận kết quả và đang chuyển về bưu cục phát.',
    en: 'The post has the result and is carrying it to the post office that delivers.',
    by: { vi: 'Chặng này phải xong trước {by}.', en: 'This leg has to be over by {by}.' },
  },
  OutForDelivery: {
    vi: 'Bưu tá đang mang kết quả đi phát. Kết quả chưa được phát.',
    en: 'A courier has set out with the result. It has not been delivered yet.',
    by: { vi: 'Chuyến phát phải xong trước {by}.', en: 'The round has to be over by {by}.' },
  },
  AwaitingRedelivery: {
    vi: 'Chưa phát được. Kết quả ở bưu cục phát, chờ phát lại.',
    en: 'It could not be delivered. The result is at the post office and waits for another attempt.',
    by: { vi: 'Bưu điện phải đi phát lại trước {by}.', en: 'The post has to try again by {by}.' },
  },
  HeldAtPostOffice: {
    vi: 'Kết quả ở bưu cục phát. Mời mang giấy tờ tùy thân đến nhận.',
    en: 'The result is at the post office. Please fetch it with an identity paper.',
    by: keptUntil,
  },
  ReturningToAgency: {
    vi: 'Không phát được. Bưu điện đang chuyển kết quả trở lại cơ quan.',
    en: 'It could not be delivered. The post is carrying the result back to the agency.',
    by: { vi: 'Bưu điện phải giao lại trước {by}.', en: 'The post has to hand it back by {by}.' },
  },
  ReturningToCitizen: {
    vi: 'Bưu điện đang mang hồ sơ trả lại. Hồ sơ chưa được trả.',
    en: 'The post is bringing the papers back. They have not been handed back yet.',
    by: { vi: 'Bưu điện phải trả trước {by}.', en: 'The post has to hand them back by {by}.' },
  },
  Unreturnable: {
    vi: 'Chưa trả lại được. Hồ sơ ở bưu cục nhận gửi, mời đến nhận.',
    en: 'The papers could not be handed back. They are at the post office that took them in: please fetch them.',
    by: keptUntil,
  },
  Missing: {
    vi: 'Chưa tìm thấy giấy tờ. Bưu điện đang truy tìm và phải trả lời tại bưu cục nhận gửi.',
    en: 'The papers have not been found. The post is looking for them and answers at the post office that took them in.',
  },
  Delivered: { vi: 'Kết quả đã trao tận tay người nhận.', en: 'The result has been handed to the receiver.' },
  Completed: { vi: 'Kết quả đã trả tại cơ quan.', en: 'The result was handed out at the agency.' },
  ReturnedToAgency: {
    vi: 'Kết quả đã giao lại cơ quan. Mời liên hệ cơ quan để nhận.',
    en: 'The result is back at the agency. Please ask there for it.',
  },
  ReturnedToCitizen: { vi: 'Hồ sơ đã trả lại.', en: 'The papers have been handed back.' },
  Cancelled: { vi: 'Việc gửi hồ sơ đã hủy.', en: 'The sending was cancelled.' },
  Ownerless: {
    vi: 'Hết thời hạn giữ mà không có người nhận. Mời hỏi tại bưu cục nhận gửi.',
    en: 'Nobody came for it in time. Please ask at the post office that took it in.',
  },
  Lost: {
    vi: 'Đã xác nhận mất. Người gửi được bồi thường và khắc phục giấy tờ; mời đến bưu cục nhận gửi.',
    en: 'It is lost. The sender is compensated and the papers are made good; please go to the post office that took them in.',
  },
};

const wayHome: Readonly<Record<'post' | 'agency', Name>> = {
  post: {
    vi: 'Khi có kết quả, bưu điện đến nhận và phát tận nơi.',
    en: 'When there is a result, the post fetches and delivers it.',
  },
  agency: { vi: 'Khi có kết quả, mời đến cơ quan nhận.', en: 'When there is a result, please fetch it at the agency.' },
};

const noDateYet: Name = { vi: 'Cơ quan chưa hẹn ngày trả.', en: 'The agency has not named a date yet.' };
const late: Name = {
  vi: 'Việc này đã quá hạn. Mời hỏi tại bưu cục nhận gửi.',
  en: 'This is overdue. Please ask at the post office that took the papers in.',
};
const perhaps: Name = { vi: 'Ngày này là tạm tính.', en: 'The date is provisional.' };

/** What somebody may expect of a dossier, and whether it is late. */
export interface Expected {
  readonly next: Name;
  readonly overdue: boolean;
}

/** @param now epoch milliseconds */
export function expectedOf(dossier: Dossier, now: number): Expected {
  const { place, frontDoor, returnByPost, dueAt, reminders } = dossier;
  const overdue = reminders > 0 || (dueAt !== undefined && dueAt < now);
  const what = place === 'Registered' ? atFirst[frontDoor] : expectations[place];
  const home = place === 'AtAgency' ? [wayHome[returnByPost ? 'post' : 'agency']] : [];
  const said = [what, ...(overdue ? [late] : datesOf(dossier, what)), ...home];
  const when = dueAt === undefined ? '' : place === 'AtAgency' ? showLocalDay(dueAt) : showLocalTime(dueAt);
  const spoken = (language: keyof Name): string =>
    said.map((words) => words[language].replaceAll('{by}', when)).join(' ');
  return { next: { vi: spoken('vi'), en: spoken('en') }, overdue };
}

function datesOf(dossier: Dossier, { by }: Expectation): readonly Name[] {
  const { place, dueAt, resultDueAt } = dossier;
  if (place === 'AtAgency' && resultDueAt === undefined) return [noDateYet];
  const isHeld = clockOf(dossier)?.then === 'HoldExpired';
  // Until the next invitation nobody but the post is waited for.
  if (dueAt === undefined || by === undefined || (place === 'HeldAtPostOffice' && !isHeld)) return [];
  return [isHeld ? keptUntil : by, ...(isProvisional(dueAt) ? [perhaps] : [])];
}
