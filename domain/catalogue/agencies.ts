import { communes, type Commune, type FormerDistrict } from './communes.ts';
import { agencyHours, type OpeningHours } from './opening-hours.ts';
import type { Competence, Procedure } from './procedures.ts';
import type { Name, Provenance } from './provenance.ts';
import type { Validity } from './validity.ts';

/** An office of the state that takes dossiers in and gives results out. */
export interface Agency extends Provenance, Validity {
  /** Stable, ours: `AG-...`. */
  readonly id: string;
  readonly name: Name;
  readonly kind: 'service-centre' | 'department' | 'commune';
  /** The commune or ward of the pilot it sits in; `null` when it sits in the new province's seat, outside the pilot. */
  readonly communeId: string | null;
  readonly formerDistrict: FormerDistrict;
  /** Whose dossiers its counter takes. Reception no longer follows administrative borders (NĐ 118/2025). */
  readonly takes: readonly Competence[];
  readonly openingHours: OpeningHours;
}

const everything: readonly Competence[] = [
  'commune',
  'commune-police',
  'justice',
  'police',
  'construction',
  'land-office',
  'social-insurance',
];
const sinceMerger = { validFrom: '2025-07-01', validTo: null, openingHours: agencyHours } as const;
const inBacKan = { communeId: 'CM-01840', formerDistrict: 'thanh-pho-bac-kan' } as const;
const inThaiNguyen = { communeId: null, formerDistrict: 'thanh-pho-thai-nguyen' } as const;

const serviceCentres: readonly Agency[] = [
  {
    id: 'AG-PASC-BACKAN',
    name: {
      vi: 'Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên, điểm tiếp nhận Bắc Kạn',
      en: 'Thai Nguyen public administrative service centre, Bac Kan reception point',
    },
    kind: 'service-centre',
    ...inBacKan,
    takes: everything,
    ...sinceMerger,
    source:
      'cchc.backan.gov.vn (QĐ 955/QĐ-UBND): the centre sits in the provincial post office; that the point stayed open after the merger is our reading',
    standing: 'judged',
  },
  {
    id: 'AG-PASC-THAINGUYEN',
    name: {
      vi: 'Trung tâm Phục vụ hành chính công tỉnh Thái Nguyên',
      en: 'Thai Nguyen public administrative service centre',
    },
    kind: 'service-centre',
    ...inThaiNguyen,
    takes: everything,
    ...sinceMerger,
    source: 'NĐ 118/2025/NĐ-CP: one provincial centre, reception independent of borders (laodong.vn, vneconomy.vn)',
    standing: 'secondary',
  },
];

function department(id: string, vi: string, en: string, takes: readonly Competence[]): Agency {
  return {
    id,
    name: { vi, en },
    kind: 'department',
    ...inThaiNguyen,
    takes,
    ...sinceMerger,
    source: 'Departments every province has; which of them answers which procedure after the merger is our reading',
    standing: 'judged',
  };
}

const departments: readonly Agency[] = [
  department('AG-SO-TU-PHAP', 'Sở Tư pháp tỉnh Thái Nguyên', 'Thai Nguyen department of justice', ['justice']),
  department('AG-SO-XAY-DUNG', 'Sở Xây dựng tỉnh Thái Nguyên', 'Thai Nguyen department of construction', [
    'construction',
  ]),
  department('AG-CONG-AN-TINH', 'Công an tỉnh Thái Nguyên', 'Thai Nguyen provincial police', ['police']),
  department('AG-DAT-DAI', 'Văn phòng Đăng ký đất đai tỉnh Thái Nguyên', 'Thai Nguyen land registration office', [
    'land-office',
  ]),
  department('AG-BHXH', 'Bảo hiểm xã hội tỉnh Thái Nguyên', 'Thai Nguyen social insurance', ['social-insurance']),
];

/** Every commune and ward has its People's Committee, with one counter for its own procedures and its police's. */
function peoplesCommittee(commune: Commune): Agency {
  return {
    id: `AG-UBND-${commune.code}`,
    name: { vi: `Ủy ban nhân dân ${commune.name.vi}`, en: `People's Committee of ${commune.name.en}` },
    kind: 'commune',
    communeId: commune.id,
    formerDistrict: commune.formerDistrict,
    takes: ['commune', 'commune-police'],
    ...sinceMerger,
    source: commune.source,
    standing: commune.standing,
  };
}

export const agencies: readonly Agency[] = [...serviceCentres, ...departments, ...communes.map(peoplesCommittee)];

/** The agency with this id, or undefined. */
export function findAgency(id: string): Agency | undefined {
  return agencies.find((agency) => agency.id === id);
}

/** Whether dossiers of this procedure may be handed in at this agency's counter. */
export function agencyTakes(agency: Agency, procedure: Procedure): boolean {
  return agency.takes.includes(procedure.competence);
}
