import type { DossierAnswer, EventBody } from '../../client/api-client.ts';
import { addWorkingDays, agencyCalendar } from '../../domain/calendar/working-calendar.ts';
import { itemCode } from '../../domain/codes/item-code.ts';
import type { Role } from '../../domain/roles.ts';

/** One event of a road, and who reports it. */
export interface Stage extends Pick<EventBody, 'type' | 'details'> {
  readonly by: Extract<Role, 'clerk' | 'courier' | 'officer'>;
}

const papers = { originals: 2, copies: 1 };
let labels = 30_000_000;
function label(): string {
  return itemCode('RA', String((labels += 1)), 'VN');
}

/** What is reported of a dossier from the counter to the citizen's door, when nothing goes wrong. */
export function roadOf({ charges }: DossierAnswer, now: number): readonly Stage[] {
  const resultDueAt = new Date(addWorkingDays(now, 5, agencyCalendar)).toISOString();
  return [
    {
      by: 'clerk',
      type: 'Collected',
      details: { papers, sealNumber: 'BK-0001', amountCollected: charges.dueAtCollection },
    },
    { by: 'clerk', type: 'Dispatched', details: { itemCode: label() } },
    {
      by: 'officer',
      type: 'HandedToAgency',
      details: { papers, sealIntact: true, feeHandedOver: charges.stateFee, resultDueAt },
    },
    { by: 'officer', type: 'ResultAnnounced', details: {} },
    { by: 'clerk', type: 'ResultCollected', details: { itemCode: label() } },
    { by: 'courier', type: 'OutForDelivery', details: {} },
    {
      by: 'courier',
      type: 'Delivered',
      details: {
        receiver: { name: 'Trần Văn Thí Dụ', relationship: 'spouse' },
        authorityShown: true,
        identityPaper: 'citizen-card',
        evidence: [{ kind: 'signature', sha256: 'a'.repeat(64) }],
        amountCollected: charges.dueOnDelivery,
      },
    },
  ];
}
