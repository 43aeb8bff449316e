import { showDong } from '../../domain/fees/show-dong.ts';
import { documentName } from '../../contract/read-custody.ts';
import type { Person } from '../../contract/register-dossier.ts';
import type { slipServices } from '../../contract/show-slip.ts';
import { showLocalDay, showLocalTime } from '../../domain/calendar/local-time.ts';
import { findAgency } from '../../domain/catalogue/agencies.ts';
import { addressOf } from '../../domain/catalogue/address.ts';
import { findCommune } from '../../domain/catalogue/communes.ts';
import { findPostOffice } from '../../domain/catalogue/post-offices.ts';
import { findProcedure } from '../../domain/catalogue/procedures.ts';
import { serviceQuality } from '../../domain/catalogue/quality.ts';
import type { SlipStatement } from '../../domain/codes/slip-statement.ts';
import { showTrackingCode } from '../../domain/codes/tracking-code.ts';
import { chargeFacts } from '../../domain/fees/quote.ts';
import type { Charges, Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import { daysOf } from '../../domain/journey/terms.ts';
import { fold } from '../../domain/people/fold.ts';
import type { Seen } from '../../domain/people/door.ts';
import type { Block } from './layout.ts';
import type { Paper, Sources } from './print-paper.ts';

/** To be written by hand: what is in no data of ours. */
const blank = '……………………';

/** Each of the two who sign keeps one (QĐ45 art. 6(4)). */
const holders = ['người gửi giữ', 'đi cùng hồ sơ'] as const;

const rights = [
  'Người gửi chịu trách nhiệm về giấy tờ đã gửi, trả đủ cước; được rút lại, đổi nơi nhận khi chưa phát, khiếu nại và phản ánh (QĐ45 điều 17, Luật Bưu chính điều 16).',
  'Bưu điện giữ kín nội dung, không tự ý đòi thêm giấy tờ, phát đúng hạn và báo khi đã phát (QĐ45 điều 16, TT17 điều 12). Cơ quan nhận, giải quyết và trả kết quả theo quy định (QĐ45 điều 15).',
] as const;

const liability =
  'mất, hư hỏng hoặc tráo đổi toàn bộ: ít nhất 4 lần cước, đã gồm cước hoàn lại; giấy tờ mất, hư hỏng được khắc phục, cấp lại theo QĐ45 điều 14; trả trong 30 ngày từ ngày lập văn bản, quá hạn trả thêm lãi (NĐ47 điều 24 đến 26).';

/**
 * The slip with every content of TT17 art. 9(2) and QĐ45 art. 6(4) (of a result: 9(2)), in two copies.
 * @returns undefined while the post has not taken the papers, or the result, in
 */
export async function slipOf(
  { dossier, judged, person, sign, now }: Sources,
  service: (typeof slipServices)[number],
): Promise<Paper | undefined> {
  const isReturn = service === 'return';
  const accepted = judged.standing.findLast(({ type }) => type === (isReturn ? 'ResultCollected' : 'Collected'));
  if (accepted === undefined) return undefined;
  const proof = await sign(statementOf(dossier, accepted, isReturn, now));
  const title = isReturn ? 'PHIẾU GỬI KẾT QUẢ' : 'PHIẾU GỬI HỒ SƠ';
  const lines = [
    ...parties(dossier, await person(), isReturn),
    ...serviceLines(dossier, accepted, isReturn),
    ...contents(dossier, accepted, isReturn),
    ...conditions(dossier, isReturn),
  ];
  const copyFor = (holder: string, index: number): readonly Block[] => [
    {
      text: `Bưu điện Việt Nam · ${officeName(dossier, isReturn)} · Bản ${index + 1}/${holders.length}: ${holder}`,
      look: 'head',
    },
    { text: title, look: 'title' },
    { bars: dossier.trackingCode, qr: proof },
    { text: `Số ${showTrackingCode(dossier.trackingCode)}`, look: 'code' },
    ...lines,
    {
      signatures: isReturn
        ? ['Đại diện cơ quan (ký, họ tên)', 'Nhân viên bưu chính (ký, họ tên)', 'Người nhận (ký, họ tên)']
        : ['Người gửi (ký, họ tên)', 'Nhân viên bưu chính (ký, họ tên)'],
    },
  ];
  return { name: `slip#${service}`, title, copies: holders.map(copyFor) };
}

/** What the slip says of itself, for whoever checks it without asking anybody. */
function statementOf(
  dossier: Dossier,
  { occurredAt, details }: JourneyEvent,
  isReturn: boolean,
  now: number,
): Omit<SlipStatement, 'keyId'> {
  const { trackingCode, postOfficeId, deliveryPostOfficeId, procedureCode } = dossier;
  return {
    trackingCode,
    service: isReturn ? 'return' : 'send',
    acceptedAt: occurredAt,
    printedAt: now,
    postOfficeId: isReturn ? deliveryPostOfficeId : postOfficeId,
    procedureCode,
    originals: details.papers?.originals ?? 0,
    copies: details.papers?.copies ?? 0,
    sealNumber: details.sealNumber ?? '',
    amount: details.amountCollected ?? 0,
  };
}

function officeName({ postOfficeId, deliveryPostOfficeId }: Dossier, isReturn: boolean): string {
  const id = isReturn ? deliveryPostOfficeId : postOfficeId;
  return findPostOffice(id)?.name.vi ?? id;
}

function parties(dossier: Dossier, seen: Seen<Person> | undefined, isReturn: boolean): readonly Block[] {
  const agency = { label: isReturn ? 'Người gửi' : 'Người nhận', text: agencyAddress(dossier) };
  if (seen === undefined) return [agency, { label: isReturn ? 'Người nhận' : 'Người gửi', text: 'dữ liệu đã xóa' }];
  const { person } = seen;
  const citizen = {
    label: isReturn ? 'Người nhận' : 'Người gửi',
    text: `${person.fullName}, ${citizenAddress(dossier, person.address)}. Điện thoại: ${person.phone}`,
  };
  const standsIn = (label: string, other: typeof person.submitter): readonly Block[] =>
    other === undefined ? [] : [{ label, text: `${other.fullName}. Điện thoại: ${other.phone}` }];
  return [
    ...(isReturn ? [agency, citizen] : [citizen, ...standsIn('Người nộp thay', person.submitter), agency]),
    ...standsIn('Người được ủy quyền nhận', person.receiver),
  ];
}

/** The telephones of agencies are in no data of ours. */
function agencyAddress({ agencyId }: Dossier): string {
  const agency = findAgency(agencyId);
  const commune = agency?.communeId === null ? undefined : findCommune(agency?.communeId ?? '');
  return `${agency?.name.vi ?? agencyId}, ${addressOf(commune).vi}. Điện thoại: ${blank}`;
}

/** As it was typed, and the commune where that was not. */
export function citizenAddress({ communeId }: Pick<Dossier, 'communeId'>, typed: string): string {
  const commune = findCommune(communeId);
  return commune === undefined || fold(typed).includes(fold(commune.name.vi)) ? typed : `${typed}, ${commune.name.vi}`;
}

function serviceLines(dossier: Dossier, { occurredAt }: JourneyEvent, isReturn: boolean): readonly Block[] {
  const { frontDoor, returnByPost, charges, resultDueAt } = dossier;
  const service = isReturn
    ? 'chuyển trả kết quả'
    : returnByPost
      ? 'nhận gửi hồ sơ và chuyển trả kết quả'
      : 'nhận gửi hồ sơ';
  const takenIn = isReturn ? 'tại cơ quan' : frontDoor === 'pickup' ? 'tại địa chỉ người gửi' : 'tại quầy';
  const result = returnByPost ? 'phát tại địa chỉ người nhận' : 'người gửi nhận kết quả tại cơ quan';
  return [
    { label: 'Dịch vụ', text: `${service}; ${takenIn}; ${result}` },
    { label: 'Ngày nhận gửi (J)', text: `${showLocalTime(occurredAt)}, ${officeName(dossier, isReturn)}` },
    ...(isReturn
      ? []
      : [
          {
            label: 'Hẹn trả kết quả',
            text: resultDueAt === undefined ? 'cơ quan sẽ hẹn' : showLocalDay(resultDueAt),
          },
        ]),
    { label: 'Cước, phí', text: chargesIn(charges) },
    {
      label: 'Thanh toán',
      text: `khi gửi ${showDong(charges.dueAtCollection)}; khi phát ${showDong(charges.dueOnDelivery)}`,
    },
  ];
}

/** Each charge in a word, in the order in which it was agreed. */
function chargesIn({ lines, stateFeeUnknown }: Charges): string {
  const known = lines.map(({ kind, amount }) => `${nameOfCharge(kind)} ${showDong(amount)}`);
  return [...known, ...(stateFeeUnknown ? ['phí, lệ phí: hỏi cơ quan'] : [])].join('; ');
}

export function nameOfCharge(kind: string): string {
  const known = Object.entries(chargeFacts).find(([name]) => name === kind);
  return known === undefined ? kind : known[1].vi;
}

const forms = { original: 'bản chính', copy: 'bản sao' } as const;

function contents(dossier: Dossier, { details, type }: JourneyEvent, isReturn: boolean): readonly Block[] {
  const { procedureCode, officialCode, legs } = dossier;
  const item = legs.findLast(({ kind }) => kind === (isReturn ? 'result' : 'inbound'));
  const listed = (details.documents ?? [])
    .filter(({ state = 'accepted' }) => state !== 'missing' && state !== 'refused')
    .map(({ document, form, count, toReturn }, index) => ({
      text: `${index + 1}. ${documentName(document, procedureCode).vi}: ${count} ${forms[form]}${toReturn ? ', trả lại cùng kết quả' : ''}`,
    }));
  const { originals, copies } = details.papers ?? { originals: 0, copies: 0 };
  const counted = type === 'ResultCollected' ? 'kết quả giải quyết' : `${originals} bản chính, ${copies} bản sao`;
  return [
    { label: 'Thủ tục', text: `${findProcedure(procedureCode)?.name.vi ?? procedureCode} (${procedureCode})` },
    ...(officialCode === undefined ? [] : [{ label: 'Mã hồ sơ', text: officialCode }]),
    ...(item === undefined ? [] : [{ label: 'Số hiệu bưu gửi', text: item.itemCode }]),
    {
      label: isReturn ? 'Kết quả, tài liệu' : 'Giấy tờ trong hồ sơ',
      text: `${listed.length === 0 ? counted : `${listed.length} mục`}${details.sealNumber === undefined ? '' : `; niêm phong số ${details.sealNumber}`}`,
    },
    ...listed,
  ];
}

function conditions(dossier: Dossier, isReturn: boolean): readonly Block[] {
  const { safetyPercent, complaintMonths, answerWithinProvince, answerBeyond } = serviceQuality;
  const days = daysOf(isReturn ? 'result-leg' : 'inbound-leg', dossier);
  return [
    {
      label: 'Chất lượng',
      text: `an toàn ${safetyPercent} %; thời gian toàn trình J + ${days} ngày làm việc (TT17 điều 7)`,
      look: 'small',
    },
    { label: 'Quyền, nghĩa vụ', text: rights.join(' '), look: 'small' },
    { label: 'Bồi thường', text: liability, look: 'small' },
    {
      label: 'Khiếu nại',
      text: `tại bưu cục nhận gửi, trong ${complaintMonths} tháng từ khi hết thời gian toàn trình (hư hỏng, giá cước: 1 tháng); trả lời trong ${answerWithinProvince} ngày làm việc, liên tỉnh ${answerBeyond} ngày (TT17 điều 8, Luật Bưu chính điều 38)`,
      look: 'small',
    },
  ];
}
