import { showDong } from '../../domain/fees/show-dong.ts';
import { clockView } from '../../contract/read-clock.ts';
import { showLocalDay, showLocalTime } from '../../domain/calendar/local-time.ts';
import { addressOf } from '../../domain/catalogue/address.ts';
import { findCommune } from '../../domain/catalogue/communes.ts';
import { findPostOffice } from '../../domain/catalogue/post-offices.ts';
import { showTrackingCode } from '../../domain/codes/tracking-code.ts';
import { datesOf } from '../../domain/journey/explained.ts';
import { invitationsOf } from '../../domain/journey/invitations.ts';
import type { Paper, Sources } from './print-paper.ts';
import { nameOfCharge } from './slip.ts';

const due = { 'at-collection': 'khi gửi', 'on-delivery': 'khi phát' } as const;

/** What is to be paid and what was, with the receipts of the State's fee (QĐ45 art. 6(6), 11). */
export async function statementOf({ dossier, judged, person }: Sources): Promise<Paper> {
  const { charges, trackingCode } = dossier;
  const title = 'BẢNG KÊ CƯỚC, PHÍ';
  const payer = (await person())?.person.fullName;
  const paid = judged.standing.flatMap(({ occurredAt, details: { amountCollected, feeReceipt } }) => [
    ...(amountCollected === undefined
      ? []
      : [{ label: 'Đã thu', text: `${showDong(amountCollected)}, ${showLocalTime(occurredAt)}` }]),
    ...(feeReceipt === undefined ? [] : [{ label: 'Biên lai thu phí, lệ phí', text: feeReceipt }]),
  ]);
  return {
    name: 'statement',
    title,
    copies: [
      [
        { text: title, look: 'title' },
        { text: `Số ${showTrackingCode(trackingCode)}`, look: 'code' },
        ...(payer === undefined ? [] : [{ label: 'Người trả', text: payer }]),
        ...charges.lines.map((line) => ({
          label: nameOfCharge(line.kind),
          text: `${showDong(line.amount)}, trả ${due[line.due]}`,
        })),
        ...(charges.stateFeeUnknown ? [{ label: nameOfCharge('state-fee'), text: 'hỏi cơ quan' }] : []),
        {
          label: 'Cộng',
          text: `trả khi gửi ${showDong(charges.dueAtCollection)}; trả khi phát ${showDong(charges.dueOnDelivery)}`,
        },
        ...paid,
        { label: 'Bảng giá', text: charges.tariff, look: 'small' },
        { signatures: ['Người trả (ký, họ tên)', 'Nhân viên bưu chính (ký, họ tên)'] },
      ],
    ],
  };
}

/**
 * The agency's apology with a new date (form 04), its reason and date to be filled in.
 * @returns undefined while it is not late
 */
export function apologyOf({ dossier, judged }: Sources, now: number): Paper | undefined {
  const words = clockView(datesOf(dossier, judged), dossier, now).apology?.vi;
  if (words === undefined) return undefined;
  const title = 'PHIẾU XIN LỖI';
  return {
    name: 'apology',
    title,
    copies: [[{ text: title, look: 'title' }, { text: words }, { signatures: ['Đại diện cơ quan (ký, họ tên)'] }]],
  };
}

/**
 * What is left at the door of whoever was not there: where the item waits, until when, and the invitations that count
 * (TT17 art. 5(2)h). It bears no telephone and no procedure. @returns undefined where nothing waits
 */
export async function noticeOf({ dossier, person }: Sources): Promise<Paper | undefined> {
  if (dossier.place !== 'HeldAtPostOffice') return undefined;
  const title = 'GIẤY MỜI NHẬN BƯU GỬI';
  const office = findPostOffice(dossier.deliveryPostOfficeId);
  const name = (await person())?.person.fullName;
  const invitations = invitationsOf(dossier).map((at, index) => ({
    label: `Mời lần ${index + 1}`,
    text: showLocalDay(at),
  }));
  return {
    name: 'notice',
    title,
    copies: [
      [
        { text: title, look: 'title' },
        { bars: dossier.trackingCode },
        { text: `Số ${showTrackingCode(dossier.trackingCode)}`, look: 'code' },
        ...(name === undefined ? [] : [{ label: 'Kính gửi', text: name }]),
        {
          label: 'Mời đến nhận tại',
          text: `${office?.name.vi ?? dossier.deliveryPostOfficeId}, ${addressOf(findCommune(office?.communeId ?? '')).vi}`,
        },
        ...invitations,
        ...(dossier.dueAt === undefined ? [] : [{ label: 'Lưu giữ đến', text: showLocalTime(dossier.dueAt) }]),
        { text: 'Mang theo thẻ căn cước hoặc hộ chiếu; người nhận thay mang thêm giấy ủy quyền.' },
        {
          text: 'Sau hai lần mời, cách nhau 02 ngày làm việc, mà không đến nhận thì kết quả được chuyển lại cơ quan (TT17 điều 5).',
          look: 'small',
        },
      ],
    ],
  };
}
