import type { Provenance } from './provenance.ts';

/** When a counter is open on its working days: spans from–to in minutes after local midnight. */
export interface OpeningHours extends Provenance {
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  readonly spans: readonly { readonly from: number; readonly to: number }[];
}

const officeDay = [
  { from: 7 * 60, to: 11 * 60 + 30 },
  { from: 13 * 60 + 30, to: 17 * 60 },
] as const;

/** Counters of agencies: 07:00–11:30 and 13:30–17:00, Monday to Friday. */
export const agencyHours: OpeningHours = {
  weekdays: [1, 2, 3, 4, 5],
  spans: officeDay,
  source: 'Hours of a deployed provincial one-stop system',
  standing: 'seen-in-code',
};

/** Counters of post offices: the same hours, Saturdays too. */
export const postHours: OpeningHours = {
  weekdays: [1, 2, 3, 4, 5, 6],
  spans: officeDay,
  source: 'Taken to follow the agencies; every office posts its own hours',
  standing: 'judged',
};
