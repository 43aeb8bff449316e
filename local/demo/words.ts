import * as z from 'zod';
import { findAgency } from '../../domain/catalogue/agencies.ts';
import { findPostOffice } from '../../domain/catalogue/post-offices.ts';
import { showLocalDay, showLocalTime } from '../../domain/calendar/local-time.ts';
import {
  channels,
  evidenceKinds,
  identityPapers,
  tidings,
  reasons,
  relationships,
  type Reason,
  type Relationship,
} from '../../domain/journey/events.ts';
import type { EventAnswer } from '../../client/api-client.ts';

/** How the demo says things to a citizen, in Vietnamese. */

/** Vietnam's local time as `24/11/2026 08:00`. */
export function inLocalTime(instant: number): string {
  return `${showLocalDay(instant)} ${showLocalTime(instant).slice(0, 5)}`;
}

/** Whole đồng as `268.000 đ`, with a space that no line breaks at. */
export function inDong(amount: number): string {
  return `${String(amount).replaceAll(/\B(?=(\d{3})+$)/g, '.')}\u00A0đ`;
}

/** A number with one decimal, as Vietnamese writes it: `15,1`. */
export function inDecimals(number: number): string {
  return number.toFixed(1).replace('.', ',');
}

const speakers: Record<EventAnswer['by']['role'], string> = {
  portal: 'Cổng Dịch vụ công',
  clerk: 'Giao dịch viên',
  courier: 'Bưu tá',
  officer: 'Cán bộ một cửa',
  supervisor: 'Kiểm soát viên',
  ops: 'Người vận hành',
  clock: 'Đồng hồ của hệ thống',
  messenger: 'Hệ thống báo tin',
};

/** Who reported, and where: `Bưu tá, Bưu điện Chợ Rã`. */
export function speakerInWords({ role, unit }: EventAnswer['by']): string {
  const where = (findPostOffice(unit) ?? findAgency(unit))?.name.vi;
  return where === undefined ? speakers[role] : `${speakers[role]}, ${where}`;
}

const reasonsInWords: Record<Reason, string> = {
  'citizen-asked': 'theo yêu cầu của công dân',
  'citizen-absent': 'công dân đi vắng',
  'citizen-moved': 'công dân đã chuyển đi',
  'papers-not-ready': 'giấy tờ chưa sẵn sàng',
  'address-unknown': 'không tìm thấy địa chỉ',
  'receiver-refused': 'người nhận từ chối',
  'papers-incomplete': 'thiếu giấy tờ',
  'wrong-competence': 'không đúng thẩm quyền',
  'not-eligible': 'không đủ điều kiện',
  'agency-needs-time': 'cơ quan cần thêm thời gian',
  'seal-broken': 'niêm phong bị rách',
  'counts-differ': 'số lượng không khớp',
  'fee-differs': 'lệ phí không khớp',
  'receiver-absent': 'người nhận đi vắng',
  'not-found-in-bag': 'không có trong túi thư',
  'damaged': 'bị hư hỏng',
  'weather-or-road': 'do thời tiết hoặc đường sá',
  'confirmed-by-both': 'hai bên đã xác nhận',
  'recorded-in-error': 'ghi nhầm',
  'force-majeure': 'bất khả kháng',
  'calendar-decided': 'lịch nghỉ mới được quyết định',
};

const relationshipsInWords: Record<Relationship, string> = {
  self: 'chính chủ',
  spouse: 'vợ hoặc chồng',
  parent: 'cha hoặc mẹ',
  child: 'con',
  sibling: 'anh, chị, em',
  relative: 'người thân',
  neighbour: 'hàng xóm',
  authorised: 'người được ủy quyền',
  colleague: 'đồng nghiệp',
  guard: 'bảo vệ',
  officer: 'cán bộ tiếp nhận',
};

const solutions = { redeliver: 'sẽ phát lại', hold: 'lưu giữ tại bưu cục', return: 'chuyển hoàn' } as const;

const newsInWords: Record<(typeof tidings)[number], string> = {
  'due-date': 'báo ngày hẹn trả',
  'result-ready': 'báo đã có kết quả',
  'supplement': 'báo cần bổ sung',
  'refusal': 'báo bị từ chối',
  'damage': 'báo hư hỏng',
  'loss': 'báo thất lạc',
  'correction': 'đính chính',
};
const channelsInWords: Record<(typeof channels)[number], string> = {
  'phone': 'qua điện thoại',
  'sms': 'qua tin nhắn',
  'email': 'qua thư điện tử',
  'zalo': 'qua Zalo',
  'letter': 'bằng thư',
  'in-person': 'trực tiếp',
  'portal': 'trên cổng',
};
const identityInWords: Record<(typeof identityPapers)[number], string> = {
  'citizen-card': 'căn cước công dân',
  'identity-card': 'chứng minh nhân dân',
  'passport': 'hộ chiếu',
};

const instant = z.iso.datetime().transform((text) => Date.parse(text));
const spoken = z.object({
  papers: z.object({ originals: z.int(), copies: z.int() }).optional(),
  sealNumber: z.string().optional(),
  sealIntact: z.boolean().optional(),
  amountCollected: z.int().optional(),
  feeHandedOver: z.int().optional(),
  itemCode: z.string().optional(),
  appointment: z.object({ from: instant, until: instant }).optional(),
  resultDueAt: instant.optional(),
  reason: z.enum(reasons).optional(),
  solution: z.enum(['redeliver', 'hold', 'return']).optional(),
  nextAttemptAt: instant.optional(),
  receiver: z.object({ relationship: z.enum(relationships) }).optional(),
  evidence: z.array(z.object({ kind: z.enum(evidenceKinds) })).optional(),
  documents: z.array(z.unknown()).optional(),
  feeReceipt: z.string().optional(),
  told: z.enum(tidings).optional(),
  channel: z.enum(channels).optional(),
  identityPaper: z.enum(identityPapers).optional(),
  authorityShown: z.boolean().optional(),
});

const proofNames: Record<(typeof evidenceKinds)[number], string> = {
  'signature': 'chữ ký',
  'photo': 'ảnh',
  'slip': 'ảnh phiếu gửi',
  'record': 'ảnh biên bản giao nhận',
  'proof-of-payment': 'chứng từ nộp tiền',
};

/** `1 chữ ký, 2 ảnh làm bằng chứng` */
function proofsInWords(evidence: readonly { readonly kind: (typeof evidenceKinds)[number] }[]): string {
  const parts = evidenceKinds
    .map((kind) => [evidence.filter((proof) => proof.kind === kind).length, proofNames[kind]] as const)
    .filter(([count]) => count > 0);
  return `${parts.map(([count, name]) => `${count} ${name}`).join(', ')} làm bằng chứng`;
}

/** What an event says beyond that it happened, as short phrases. */
export function detailsInWords(details: EventAnswer['details']): readonly string[] {
  const said = spoken.parse(details);
  return [
    said.papers && `${said.papers.originals} bản chính, ${said.papers.copies} bản sao`,
    said.sealNumber && `niêm phong số ${said.sealNumber}`,
    said.sealIntact && 'niêm phong nguyên vẹn',
    said.amountCollected !== undefined &&
      (said.amountCollected === 0 ? 'không phải trả thêm' : `thu ${inDong(said.amountCollected)}`),
    said.feeHandedOver !== undefined &&
      (said.feeHandedOver === 0 ? 'không có lệ phí' : `bàn giao lệ phí ${inDong(said.feeHandedOver)}`),
    said.itemCode && `số hiệu bưu gửi ${said.itemCode}`,
    said.appointment && `hẹn từ ${inLocalTime(said.appointment.from)} đến ${inLocalTime(said.appointment.until)}`,
    said.reason && reasonsInWords[said.reason],
    said.solution && solutions[said.solution],
    said.resultDueAt !== undefined && `hẹn trả kết quả ${inLocalTime(said.resultDueAt)}`,
    said.nextAttemptAt !== undefined && `chậm nhất ${inLocalTime(said.nextAttemptAt)}`,
    said.feeReceipt && `biên lai số ${said.feeReceipt}`,
    said.documents && `danh mục ${said.documents.length} dòng`,
    said.told && newsInWords[said.told],
    said.channel && channelsInWords[said.channel],
    said.identityPaper && `xuất trình ${identityInWords[said.identityPaper]}`,
    said.authorityShown === true && 'có giấy ủy quyền',
    said.receiver && `người nhận: ${relationshipsInWords[said.receiver.relationship]}`,
    said.evidence && proofsInWords(said.evidence),
  ].filter((phrase) => typeof phrase === 'string');
}
