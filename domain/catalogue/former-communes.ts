import type { Provenance } from './provenance.ts';
import type { Validity } from './validity.ts';

/** A commune, ward or town that went up into another on 1/7/2025; people and old papers still name it. */
export interface FormerCommune extends Provenance, Validity {
  /** Vietnamese, with its kind, e.g. `xã Bộc Bố`. */
  readonly name: string;
  /** The commune or ward that it belongs to now. */
  readonly successorId: string;
}

const provenance = {
  source:
    'NQ 1683/NQ-UBTVQH15 of 16/6/2025, as public copies of it list the units merged; kept as they were named then',
  standing: 'secondary',
  validFrom: '2020-01-01',
  validTo: '2025-06-30',
} as const;

/**
 * What each of today's units was made of, by its national code. Communes have no mark, a ward has `P.`, a town `TT.`
 * before its name. Thượng Quan alone went on as it was.
 */
const mergedInto: Readonly<Record<string, string>> = {
  '01840': 'P. Đức Xuân, P. Nguyễn Thị Minh Khai, P. Huyền Tụng',
  '01843': 'P. Sông Cầu, P. Phùng Chí Kiên, P. Xuất Hóa, Nông Thượng',
  '01849': 'Dương Quang, Đôn Phong',
  '01864': 'Bộc Bố, Nhạn Môn, Giáo Hiệu, Bằng Thành',
  '01879': 'Công Bằng, Cổ Linh, Cao Tân',
  '01882': 'Xuân La, An Thắng, Nghiên Loan',
  '01894': 'Bành Trạch, Hà Hiệu, Phúc Lộc',
  '01906': 'Cao Thượng, Nam Mẫu, Khang Ninh',
  '01912': 'TT. Chợ Rã, Thượng Giáo, Địa Linh',
  '01921': 'Yến Dương, Chu Hương, Mỹ Phương',
  '01933': 'Quảng Khê, Hoàng Trĩ, Bằng Phúc, Đồng Phúc',
  '01936': 'TT. Nà Phặc, Trung Hòa',
  '01942': 'Thượng Ân, Bằng Vân',
  '01954': 'TT. Vân Tùng, Cốc Đán, Đức Vân',
  '01957': 'Thượng Quan',
  '01960': 'Thuần Mang, Hiệp Lực',
  '01969': 'TT. Phủ Thông, Vi Hương, Tân Tú, Lục Bình',
  '01981': 'Sỹ Bình, Vũ Muộn, Cao Sơn',
  '02008': 'Quân Hà, Nguyên Phúc, Mỹ Thanh, Cẩm Giàng',
  '02014': 'Đồng Thắng, Dương Phong, Quang Thuận',
  '02020': 'TT. Bằng Lũng, Ngọc Phái, Phương Viên, Bằng Lãng',
  '02026': 'Xuân Lạc, Đồng Lạc, Nam Cường',
  '02038': 'Tân Lập, Quảng Bạch',
  '02044': 'Bản Thi, Yên Thượng, Yên Thịnh',
  '02071': 'Lương Bằng, Bình Trung, Nghĩa Tá',
  '02083': 'Đại Sảo, Yên Mỹ, Yên Phong',
  '02086': 'TT. Đồng Tâm, Quảng Chu, Như Cố',
  '02101': 'Thanh Vận, Mai Lạp, Thanh Mai',
  '02104': 'Tân Sơn, Cao Kỳ, Hòa Mục',
  '02107': 'Nông Hạ, Thanh Thịnh',
  '02116': 'Yên Cư, Bình Văn, Yên Hân',
  '02143': 'Kim Hỷ, Lương Thượng, Văn Lang',
  '02152': 'Văn Vũ, Cường Lợi',
  '02155': 'TT. Yến Lạc, Sơn Thành, Kim Lư',
  '02176': 'Văn Minh, Cư Lễ, Trần Phú',
  '02185': 'Quang Phong, Dương Sơn, Côn Minh',
  '02191': 'Đổng Xá, Liêm Thủy, Xuân Dương',
};

function named(unit: string): string {
  if (unit.startsWith('P. ')) return `phường ${unit.slice(3)}`;
  return unit.startsWith('TT. ') ? `thị trấn ${unit.slice(4)}` : `xã ${unit}`;
}

export const formerCommunes: readonly FormerCommune[] = Object.entries(mergedInto).flatMap(([code, units]) =>
  units.split(', ').map((unit) => ({ name: named(unit), successorId: `CM-${code}`, ...provenance })),
);
