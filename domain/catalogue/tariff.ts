import type { FormerDistrict } from './communes.ts';
import type { MessageChannel } from '../telling/wish.ts';
import type { Marked, Name, Provenance } from './provenance.ts';
import { holdsOn, type Validity } from './validity.ts';

/**
 * How far the post carries one direction: within a former district (nội huyện), between districts of the province (liên
 * huyện),
 * and to another province of the same region, a neighbouring one, or further (nội vùng, cận vùng, cách vùng).
 */
export const zones = [
  'within-district',
  'between-districts',
  'same-region',
  'adjacent-region',
  'distant-region',
] as const;
export type Zone = (typeof zones)[number];

/** Who pays less postage (TT 22/2017/TT-BTTTT). `payable` is the share of the postage that remains to be paid. */
export interface Exemption extends Provenance {
  readonly id: string;
  readonly name: Name;
  readonly payable: 0 | 0.5;
}

/** One dated table of prices, in đồng. Prices are ceilings set by the ministry; the post may ask for less. */
export interface Tariff extends Provenance, Validity {
  readonly version: string;
  /** The only weight step that was found, in grams. */
  readonly weightUpTo: number;
  /** One direction, by zone. */
  readonly postage: Readonly<Record<Zone, Marked<number>>>;
  /** For handing the state fee over to the agency, per dossier. */
  readonly remittance: Marked<number>;
  /** For the messages that a citizen asks for, per dossier. */
  readonly messages: Readonly<Record<MessageChannel, Marked<number>>>;
  readonly exemptions: readonly Exemption[];
}

const circular = {
  source: 'TT 22/2017/TT-BTTTT as shown at the Khánh Hòa service centre (vnpost.vn/en-us, 91010)',
  standing: 'verified',
} as const;
/** Whoever asks for messages pays for them (TT17 art. 12(2)b); no list of prices was found. */
const assumed = { source: 'six messages of a journey at 500 đồng, our assumption', standing: 'judged' } as const;
const range = {
  source: 'TT 22/2017/TT-BTTTT gives 30,500 to 31,500 for the three inter-provincial zones; the order is our reading',
  standing: 'judged',
} as const;
const exemptions = {
  source: 'TT 22/2017/TT-BTTTT (tothethao.com i360776, khucongnghiep.vinhlong.gov.vn 1433061)',
  standing: 'verified',
} as const;

function half(id: string, vi: string, en: string): Exemption {
  return { id, name: { vi, en }, payable: 0.5, ...exemptions };
}

export const tariffs: readonly Tariff[] = [
  {
    version: 'TT22-2017',
    validFrom: '2018-01-01',
    validTo: null,
    weightUpTo: 100,
    postage: {
      'within-district': { value: 26_000, ...circular },
      'between-districts': { value: 30_000, ...circular },
      'same-region': { value: 30_500, ...range },
      'adjacent-region': { value: 31_000, ...range },
      'distant-region': { value: 31_500, ...range },
    },
    remittance: { value: 8_000, ...circular },
    messages: {
      sms: { value: 3_000, ...assumed },
      zalo: { value: 3_000, ...assumed },
      email: { value: 0, ...assumed },
    },
    exemptions: [
      {
        id: 'pre-1945-revolutionary',
        name: { vi: 'Người hoạt động cách mạng trước ngày 19/8/1945', en: 'Revolutionary activists before 19/8/1945' },
        payable: 0,
        ...exemptions,
      },
      {
        id: 'heroic-mother',
        name: { vi: 'Bà mẹ Việt Nam anh hùng', en: 'Heroic Vietnamese Mothers' },
        payable: 0,
        ...exemptions,
      },
      half('hero', 'Anh hùng Lực lượng vũ trang, Anh hùng Lao động', 'Heroes of the Armed Forces or of Labour'),
      half('war-invalid', 'Thương binh và người hưởng chính sách như thương binh', 'War invalids and equivalents'),
      half('sick-soldier', 'Bệnh binh', 'Sick soldiers'),
      half(
        'toxic-chemicals',
        'Người hoạt động kháng chiến bị nhiễm chất độc hóa học',
        'Resistance fighters exposed to toxic chemicals',
      ),
      half(
        'imprisoned-activist',
        'Người hoạt động cách mạng, kháng chiến bị địch bắt tù, đày',
        'Activists imprisoned by the enemy',
      ),
      half(
        'martyr-family',
        'Vợ, chồng, con đẻ, cha mẹ của liệt sĩ',
        'Spouses, natural children and parents of martyrs',
      ),
      half(
        'poor-household',
        'Hộ nghèo ở nơi có điều kiện đặc biệt khó khăn',
        'Poor households in places with specially difficult conditions',
      ),
    ],
    source: 'Thông tư 22/2017/TT-BTTTT, in force 1/1/2018, ceilings; no successor was found',
    standing: 'verified',
  },
];

/** The tariff in force on the local day `day` (`YYYY-MM-DD`), or undefined before the first one. */
export function tariffOn(day: string): Tariff | undefined {
  return tariffs.find((tariff) => holdsOn(tariff, day));
}

/** The exemption with this id in the tariff, or undefined. */
export function findExemption(tariff: Tariff, id: string): Exemption | undefined {
  return tariff.exemptions.find((exemption) => exemption.id === id);
}

/**
 * The zone between two units of the pilot. Districts are abolished and no new rule was found, so the former districts
 * go on
 * ruling the price: judged.
 */
export function zoneBetween(
  one: { readonly formerDistrict: FormerDistrict },
  other: { readonly formerDistrict: FormerDistrict },
): Extract<Zone, 'within-district' | 'between-districts'> {
  return one.formerDistrict === other.formerDistrict ? 'within-district' : 'between-districts';
}
