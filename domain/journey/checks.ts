import { findPostOffice } from '../catalogue/post-offices.ts';
import { parseItemCode } from '../codes/item-code.ts';
import { arrivalOf, type Report } from './report.ts';
import type { Difference, Dossier } from './dossier.ts';
import type { Detail, Details } from './events.ts';
import type { Refusal } from './refusals.ts';
import type { Check } from './rules.ts';
import type { Name } from '../catalogue/provenance.ts';
import type { Sources } from './sources.ts';

type Judge = (dossier: Dossier, report: Report, receivedAt: number) => Refusal | undefined;

/** What was counted must be what the book knows: at the agency the counts and the fee, at the doors the money. */
const judges: Record<Check, Judge> = {
  'papers-counted': (_dossier, { details: { papers } }) =>
    // An empty envelope is nobody's dossier.
    papers !== undefined && papers.originals + papers.copies === 0
      ? { name: 'ProofMismatch', field: 'papers', expected: '≥ 1', said: countsOf(papers) }
      : undefined,
  'counts-match': (dossier, { details }) => differs('papers', countsOf(dossier.papers), countsOf(details.papers)),
  'seal-intact': (_dossier, { details }) => differs('sealIntact', true, details.sealIntact),
  'fee-matches': ({ charges }, { details }) => differs('feeHandedOver', charges.stateFee, details.feeHandedOver),
  'amount-due-at-collection': ({ charges }, { details }) =>
    differs('amountCollected', charges.dueAtCollection, details.amountCollected),
  'amount-due-on-delivery': ({ charges }, { details }) =>
    differs('amountCollected', charges.dueOnDelivery, details.amountCollected),
  'item-code-free': (dossier, { details: { itemCode } }) => {
    if (itemCode === undefined) return undefined;
    const parsed = parseItemCode(itemCode);
    if (!parsed.ok) return { name: 'ItemCodeRefused', why: parsed.fault };
    return dossier.legs.some((leg) => leg.itemCode === parsed.value)
      ? { name: 'ItemCodeRefused', why: 'used-before' }
      : undefined;
  },
  'dates-ahead': dateFault,
  'post-office-known': (_dossier, { details: { postOfficeId } }) =>
    postOfficeId !== undefined && !findPostOffice(postOfficeId)
      ? { name: 'UnknownPostOffice', postOfficeId, field: 'postOfficeId' }
      : undefined,
};

/** What can be found out of order at a hand-over that has happened all the same: it is recorded, with a dispute. */
const disputable: readonly Check[] = [
  'counts-match',
  'seal-intact',
  'fee-matches',
  'amount-due-at-collection',
  'amount-due-on-delivery',
];

/** Of a physical fact only what cannot be: what differs from the book is a dispute about it (design of the intake). */
export function impossibleOf(checks: readonly Check[]): readonly Check[] {
  return checks.filter((check) => !disputable.includes(check));
}

/** What of a physical fact differs from what the book knew; what it does not say cannot differ. */
export function differencesIn(
  checks: readonly Check[],
  dossier: Dossier,
  report: Report,
  receivedAt: number,
): readonly Difference[] {
  return checks
    .filter((check) => disputable.includes(check))
    .flatMap((check) => {
      const fault = judges[check](dossier, report, receivedAt);
      if (fault?.name !== 'ProofMismatch' || report.details[fault.field] === undefined) return [];
      const { name, ...difference } = fault;
      return [difference];
    });
}

/**
 * The first of these checks that a report does not stand.
 * @param receivedAt epoch milliseconds of the server
 * @returns its refusal: ProofMismatch, ItemCodeRefused, DateRefused or UnknownPostOffice
 */
export function faultIn(
  checks: readonly Check[],
  dossier: Dossier,
  report: Report,
  receivedAt: number,
): Refusal | undefined {
  for (const check of checks) {
    const refusal = judges[check](dossier, report, receivedAt);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Originals and copies, in figures that need no translation. */
function countsOf(papers: Details['papers']): string {
  return papers ? `${papers.originals} + ${papers.copies}` : '0 + 0';
}

function differs(
  field: Detail,
  expected: string | number | boolean,
  said: string | number | boolean | undefined,
): Refusal | undefined {
  return expected === said
    ? undefined
    : { name: 'ProofMismatch', field, expected: String(expected), said: String(said) };
}

/** A Standard execution lives a year; a date further away than this would outlive it. */
const farthestDate = 300 * 24 * 3_600_000;

function dateFault(dossier: Dossier, report: Report, receivedAt: number): Refusal | undefined {
  const { appointment, resultDueAt, nextAttemptAt } = report.details;
  const dates: [Detail, number | undefined][] = [
    ['appointment', appointment?.until],
    ['resultDueAt', resultDueAt],
    ['nextAttemptAt', nextAttemptAt],
  ];
  for (const [field, date] of dates) {
    if (date === undefined) continue;
    if (date > receivedAt + farthestDate) return { name: 'DateRefused', field, why: 'too-far' };
    // Agreed for a day before it was agreed: a deadline that has passed before it begins.
    if (date < arrivalOf(dossier, report, receivedAt)) return { name: 'DateRefused', field, why: 'in-the-past' };
  }
  return appointment && appointment.until <= appointment.from
    ? { name: 'DateRefused', field: 'appointment', why: 'ends-before-it-begins' }
    : undefined;
}

/** What each check holds a report to, and why. */
export const checkFacts: Readonly<Record<Check, Name & { readonly why: Sources }>> = {
  'papers-counted': { vi: 'có giấy tờ để đếm', en: 'there is something to count', why: ['QĐ45 6(2)'] },
  'counts-match': { vi: 'số giấy tờ khớp với phiếu', en: 'the counts are those of the slip', why: ['QĐ45 7(2)'] },
  'seal-intact': { vi: 'niêm phong còn nguyên', en: 'the seal is whole', why: ['QĐ45 6(5)', 'judged: sealChecked'] },
  'fee-matches': { vi: 'lệ phí nộp đủ', en: 'the fee is handed over whole', why: ['QĐ45 7(5)', 'QĐ45 15(2)'] },
  'amount-due-at-collection': {
    vi: 'thu đúng số tiền khi nhận',
    en: 'what is due at collection is paid',
    why: ['QĐ45 6(6)', 'QĐ45 12(3)', 'judged: checkMoney'],
  },
  'amount-due-on-delivery': {
    vi: 'thu đúng số tiền khi phát',
    en: 'what is due on delivery is paid',
    why: ['QĐ45 12(3)', 'judged: checkMoney'],
  },
  'item-code-free': {
    vi: 'mã bưu gửi chưa ai dùng',
    en: 'the item code is on no other item',
    why: ['judged: itemOnce'],
  },
  'dates-ahead': { vi: 'ngày hẹn ở phía trước', en: 'dates lie ahead', why: ['judged: datesAhead'] },
  'post-office-known': {
    vi: 'bưu cục có trong danh mục',
    en: 'the post office is listed',
    why: ['judged: knownOffice'],
  },
};
