import type { FormerDistrict } from './communes.ts';
import { postHours, type OpeningHours } from './opening-hours.ts';
import type { Name, Provenance } from './provenance.ts';
import type { Validity } from './validity.ts';

export interface PostOffice extends Provenance, Validity {
  /** Stable, ours; the post's own office codes are not public. */
  readonly id: string;
  readonly name: Name;
  /** The commune or ward it stands in. */
  readonly communeId: string;
  readonly formerDistrict: FormerDistrict;
  readonly openingHours: OpeningHours;
}

/**
 * District post offices were replaced by commune post offices (Bưu điện xã) on 1/9/2025, as VietnamPlus reported on
 * 18/7/2025.
 */
const seatOfDistrict = {
  validFrom: '2025-09-01',
  validTo: null,
  openingHours: postHours,
  source:
    'Commune post offices since 1/9/2025 (VietnamPlus); that this one keeps the old district office is our reading',
  standing: 'judged',
} as const;

/**
 * The post offices of the former Bắc Kạn through which the pilot runs: the old district seats, and Nà Phặc on the road
 * between them.
 */
export const postOffices: readonly PostOffice[] = [
  {
    id: 'PO-BACKAN',
    name: { vi: 'Bưu điện trung tâm Bắc Kạn', en: 'Bac Kan central post office' },
    communeId: 'CM-01840',
    formerDistrict: 'thanh-pho-bac-kan',
    ...seatOfDistrict,
    source:
      'cchc.backan.gov.vn: the provincial service centre sits in the provincial post office; its name after the merger is our reading',
  },
  {
    id: 'PO-BANGTHANH',
    name: { vi: 'Bưu điện Bằng Thành', en: 'Bang Thanh post office' },
    communeId: 'CM-01864',
    formerDistrict: 'pac-nam',
    ...seatOfDistrict,
  },
  {
    id: 'PO-CHORA',
    name: { vi: 'Bưu điện Chợ Rã', en: 'Cho Ra post office' },
    communeId: 'CM-01912',
    formerDistrict: 'ba-be',
    ...seatOfDistrict,
  },
  {
    id: 'PO-NGANSON',
    name: { vi: 'Bưu điện Ngân Sơn', en: 'Ngan Son post office' },
    communeId: 'CM-01954',
    formerDistrict: 'ngan-son',
    ...seatOfDistrict,
  },
  {
    id: 'PO-NAPHAC',
    name: { vi: 'Bưu điện Nà Phặc', en: 'Na Phac post office' },
    communeId: 'CM-01936',
    formerDistrict: 'ngan-son',
    ...seatOfDistrict,
  },
  {
    id: 'PO-PHUTHONG',
    name: { vi: 'Bưu điện Phủ Thông', en: 'Phu Thong post office' },
    communeId: 'CM-01969',
    formerDistrict: 'bach-thong',
    ...seatOfDistrict,
  },
  {
    id: 'PO-CHODON',
    name: { vi: 'Bưu điện Chợ Đồn', en: 'Cho Don post office' },
    communeId: 'CM-02020',
    formerDistrict: 'cho-don',
    ...seatOfDistrict,
  },
  {
    id: 'PO-CHOMOI',
    name: { vi: 'Bưu điện Chợ Mới', en: 'Cho Moi post office' },
    communeId: 'CM-02086',
    formerDistrict: 'cho-moi',
    ...seatOfDistrict,
  },
  {
    id: 'PO-NARI',
    name: { vi: 'Bưu điện Na Rì', en: 'Na Ri post office' },
    communeId: 'CM-02155',
    formerDistrict: 'na-ri',
    ...seatOfDistrict,
  },
];

/** The post office with this id, or undefined. */
export function findPostOffice(id: string): PostOffice | undefined {
  return postOffices.find((office) => office.id === id);
}
