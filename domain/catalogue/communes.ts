import type { Name, Provenance } from './provenance.ts';
import type { Validity } from './validity.ts';

/**
 * The districts of the former province of Bắc Kạn, abolished on 1/7/2025. Postal routes and the public tariff still
 * think in
 * them ("nội huyện", "liên huyện"), so every unit remembers its own. `thanh-pho-thai-nguyen` stands for the new
 * province's seat.
 */
export type FormerDistrict =
  | 'thanh-pho-bac-kan'
  | 'pac-nam'
  | 'ba-be'
  | 'ngan-son'
  | 'bach-thong'
  | 'cho-don'
  | 'cho-moi'
  | 'na-ri'
  | 'thanh-pho-thai-nguyen';

export interface Commune extends Provenance, Validity {
  /** Stable, ours: `CM-` and the national code. */
  readonly id: string;
  /** National code of the administrative unit (QĐ 19/2025/QĐ-TTg). */
  readonly code: string;
  readonly name: Name;
  readonly kind: 'phường' | 'xã';
  readonly formerDistrict: FormerDistrict;
  /** The post office that serves it. Judged: nearest office in the same former district. */
  readonly postOfficeId: string;
  /**
   * Mail does not come every day, so items are held longer. Judged by road distance; the official list was not found.
   */
  readonly remote: boolean;
}

const provenance = {
  source: 'NQ 1683/NQ-UBTVQH15 of 16/6/2025; names and codes from public copies of the list of QĐ 19/2025/QĐ-TTg',
  standing: 'secondary',
} as const;

type Row = readonly [
  code: string,
  kind: Commune['kind'],
  vi: string,
  en: string,
  formerDistrict: FormerDistrict,
  postOfficeId: string,
  remote?: 'remote',
];

/** The 37 communes and wards that the former Bắc Kạn became, district by district. */
const rows: readonly Row[] = [
  ['01840', 'phường', 'Đức Xuân', 'Duc Xuan', 'thanh-pho-bac-kan', 'PO-BACKAN'],
  ['01843', 'phường', 'Bắc Kạn', 'Bac Kan', 'thanh-pho-bac-kan', 'PO-BACKAN'],
  ['01849', 'xã', 'Phong Quang', 'Phong Quang', 'thanh-pho-bac-kan', 'PO-BACKAN'],
  ['01864', 'xã', 'Bằng Thành', 'Bang Thanh', 'pac-nam', 'PO-BANGTHANH', 'remote'],
  ['01879', 'xã', 'Cao Minh', 'Cao Minh', 'pac-nam', 'PO-BANGTHANH', 'remote'],
  ['01882', 'xã', 'Nghiên Loan', 'Nghien Loan', 'pac-nam', 'PO-BANGTHANH', 'remote'],
  ['01894', 'xã', 'Phúc Lộc', 'Phuc Loc', 'ba-be', 'PO-CHORA', 'remote'],
  ['01906', 'xã', 'Ba Bể', 'Ba Be', 'ba-be', 'PO-CHORA'],
  ['01912', 'xã', 'Chợ Rã', 'Cho Ra', 'ba-be', 'PO-CHORA'],
  ['01921', 'xã', 'Thượng Minh', 'Thuong Minh', 'ba-be', 'PO-CHORA'],
  ['01933', 'xã', 'Đồng Phúc', 'Dong Phuc', 'ba-be', 'PO-CHORA', 'remote'],
  ['01936', 'xã', 'Nà Phặc', 'Na Phac', 'ngan-son', 'PO-NAPHAC'],
  ['01942', 'xã', 'Bằng Vân', 'Bang Van', 'ngan-son', 'PO-NGANSON'],
  ['01954', 'xã', 'Ngân Sơn', 'Ngan Son', 'ngan-son', 'PO-NGANSON'],
  ['01957', 'xã', 'Thượng Quan', 'Thuong Quan', 'ngan-son', 'PO-NGANSON', 'remote'],
  ['01960', 'xã', 'Hiệp Lực', 'Hiep Luc', 'ngan-son', 'PO-NAPHAC', 'remote'],
  ['01969', 'xã', 'Phủ Thông', 'Phu Thong', 'bach-thong', 'PO-PHUTHONG'],
  ['01981', 'xã', 'Vĩnh Thông', 'Vinh Thong', 'bach-thong', 'PO-PHUTHONG'],
  ['02008', 'xã', 'Cẩm Giàng', 'Cam Giang', 'bach-thong', 'PO-PHUTHONG'],
  ['02014', 'xã', 'Bạch Thông', 'Bach Thong', 'bach-thong', 'PO-PHUTHONG'],
  ['02020', 'xã', 'Chợ Đồn', 'Cho Don', 'cho-don', 'PO-CHODON'],
  ['02026', 'xã', 'Nam Cường', 'Nam Cuong', 'cho-don', 'PO-CHODON', 'remote'],
  ['02038', 'xã', 'Quảng Bạch', 'Quang Bach', 'cho-don', 'PO-CHODON', 'remote'],
  ['02044', 'xã', 'Yên Thịnh', 'Yen Thinh', 'cho-don', 'PO-CHODON', 'remote'],
  ['02071', 'xã', 'Nghĩa Tá', 'Nghia Ta', 'cho-don', 'PO-CHODON'],
  ['02083', 'xã', 'Yên Phong', 'Yen Phong', 'cho-don', 'PO-CHODON'],
  ['02086', 'xã', 'Chợ Mới', 'Cho Moi', 'cho-moi', 'PO-CHOMOI'],
  ['02101', 'xã', 'Thanh Mai', 'Thanh Mai', 'cho-moi', 'PO-CHOMOI'],
  ['02104', 'xã', 'Tân Kỳ', 'Tan Ky', 'cho-moi', 'PO-CHOMOI'],
  ['02107', 'xã', 'Thanh Thịnh', 'Thanh Thinh', 'cho-moi', 'PO-CHOMOI'],
  ['02116', 'xã', 'Yên Bình', 'Yen Binh', 'cho-moi', 'PO-CHOMOI'],
  ['02143', 'xã', 'Văn Lang', 'Van Lang', 'na-ri', 'PO-NARI', 'remote'],
  ['02152', 'xã', 'Cường Lợi', 'Cuong Loi', 'na-ri', 'PO-NARI'],
  ['02155', 'xã', 'Na Rì', 'Na Ri', 'na-ri', 'PO-NARI'],
  ['02176', 'xã', 'Trần Phú', 'Tran Phu', 'na-ri', 'PO-NARI'],
  ['02185', 'xã', 'Côn Minh', 'Con Minh', 'na-ri', 'PO-NARI'],
  ['02191', 'xã', 'Xuân Dương', 'Xuan Duong', 'na-ri', 'PO-NARI', 'remote'],
];

export const communes: readonly Commune[] = rows.map(([code, kind, vi, en, formerDistrict, postOfficeId, remote]) => ({
  id: `CM-${code}`,
  code,
  name: { vi: `${kind} ${vi}`, en: `${en} ${kind === 'phường' ? 'ward' : 'commune'}` },
  kind,
  formerDistrict,
  postOfficeId,
  remote: remote === 'remote',
  validFrom: '2025-07-01',
  validTo: null,
  ...provenance,
}));

/** The commune or ward with this id, or undefined. */
export function findCommune(id: string): Commune | undefined {
  return communes.find((commune) => commune.id === id);
}
