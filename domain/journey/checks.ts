import { endOfMonths, termCalendar } from '../calendar/working-calendar.ts';
import { findAgency } from '../catalogue/agencies.ts';
import { findPostOffice } from '../catalogue/post-offices.ts';
import { findProcedure } from '../catalogue/procedures.ts';
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
  'documents-listed': listFault,
  'documents-all-there': (_dossier, { details: { documents = [] } }) => {
    const wanting = documents.filter(({ state = 'accepted' }) => state !== 'accepted');
    return wanting.length === 0
      ? undefined
      : {
          name: 'ProofMismatch',
          field: 'documents',
          expected: 'accepted',
          said: wanting.map(({ document, state }) => `${document}: ${state}`).join(', '),
        };
  },
  'receiver-entitled': (_dossier, { details: { receiver, authorityShown } }) =>
    receiver !== undefined && receiver.relationship !== 'self' && authorityShown !== true
      ? { name: 'ProofMismatch', field: 'receiver', expected: 'self, or authorityShown', said: receiver.relationship }
      : undefined,
  'signed': (_dossier, { details: { evidence } }) =>
    evidence !== undefined && !evidence.some(({ kind }) => kind !== 'photo')
      ? { name: 'ProofMismatch', field: 'evidence', expected: 'signature', said: 'photo' }
      : undefined,
  'receipt-shown': (_dossier, { details: { receiptShown } }) => differs('receiptShown', true, receiptShown),
  'within-window': (dossier, report, receivedAt) => tooLate(report, receivedAt, dossier.since + day),
  'complaint-in-time': (dossier, report, receivedAt) => {
    const until = complaintUntil(dossier, report.details.complaint);
    return until === undefined ? undefined : tooLate(report, receivedAt, until);
  },
  'unit-known': (_dossier, { details: { succession } }) => {
    if (succession === undefined) return undefined;
    const { unit, successor } = succession;
    if (findAgency(unit)) return findAgency(successor) ? undefined : { name: 'UnknownAgency', agencyId: successor };
    return findPostOffice(successor)
      ? undefined
      : { name: 'UnknownPostOffice', postOfficeId: successor, field: 'succession' };
  },
};

const day = 24 * 3_600_000;

/** Whoever's clock runs ahead is no later than he is received. */
function tooLate({ type: on, occurredAt }: Report, receivedAt: number, until: number): Refusal | undefined {
  return Math.min(occurredAt, receivedAt) > until ? { name: 'TooLate', on, until } : undefined;
}

/**
 * How long a complaint may be made: of loss and delay six months from the end of the time of the way, of damage and
 * price a month from delivery (Law on Post art. 38(2)).
 * @returns epoch milliseconds; undefined where the time has not begun
 */
function complaintUntil(dossier: Dossier, complaint: Details['complaint']): number | undefined {
  const { place, since, wayEndsAt, acceptedAt } = dossier;
  if (complaint === 'loss' || complaint === 'delay')
    return endOfMonths(wayEndsAt ?? acceptedAt ?? since, 6, termCalendar);
  return place === 'Delivered' || place === 'ReturnedToCitizen' ? endOfMonths(since, 1, termCalendar) : undefined;
}

/** Nothing beyond the published list, no line twice, and the counts are those of the lines (QĐ45 art. 6(2)-(3)). */
function listFault({ procedureCode }: Dossier, { details: { documents, papers } }: Report): Refusal | undefined {
  if (documents === undefined) return undefined;
  const listed = findProcedure(procedureCode)?.papers.value;
  const beyond = documents.find(({ document }) => document !== 'result' && listed && document >= listed.length);
  if (beyond)
    return {
      name: 'ProofMismatch',
      field: 'documents',
      expected: `0-${(listed?.length ?? 1) - 1}`,
      said: String(beyond.document),
    };
  const lines = documents.map(({ document, form }) => `${document} ${form}`);
  const twice = lines.find((line, index) => lines.indexOf(line) !== index);
  if (twice !== undefined)
    return { name: 'ProofMismatch', field: 'documents', expected: 'each line once', said: twice };
  const counted = (form: 'original' | 'copy'): number =>
    documents
      .filter((line) => line.form === form && line.state !== 'missing')
      .reduce((sum, { count }) => sum + count, 0);
  const sum = { originals: counted('original'), copies: counted('copy') };
  return papers === undefined ? undefined : differs('papers', countsOf(sum), countsOf(papers));
}

/** What can be found out of order at a hand-over that has happened all the same: it is recorded, with a dispute. */
const disputable: readonly Check[] = [
  'counts-match',
  'seal-intact',
  'fee-matches',
  'amount-due-at-collection',
  'amount-due-on-delivery',
  'documents-all-there',
  'receiver-entitled',
  'signed',
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
  'documents-listed': {
    vi: 'chỉ gồm giấy tờ đã công bố, mỗi dòng một lần, tổng khớp số tờ',
    en: 'the list holds what is published, each line once, and adds up',
    why: ['QĐ45 6(2)', 'QĐ45 16(5)b', 'judged: listedOnly'],
  },
  'documents-all-there': {
    vi: 'từng giấy tờ có đủ, không hư hỏng',
    en: 'every document is there and whole',
    why: ['QĐ45 7(2)', 'TT17 5(1)e', 'TT17 5(2)đ'],
  },
  'receiver-entitled': {
    vi: 'người nhận là chính chủ, hoặc có giấy ủy quyền',
    en: 'the receiver is the person, or shows an authority',
    why: ['QĐ45 10(2)', 'TT17 5(2)d'],
  },
  'signed': { vi: 'hai bên cùng ký', en: 'both sides have signed', why: ['QĐ45 10(3)', 'TT17 5(2)đ'] },
  'receipt-shown': {
    vi: 'có chứng từ chứng minh việc gửi',
    en: 'the sending is proven',
    why: ['LuậtBC 16(2)', 'judged: receiptShown'],
  },
  'within-window': { vi: 'trong một ngày từ khi ghi', en: 'within a day', why: ['judged: cancelDelivery'] },
  'complaint-in-time': {
    vi: 'còn thời hiệu khiếu nại',
    en: 'the time to complain has not run out',
    why: ['TT17 8(1)a', 'LuậtBC 38(2)a', 'LuậtBC 38(2)b', 'judged: complaintDay'],
  },
  'unit-known': { vi: 'đơn vị kế thừa có trong danh mục', en: 'the successor is listed', why: ['judged: unitKnown'] },
  'post-office-known': {
    vi: 'bưu cục có trong danh mục',
    en: 'the post office is listed',
    why: ['judged: knownOffice'],
  },
};
