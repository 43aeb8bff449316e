import { legDays } from '../journey/terms.ts';
import type { Name } from './provenance.ts';
import { zones, type Zone } from './tariff.ts';

/** How far each direction is carried, in words. */
export const zoneWords: Readonly<Record<Zone, Name>> = {
  'within-district': { vi: 'Nội huyện (theo huyện cũ)', en: 'Within a former district' },
  'between-districts': { vi: 'Liên huyện, nội tỉnh', en: 'Between former districts of the province' },
  'same-region': { vi: 'Liên tỉnh, nội vùng', en: 'Another province of the same region' },
  'adjacent-region': { vi: 'Liên tỉnh, cận vùng', en: 'A neighbouring region' },
  'distant-region': { vi: 'Liên tỉnh, cách vùng', en: 'A distant region' },
};

/** What the post has to promise and to publish (TT17 art. 6(1)): safety, time of the whole way, time for complaints. */
export const serviceQuality = {
  validFrom: '2017-08-15',
  validTo: null,
  source: 'TT 17/2017/TT-BTTTT art. 6 to 8, in force 15/8/2017',
  standing: 'verified',
  /** Share of dossiers and results that arrive unharmed, but for force majeure (TT17 art. 7(1)). */
  safetyPercent: 100,
  /** J + n working days; doubled where an appointment slip is brought as well (TT17 art. 7(2)đ and e). */
  times: zones.map((zone) => ({ zone, workingDays: legDays[zone], withSlip: 2 * legDays[zone] })),
  /** How long one may complain, from the end of the way (TT17 art. 8(1)a). */
  complaintMonths: 6,
  /** Working days for an answer, within the province and beyond (TT17 art. 8(1)b). */
  answerWithinProvince: 5,
  answerBeyond: 7,
} as const;
