import type { Provenance } from '../catalogue/provenance.ts';

/**
 * A day on which offices are closed.
 * - `statutory`: a holiday of the Labour Code, everybody rests
 * - `swapped`: a working day given free between holidays, worked off on a Saturday; offices of the state only
 */
export interface Holiday extends Provenance {
  readonly day: string;
  readonly name: string;
  readonly kind: 'statutory' | 'swapped';
}

/** A Saturday on which offices of the state work, in exchange for a swapped day. */
export interface MakeUpDay extends Provenance {
  readonly day: string;
  readonly insteadOf: string;
}

const labourCode = { source: 'Bộ luật Lao động 45/2019/QH14 art. 112', standing: 'secondary' } as const;
const notice6150 = {
  source: 'Thông báo 6150/TB-BLĐTBXH of 3/12/2024 on the holidays of 2025, from memory',
  standing: 'unverified',
} as const;
const swap2025 = {
  source: 'The swap of 2/5/2025 against 26/4/2025 as public listings had it, from memory',
  standing: 'unverified',
} as const;
const notice9441 = {
  source: 'Thông báo 9441/TB-BNV of 16/10/2025, as reported by vietbao.vn and vnanet.vn',
  standing: 'secondary',
} as const;
const swap2026NewYear = {
  source: 'Letter 12729/VPCP-KGVX of 25/12/2025, as reported by 24h.com.vn',
  standing: 'secondary',
} as const;
const cultureDay = {
  source: 'Nghị quyết 28/2026/QH16, in force 1/7/2026, as cited by public listings (baochinhphu.vn of 24/4/2026)',
  standing: 'secondary',
} as const;
const expected2027 = {
  source: 'Lunar calendar and the pattern of earlier years; no notice for 2027 was found',
  standing: 'judged',
} as const;

/** The first and the last day of what is known, as `YYYY-MM-DD`: what ends beyond is provisional. */
export const knownDays = { first: '2025-01-01', last: '2027-12-31' } as const;

/** Days in lieu are not listed: they follow from the rest days of each unit (`working-calendar.ts`). */
export const holidays: readonly Holiday[] = [
  { day: '2025-01-01', name: 'Tết Dương lịch', kind: 'statutory', ...labourCode },
  { day: '2025-01-27', name: 'Tết Nguyên đán (28 tháng Chạp)', kind: 'statutory', ...notice6150 },
  { day: '2025-01-28', name: 'Tết Nguyên đán (29 tháng Chạp)', kind: 'statutory', ...notice6150 },
  { day: '2025-01-29', name: 'Tết Nguyên đán (mùng 1)', kind: 'statutory', ...notice6150 },
  { day: '2025-01-30', name: 'Tết Nguyên đán (mùng 2)', kind: 'statutory', ...notice6150 },
  { day: '2025-01-31', name: 'Tết Nguyên đán (mùng 3)', kind: 'statutory', ...notice6150 },
  { day: '2025-04-07', name: 'Giỗ Tổ Hùng Vương', kind: 'statutory', ...labourCode },
  { day: '2025-04-30', name: 'Ngày Chiến thắng', kind: 'statutory', ...labourCode },
  { day: '2025-05-01', name: 'Ngày Quốc tế Lao động', kind: 'statutory', ...labourCode },
  { day: '2025-05-02', name: 'Nghỉ hoán đổi dịp 30/4', kind: 'swapped', ...swap2025 },
  { day: '2025-09-01', name: 'Quốc khánh (ngày liền kề)', kind: 'statutory', ...notice6150 },
  { day: '2025-09-02', name: 'Quốc khánh', kind: 'statutory', ...labourCode },
  { day: '2026-01-01', name: 'Tết Dương lịch', kind: 'statutory', ...labourCode },
  { day: '2026-01-02', name: 'Nghỉ hoán đổi dịp Tết Dương lịch', kind: 'swapped', ...swap2026NewYear },
  { day: '2026-02-16', name: 'Tết Nguyên đán (29 tháng Chạp)', kind: 'statutory', ...notice9441 },
  { day: '2026-02-17', name: 'Tết Nguyên đán (mùng 1)', kind: 'statutory', ...notice9441 },
  { day: '2026-02-18', name: 'Tết Nguyên đán (mùng 2)', kind: 'statutory', ...notice9441 },
  { day: '2026-02-19', name: 'Tết Nguyên đán (mùng 3)', kind: 'statutory', ...notice9441 },
  { day: '2026-02-20', name: 'Tết Nguyên đán (mùng 4)', kind: 'statutory', ...notice9441 },
  { day: '2026-04-26', name: 'Giỗ Tổ Hùng Vương', kind: 'statutory', ...labourCode },
  { day: '2026-04-30', name: 'Ngày Chiến thắng', kind: 'statutory', ...labourCode },
  { day: '2026-05-01', name: 'Ngày Quốc tế Lao động', kind: 'statutory', ...labourCode },
  {
    day: '2026-08-31',
    name: 'Nghỉ hoán đổi dịp Quốc khánh',
    kind: 'swapped',
    source: 'Public listings that show 29/8–2/9/2026 free',
    standing: 'seen-in-code',
  },
  {
    day: '2026-09-01',
    name: 'Quốc khánh (ngày liền kề)',
    kind: 'statutory',
    source: 'Public listings citing Thông báo 9441/TB-BNV',
    standing: 'seen-in-code',
  },
  { day: '2026-09-02', name: 'Quốc khánh', kind: 'statutory', ...labourCode },
  { day: '2026-11-24', name: 'Ngày Văn hóa Việt Nam', kind: 'statutory', ...cultureDay },
  { day: '2027-01-01', name: 'Tết Dương lịch', kind: 'statutory', ...labourCode },
  { day: '2027-02-05', name: 'Tết Nguyên đán (29 tháng Chạp)', kind: 'statutory', ...expected2027 },
  { day: '2027-02-06', name: 'Tết Nguyên đán (mùng 1)', kind: 'statutory', ...expected2027 },
  { day: '2027-02-07', name: 'Tết Nguyên đán (mùng 2)', kind: 'statutory', ...expected2027 },
  { day: '2027-02-08', name: 'Tết Nguyên đán (mùng 3)', kind: 'statutory', ...expected2027 },
  { day: '2027-02-09', name: 'Tết Nguyên đán (mùng 4)', kind: 'statutory', ...expected2027 },
  {
    day: '2027-04-16',
    name: 'Giỗ Tổ Hùng Vương',
    kind: 'statutory',
    source: 'Lunar 10/3, as in public listings',
    standing: 'seen-in-code',
  },
  { day: '2027-04-30', name: 'Ngày Chiến thắng', kind: 'statutory', ...labourCode },
  { day: '2027-05-01', name: 'Ngày Quốc tế Lao động', kind: 'statutory', ...labourCode },
  { day: '2027-09-02', name: 'Quốc khánh', kind: 'statutory', ...labourCode },
  { day: '2027-09-03', name: 'Quốc khánh (ngày liền kề)', kind: 'statutory', ...expected2027 },
  { day: '2027-11-24', name: 'Ngày Văn hóa Việt Nam', kind: 'statutory', ...cultureDay },
];

export const makeUpDays: readonly MakeUpDay[] = [
  { day: '2025-04-26', insteadOf: '2025-05-02', ...swap2025 },
  { day: '2026-01-10', insteadOf: '2026-01-02', ...swap2026NewYear },
  {
    day: '2026-08-22',
    insteadOf: '2026-08-31',
    source: 'Remembered from the notice of October 2025; not read again',
    standing: 'unverified',
  },
];
