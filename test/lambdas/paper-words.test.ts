import { describe, expect, it } from '@jest/globals';
import type { Person } from '../../contract/register-dossier.ts';
import type { Dossier, JourneyEvent, Party } from '../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../domain/journey/events.ts';
import { asJudged } from '../../domain/journey/judged.ts';
import { slipText } from '../../domain/codes/slip-statement.ts';
import { handoverOf } from '../../lambdas/print-paper/handover.ts';
import { labelOf } from '../../lambdas/print-paper/label.ts';
import { printed, type Block } from '../../lambdas/print-paper/layout.ts';
import { apologyOf, noticeOf, statementOf } from '../../lambdas/print-paper/notices.ts';
import type { Paper, Sources } from '../../lambdas/print-paper/print-paper.ts';
import { slipOf } from '../../lambdas/print-paper/slip.ts';
import { at, clerk, courier, officer } from '../domain/journey/town.ts';
import { freshEntry, nextStep } from '../doubles/book.suite.ts';

const person: Person = {
  fullName: 'Nguyễn Thị Ưởng',
  phone: '0900000001',
  address: 'Tổ Mẫu',
  identityNumber: '999999999999',
  submitter: { fullName: 'Lục Văn Thay Mặt', phone: '0900000007' },
  receiver: { fullName: 'Bàn Thị Nhận Hộ', phone: '0900000008' },
};
type Steps = readonly (readonly [Party, EventType, Details])[];

const papers = { originals: 2, copies: 2 };
const documents = [
  { document: 0, form: 'original', count: 1 },
  { document: 1, form: 'original', count: 1, toReturn: true },
  { document: 1, form: 'copy', count: 2 },
  { document: 0, form: 'copy', count: 1, state: 'missing' },
] as const;
const collected: Steps = [[clerk, 'Collected', { papers, documents, sealNumber: 'BK-0001', feeReceipt: 'BL-77' }]];
const toTheAgency: Steps = [...collected, [courier, 'Dispatched', { itemCode: 'RA123456785VN' }]];
function handedOver(more: Details): Steps[number] {
  const resultDueAt = at('2026-03-05T17:00');
  return [officer, 'HandedToAgency', { papers, sealIntact: true, feeHandedOver: 200_000, resultDueAt, ...more }];
}
const atTheAgency: Steps = [...toTheAgency, handedOver({ officialCode: 'H19.1' })];
const homeward: Steps = [
  [officer, 'ResultAnnounced', {}],
  [courier, 'ResultCollected', { itemCode: 'RA473124829VN' }],
];
const onItsWayHome: Steps = [...atTheAgency, ...homeward];
const invited: Steps = [
  ...onItsWayHome,
  [courier, 'OutForDelivery', {}],
  [courier, 'DeliveryFailed', { reason: 'citizen-absent', solution: 'hold' }],
  [clerk, 'Invited', { channel: 'phone' }],
];

/** A dossier after these steps, with whatever else is true of it, as papers are made of it. */
function after(steps: Steps, facts: Partial<Dossier> = {}, who: Person | 'erased' = person): Sources {
  const { step } = freshEntry();
  let dossier: Dossier = { ...step.dossier, trackingCode: '123456789012345675' };
  const events: JourneyEvent[] = [step.event];
  for (const [by, type, details] of steps) {
    const amount = type === 'Collected' ? { amountCollected: dossier.charges.dueAtCollection } : {};
    const next = nextStep(dossier, by, type, { ...details, ...amount });
    events.push(next.event);
    ({ dossier } = next);
  }
  const seen = who === 'erased' ? undefined : { person: who, fields: new Set<never>() };
  return {
    dossier: { ...dossier, ...facts },
    judged: asJudged(events),
    person: async () => seen,
    sign: async (statement) => slipText({ ...statement, keyId: 'A' }),
    now: at('2026-05-05T09:00'),
  };
}

/** What every slip says at its foot. */
const conditions = [
  'SMALL Quyền, nghĩa vụ: Người gửi chịu trách nhiệm về giấy tờ đã gửi, trả đủ cước; được rút lại, đổi nơi nhận khi chưa phát, khiếu nại và phản ánh (QĐ45 điều 17, Luật Bưu chính điều 16). Bưu điện giữ kín nội dung, không tự ý đòi thêm giấy tờ, phát đúng hạn và báo khi đã phát (QĐ45 điều 16, TT17 điều 12). Cơ quan nhận, giải quyết và trả kết quả theo quy định (QĐ45 điều 15).',
  'SMALL Bồi thường: mất, hư hỏng hoặc tráo đổi toàn bộ: ít nhất 4 lần cước, đã gồm cước hoàn lại; giấy tờ mất, hư hỏng được khắc phục, cấp lại theo QĐ45 điều 14; trả trong 30 ngày từ ngày lập văn bản, quá hạn trả thêm lãi (NĐ47 điều 24 đến 26).',
  'SMALL Khiếu nại: tại bưu cục nhận gửi, trong 6 tháng từ khi hết thời gian toàn trình (hư hỏng, giá cước: 1 tháng); trả lời trong 5 ngày làm việc, liên tỉnh 7 ngày (TT17 điều 8, Luật Bưu chính điều 38)',
];

/** A block as it is read: how it looks, its label, its words. */
function wordsOf(block: Block): string {
  if ('bars' in block) return block.qr === undefined ? `|${block.bars}|` : `|${block.bars}| QR ${block.qr}`;
  if ('signatures' in block) return block.signatures.join(' / ');
  const look = block.look === undefined ? '' : `${block.look.toUpperCase()} `;
  return `${look}${block.label === undefined ? '' : `${block.label}: `}${block.text}`;
}
function copiesOf(paper: Paper | undefined): readonly (readonly string[])[] {
  return paper?.copies.map((copy) => copy.map(wordsOf)) ?? [];
}

describe('a slip in words', () => {
  it('the slip of papers taken in at the counter names both parties, who stands in for whom, the way, the price and every document', async () => {
    const [first, second] = copiesOf(await slipOf(after(toTheAgency), 'send'));
    expect(first).toEqual([
      'HEAD Bưu điện Việt Nam · Bưu điện trung tâm Bắc Kạn · Bản 1/2: người gửi giữ',
      'TITLE PHIẾU GỬI HỒ SƠ',
      '|123456789012345675| QR 123456789012345675/1/A/S/1772416800/1777946400/PO-BACKAN/2.000488/2/2/BK-0001/260000',
      'CODE Số 123-456-789-012-345-675',
      'Người gửi: Nguyễn Thị Ưởng, Tổ Mẫu, phường Bắc Kạn. Điện thoại: 0900000001',
      'Người nộp thay: Lục Văn Thay Mặt. Điện thoại: 0900000007',
      'Người nhận: Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn, phường Đức Xuân, tỉnh Thái Nguyên. Điện thoại: ……………………',
      'Người được ủy quyền nhận: Bàn Thị Nhận Hộ. Điện thoại: 0900000008',
      'Dịch vụ: nhận gửi hồ sơ và chuyển trả kết quả; tại quầy; phát tại địa chỉ người nhận',
      'Ngày nhận gửi (J): 09:00 02/03/2026, Bưu điện trung tâm Bắc Kạn',
      'Hẹn trả kết quả: cơ quan sẽ hẹn',
      'Cước, phí: phí, lệ phí của cơ quan 200.000 đ; cước gửi hồ sơ 26.000 đ; cước trả kết quả 26.000 đ; cước chuyển tiền lệ phí 8.000 đ',
      'Thanh toán: khi gửi 260.000 đ; khi phát 0 đ',
      'Thủ tục: Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam (2.000488)',
      'Số hiệu bưu gửi: RA123456785VN',
      'Giấy tờ trong hồ sơ: 3 mục; niêm phong số BK-0001',
      '1. Tờ khai theo mẫu: 1 bản chính',
      '2. Bản sao thẻ căn cước: 1 bản chính, trả lại cùng kết quả',
      '3. Bản sao thẻ căn cước: 2 bản sao',
      'SMALL Chất lượng: an toàn 100 %; thời gian toàn trình J + 1 ngày làm việc (TT17 điều 7)',
      ...conditions,
      'Người gửi (ký, họ tên) / Nhân viên bưu chính (ký, họ tên)',
    ]);
    expect([second?.[0], second?.slice(1)]).toEqual([
      'HEAD Bưu điện Việt Nam · Bưu điện trung tâm Bắc Kạn · Bản 2/2: đi cùng hồ sơ',
      first?.slice(1),
    ]);
  });

  it('the slip of papers fetched at home says so, who fetches the result, the agency’s date, and that the fee has to be asked for', async () => {
    const [first] = copiesOf(
      await slipOf(
        after(
          collected,
          {
            frontDoor: 'pickup',
            returnByPost: false,
            postOfficeId: 'PO-NARI',
            resultDueAt: at('2026-03-05T17:00'),
            charges: { ...after([]).dossier.charges, stateFeeUnknown: true, lines: [] },
          },
          { fullName: person.fullName, phone: person.phone, address: 'Tổ 1, phường Bắc Kạn' },
        ),
        'send',
      ),
    );
    expect(first).toEqual([
      'HEAD Bưu điện Việt Nam · Bưu điện Na Rì · Bản 1/2: người gửi giữ',
      'TITLE PHIẾU GỬI HỒ SƠ',
      '|123456789012345675| QR 123456789012345675/1/A/S/1772416800/1777946400/PO-NARI/2.000488/2/2/BK-0001/260000',
      'CODE Số 123-456-789-012-345-675',
      'Người gửi: Nguyễn Thị Ưởng, Tổ 1, phường Bắc Kạn. Điện thoại: 0900000001',
      'Người nhận: Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn, phường Đức Xuân, tỉnh Thái Nguyên. Điện thoại: ……………………',
      'Dịch vụ: nhận gửi hồ sơ; tại địa chỉ người gửi; người gửi nhận kết quả tại cơ quan',
      'Ngày nhận gửi (J): 09:00 02/03/2026, Bưu điện Na Rì',
      'Hẹn trả kết quả: 05/03/2026',
      'Cước, phí: phí, lệ phí: hỏi cơ quan',
      'Thanh toán: khi gửi 260.000 đ; khi phát 0 đ',
      'Thủ tục: Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam (2.000488)',
      'Giấy tờ trong hồ sơ: 3 mục; niêm phong số BK-0001',
      '1. Tờ khai theo mẫu: 1 bản chính',
      '2. Bản sao thẻ căn cước: 1 bản chính, trả lại cùng kết quả',
      '3. Bản sao thẻ căn cước: 2 bản sao',
      'SMALL Chất lượng: an toàn 100 %; thời gian toàn trình J + 4 ngày làm việc (TT17 điều 7)',
      ...conditions,
      'Người gửi (ký, họ tên) / Nhân viên bưu chính (ký, họ tên)',
    ]);
  });

  it('the slip of a result goes from the agency to the citizen, says what is in it, and bears the office that delivers', async () => {
    const [first] = copiesOf(await slipOf(after(onItsWayHome, { deliveryPostOfficeId: 'PO-NARI' }), 'return'));
    expect(first).toEqual([
      'HEAD Bưu điện Việt Nam · Bưu điện Na Rì · Bản 1/2: người gửi giữ',
      'TITLE PHIẾU GỬI KẾT QUẢ',
      '|123456789012345675| QR 123456789012345675/1/A/R/1772431200/1777946400/PO-NARI/2.000488/0/0//0',
      'CODE Số 123-456-789-012-345-675',
      'Người gửi: Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn, phường Đức Xuân, tỉnh Thái Nguyên. Điện thoại: ……………………',
      'Người nhận: Nguyễn Thị Ưởng, Tổ Mẫu, phường Bắc Kạn. Điện thoại: 0900000001',
      'Người được ủy quyền nhận: Bàn Thị Nhận Hộ. Điện thoại: 0900000008',
      'Dịch vụ: chuyển trả kết quả; tại cơ quan; phát tại địa chỉ người nhận',
      'Ngày nhận gửi (J): 13:00 02/03/2026, Bưu điện Na Rì',
      'Cước, phí: phí, lệ phí của cơ quan 200.000 đ; cước gửi hồ sơ 26.000 đ; cước trả kết quả 26.000 đ; cước chuyển tiền lệ phí 8.000 đ',
      'Thanh toán: khi gửi 260.000 đ; khi phát 0 đ',
      'Thủ tục: Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam (2.000488)',
      'Mã hồ sơ: H19.1',
      'Số hiệu bưu gửi: RA473124829VN',
      'Kết quả, tài liệu: kết quả giải quyết',
      'SMALL Chất lượng: an toàn 100 %; thời gian toàn trình J + 2 ngày làm việc (TT17 điều 7)',
      ...conditions,
      'Đại diện cơ quan (ký, họ tên) / Nhân viên bưu chính (ký, họ tên) / Người nhận (ký, họ tên)',
    ]);
  });

  it('the slip of a dossier whose person was erased says that the data were erased', async () => {
    const [first] = copiesOf(await slipOf(after(toTheAgency, {}, 'erased'), 'send'));
    expect(first).toEqual([
      'HEAD Bưu điện Việt Nam · Bưu điện trung tâm Bắc Kạn · Bản 1/2: người gửi giữ',
      'TITLE PHIẾU GỬI HỒ SƠ',
      '|123456789012345675| QR 123456789012345675/1/A/S/1772416800/1777946400/PO-BACKAN/2.000488/2/2/BK-0001/260000',
      'CODE Số 123-456-789-012-345-675',
      'Người nhận: Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn, phường Đức Xuân, tỉnh Thái Nguyên. Điện thoại: ……………………',
      'Người gửi: dữ liệu đã xóa',
      'Dịch vụ: nhận gửi hồ sơ và chuyển trả kết quả; tại quầy; phát tại địa chỉ người nhận',
      'Ngày nhận gửi (J): 09:00 02/03/2026, Bưu điện trung tâm Bắc Kạn',
      'Hẹn trả kết quả: cơ quan sẽ hẹn',
      'Cước, phí: phí, lệ phí của cơ quan 200.000 đ; cước gửi hồ sơ 26.000 đ; cước trả kết quả 26.000 đ; cước chuyển tiền lệ phí 8.000 đ',
      'Thanh toán: khi gửi 260.000 đ; khi phát 0 đ',
      'Thủ tục: Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam (2.000488)',
      'Số hiệu bưu gửi: RA123456785VN',
      'Giấy tờ trong hồ sơ: 3 mục; niêm phong số BK-0001',
      '1. Tờ khai theo mẫu: 1 bản chính',
      '2. Bản sao thẻ căn cước: 1 bản chính, trả lại cùng kết quả',
      '3. Bản sao thẻ căn cước: 2 bản sao',
      'SMALL Chất lượng: an toàn 100 %; thời gian toàn trình J + 1 ngày làm việc (TT17 điều 7)',
      ...conditions,
      'Người gửi (ký, họ tên) / Nhân viên bưu chính (ký, họ tên)',
    ]);
  });
});

describe('a label in words', () => {
  it('the label on the way to the agency names the sending office and the agency', async () => {
    expect(copiesOf(await labelOf(after(toTheAgency, { deliveryPostOfficeId: 'PO-NARI' })))).toEqual([
      [
        'HEAD Dịch vụ nhận gửi hồ sơ, chuyển trả kết quả thủ tục hành chính',
        '|RA123456785VN|',
        'CODE RA123456785VN',
        'CODE Từ: Bưu điện trung tâm Bắc Kạn',
        'TITLE Đến: Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn, phường Đức Xuân, tỉnh Thái Nguyên',
      ],
    ]);
  });

  it('the label on the way home names the agency, the citizen and the office that delivers', async () => {
    expect(copiesOf(await labelOf(after(onItsWayHome, { deliveryPostOfficeId: 'PO-NARI' })))).toEqual([
      [
        'HEAD Dịch vụ nhận gửi hồ sơ, chuyển trả kết quả thủ tục hành chính',
        '|RA473124829VN|',
        'CODE RA473124829VN',
        'CODE Từ: Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn, phường Đức Xuân, tỉnh Thái Nguyên',
        'TITLE Đến: Nguyễn Thị Ưởng, Tổ Mẫu, phường Bắc Kạn',
        'CODE Bưu cục phát: Bưu điện Na Rì',
      ],
    ]);
  });
});

describe('a hand-over record in words', () => {
  it('the hand-over record at the agency names who gives, who takes, the dossier and the fee', () => {
    expect(copiesOf(handoverOf([after(toTheAgency, { deliveryPostOfficeId: 'PO-NARI' }).dossier]))).toEqual([
      [
        'TITLE BIÊN BẢN GIAO NHẬN HỒ SƠ',
        '|RA123456785VN|',
        'CODE RA123456785VN',
        'Bên giao: Bưu điện trung tâm Bắc Kạn',
        'Bên nhận: Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn',
        '1. Phiếu gửi 123-456-789-012-345-675; Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam; 2 bản chính, 2 bản sao; niêm phong BK-0001; đủ [ ] thiếu [ ]',
        'Cộng: 1 hồ sơ; phí, lệ phí chuyển nộp 200.000 đ',
        'Ký lúc: …………………… (thời điểm nộp hồ sơ hợp lệ: QĐ45 điều 7 khoản 4)',
        'Bên giao (ký, họ tên) / Bên nhận (ký, họ tên)',
      ],
    ]);
  });

  it('the hand-over record of a bag of results is of the agency and of every office that fetches, and has no fee', () => {
    const without = after([...toTheAgency, handedOver({}), ...homeward], { deliveryPostOfficeId: 'PO-NARI' });
    expect(copiesOf(handoverOf([after(onItsWayHome).dossier, without.dossier], 'TUI-BK-0001'))).toEqual([
      [
        'TITLE BIÊN BẢN GIAO NHẬN HỒ SƠ',
        '|TUI-BK-0001|',
        'CODE TUI-BK-0001',
        'Bên giao: Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn',
        'Bên nhận: Bưu điện trung tâm Bắc Kạn; Bưu điện Na Rì',
        '1. Phiếu gửi 123-456-789-012-345-675; mã hồ sơ H19.1; Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam; 2 bản chính, 2 bản sao; niêm phong BK-0001; đủ [ ] thiếu [ ]',
        '2. Phiếu gửi 123-456-789-012-345-675; Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam; 2 bản chính, 2 bản sao; niêm phong BK-0001; đủ [ ] thiếu [ ]',
        'Cộng: 2 hồ sơ',
        'Ký lúc: …………………… (thời điểm nộp hồ sơ hợp lệ: QĐ45 điều 7 khoản 4)',
        'Bên giao (ký, họ tên) / Bên nhận (ký, họ tên)',
      ],
    ]);
  });
});

describe('the other papers in words', () => {
  it('the statement of charges names the payer, each charge with when it is to be paid, and what was paid with its receipt', async () => {
    expect(copiesOf(await statementOf(after(toTheAgency)))).toEqual([
      [
        'TITLE BẢNG KÊ CƯỚC, PHÍ',
        'CODE Số 123-456-789-012-345-675',
        'Người trả: Nguyễn Thị Ưởng',
        'phí, lệ phí của cơ quan: 200.000 đ, trả khi gửi',
        'cước gửi hồ sơ: 26.000 đ, trả khi gửi',
        'cước trả kết quả: 26.000 đ, trả khi gửi',
        'cước chuyển tiền lệ phí: 8.000 đ, trả khi gửi',
        'Cộng: trả khi gửi 260.000 đ; trả khi phát 0 đ',
        'Đã thu: 260.000 đ, 09:00 02/03/2026',
        'Biên lai thu phí, lệ phí: BL-77',
        'SMALL Bảng giá: TT22-2017',
        'Người trả (ký, họ tên) / Nhân viên bưu chính (ký, họ tên)',
      ],
    ]);
  });

  it('the statement of a fee that is not known says whom to ask, and no payer where the person was erased', async () => {
    expect(
      copiesOf(
        await statementOf(
          after([], { charges: { ...after([]).dossier.charges, stateFeeUnknown: true, lines: [] } }, 'erased'),
        ),
      ),
    ).toEqual([
      [
        'TITLE BẢNG KÊ CƯỚC, PHÍ',
        'CODE Số 123-456-789-012-345-675',
        'phí, lệ phí của cơ quan: hỏi cơ quan',
        'Cộng: trả khi gửi 260.000 đ; trả khi phát 0 đ',
        'SMALL Bảng giá: TT22-2017',
        'Người trả (ký, họ tên) / Nhân viên bưu chính (ký, họ tên)',
      ],
    ]);
  });

  it('the apology leaves its reason and the new date to be written', () => {
    expect(copiesOf(apologyOf(after(atTheAgency), at('2026-05-05T09:00')))).toEqual([
      [
        'TITLE PHIẾU XIN LỖI',
        'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ (Mẫu 04). Hồ sơ H19.1 hẹn trả kết quả ngày 05/03/2026. Đến nay cơ quan chưa giải quyết xong, xin chân thành xin lỗi Ông/Bà …… . Lý do: …… . Cơ quan hẹn lại ngày trả kết quả: …… .',
        'Đại diện cơ quan (ký, họ tên)',
      ],
    ]);
  });

  it('the notice of what waits says where, until when, how often the receiver was invited, and what to bring', async () => {
    expect(copiesOf(await noticeOf(after(invited, { deliveryPostOfficeId: 'PO-NARI' })))).toEqual([
      [
        'TITLE GIẤY MỜI NHẬN BƯU GỬI',
        '|123456789012345675|',
        'CODE Số 123-456-789-012-345-675',
        'Kính gửi: Nguyễn Thị Ưởng',
        'Mời đến nhận tại: Bưu điện Na Rì, xã Na Rì, tỉnh Thái Nguyên',
        'Mời lần 1: 02/03/2026',
        'Lưu giữ đến: 00:00 05/03/2026',
        'Mang theo thẻ căn cước hoặc hộ chiếu; người nhận thay mang thêm giấy ủy quyền.',
        'SMALL Sau hai lần mời, cách nhau 02 ngày làm việc, mà không đến nhận thì kết quả được chuyển lại cơ quan (TT17 điều 5).',
      ],
    ]);
  });
});

describe('a paper that names a unit or a procedure which the catalogue has forgotten', () => {
  const gone = {
    postOfficeId: 'PO-GONE',
    deliveryPostOfficeId: 'PO-GONE',
    agencyId: 'AG-GONE',
    procedureCode: '9.999999',
    communeId: 'CM-GONE',
  };
  const toAgency = after(toTheAgency, gone);

  it('a paper says the codes instead of the names', async () => {
    const [slip = []] = copiesOf(await slipOf(toAgency, 'send'));
    expect(slip[0]).toContain('· PO-GONE ·');
    expect(slip).toContain('Thủ tục: 9.999999 (9.999999)');
    expect(slip.filter((line) => line.startsWith('Người nhận: AG-GONE, '))).toHaveLength(1);
    expect(slip).toContain('Người gửi: Nguyễn Thị Ưởng, Tổ Mẫu. Điện thoại: 0900000001');
    const [label = []] = copiesOf(await labelOf(toAgency));
    expect(label.slice(3)).toEqual(['CODE Từ: PO-GONE', expect.stringMatching(/^TITLE Đến: AG-GONE, /)]);
    const [record = []] = copiesOf(handoverOf([toAgency.dossier]));
    expect(record.slice(3, 5)).toEqual(['Bên giao: PO-GONE', 'Bên nhận: AG-GONE']);
    expect(record[5]).toContain('; 9.999999; ');
    const [notice = []] = copiesOf(await noticeOf(after(invited, gone)));
    expect(notice.filter((line) => line.startsWith('Mời đến nhận tại: PO-GONE, '))).toHaveLength(1);
  });
});

describe('a paper laid out', () => {
  const block = { text: 'Nguyễn & Lục', label: 'Người gửi', look: 'title' } as const;
  const codes = { qr: (text: string) => `<qr ${text}>`, bars: (text: string) => `<bars ${text}>` };

  it.each([
    ['A5', '148mm 210mm; margin: 8mm', '8.5pt/1.35', 'width: 132mm', '.signatures { height: 20mm;'],
    ['A6', '105mm 148mm; margin: 4mm', '6pt/1.35', 'width: 97mm', '.signatures { height: 13mm;'],
    ['80mm', '80mm 26mm; margin: 4mm', '9pt/1.35', 'width: 72mm', '.signatures { height: 20mm;'],
  ] as const)('a paper laid out on %s has its sheet, its letters and its room for signatures', (size, ...measures) => {
    for (const words of measures) expect(printed('Phiếu', [[block]], size, codes)).toContain(words);
  });

  it('a paper laid out has titles larger than what is said again, and small print smaller than the rest', () => {
    const html = printed('Phiếu', [[block]], 'A5', codes);
    for (const [look, style] of [
      ['title', 'font-size: 1.6em; font-weight: bold; text-align: center;'],
      ['notice', 'font-size: 1.15em; font-weight: bold; text-align: center;'],
      ['head', 'font-size: 1em; font-weight: normal; text-align: center;'],
      ['code', 'font-size: 1.1em; font-weight: bold; text-align: center;'],
      ['plain', 'font-size: 1em; font-weight: normal; text-align: start;'],
      ['small', 'font-size: 0.85em; font-weight: normal; text-align: start;'],
    ])
      expect(html).toContain(`.${look} { ${style} }`);
  });

  it('a paper laid out has codes as large as scanners want them', () => {
    const html = printed('Phiếu', [[block]], 'A5', codes);
    expect(html).toContain('.bars { width: 62mm; height: 11mm; }');
    expect(html).toContain('.qr { width: 24mm; height: 24mm; }');
  });

  it('a paper laid out holds its blocks in their order, what was typed as text', () => {
    const copy: readonly Block[] = [
      block,
      { text: 'không nhãn' },
      { bars: 'RA1' },
      { bars: '12', qr: '34' },
      { signatures: ['Bên giao', 'Bên <nhận>'] },
    ];
    const body = printed('Phiếu', [copy, [block]], 'A5', codes)
      .split('<body>\n')[1]
      ?.split('\n</body>')[0];
    expect(body?.split('\n')).toEqual([
      '<section>',
      '<p class="title"><b>Người gửi:</b> Nguyễn &amp; Lục</p>',
      '<p class="plain">không nhãn</p>',
      '<div class="codes"><div class="bars"><bars RA1></div></div>',
      '<div class="codes"><div class="bars"><bars 12></div><div class="qr"><qr 34></div></div>',
      '<div class="signatures"><p>Bên giao</p><p>Bên &lt;nhận&gt;</p></div>',
      '</section>',
      '<section>',
      '<p class="title"><b>Người gửi:</b> Nguyễn &amp; Lục</p>',
      '</section>',
    ]);
  });

  const lengthOf = (...copies: readonly (readonly Block[])[]): number =>
    Number(/size: 80mm (\d+)mm/.exec(printed('Phiếu', copies, '80mm', codes))?.[1]);

  it.each<readonly [string, readonly Block[], number]>([
    ['nothing', [], 11],
    ['a line', [{ text: 'một' }], 16],
    ['two lines', [{ text: 'chữ '.repeat(20).trim() }], 21],
    ['a label and a line', [{ label: 'Nhãn dài như thế này', text: 'chữ '.repeat(9).trim() }], 21],
    ['a word that is broken', [{ text: 'M'.repeat(50) }], 25],
    ['capitals', [{ text: 'ẢNH '.repeat(12).trim() }], 21],
    ['thin letters', [{ text: 'ill. '.repeat(16).trim() }], 21],
    ['small print', [{ text: 'chữ '.repeat(40).trim(), look: 'small' }], 27],
    ['bold', [{ text: 'chữ '.repeat(20).trim(), look: 'code' }], 26],
    ['bars', [{ bars: 'RA1' }], 23],
    ['bars and a QR code', [{ bars: 'RA1', qr: '1' }], 47],
    ['signatures', [{ signatures: ['một'] }], 32],
  ])('a roll with %s is as long as it has to be', (_what, copy, millimetres) => {
    expect(lengthOf(copy)).toBe(millimetres);
  });

  it('a roll is as long as its longest copy', () => {
    const long: readonly Block[] = [{ text: 'một' }, { signatures: ['hai'] }];
    expect(lengthOf([], long, [])).toBe(lengthOf(long));
  });
});
