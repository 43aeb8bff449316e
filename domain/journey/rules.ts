import type { actors } from '../roles.ts';
import { proofs, type Detail, type EventType, type outcomes, type solutions } from './events.ts';
import { isEnd, places, type Place } from './places.ts';
import type { Sources } from './sources.ts';

/**
 * Who may report an event. `clock` is the state machine when a deadline ran out, `messenger` the system itself when it
 * has sent somebody a message; a citizen speaks through the portal or
 * a clerk; ops by previewed commands, for many dossiers at once.
 */
export type Actor = (typeof actors)[number];

/**
 * One line of the law: paper in `from` moves to `to` when `by` reports `on` with what `requires` names. What it says is
 * data; the names are looked up in `guards.ts`, `checks.ts` and `effects.ts`.
 */
export interface Rule {
  readonly from: Place;
  readonly on: EventType;
  readonly to: Place;
  readonly by: readonly Actor[];
  readonly requires: readonly Detail[];
  /** Of the roles in `by`, only the unit that registered the dossier. */
  readonly only?: 'registering-unit';
  /** Also welcome, never demanded. */
  readonly allows?: readonly Detail[];
  /** Holds only for dossiers of which this is true. */
  readonly when?: DossierCondition;
  /** Holds only for reports of which this is true. */
  readonly saying?: DetailCondition;
  /** What is held against the book before the step is granted, in this order. */
  readonly checks?: readonly Check[];
  /** What the step changes beside the place. */
  readonly effects?: readonly Effect[];
  /** The way a dossier goes when nothing goes wrong: the `Next` of its state. Every other way is a named `Catch`. */
  readonly happy?: true;
  /** The first edition of the law that has it. A released rule is never edited, only ended, and another one added. */
  readonly since: number;
  /** The first edition that has it no more. */
  readonly until?: number;
  /** Where it is written, or what is assumed where it is written nowhere. */
  readonly why: Sources;
}

/** The law's edition: events say under which one they were decided. Raised when rules are added or ended. */
export const lawEdition = 7;

export type DossierCondition =
  | 'sent-by-post'
  | 'pickup-asked'
  | 'lodged-in-person'
  | 'result-by-post'
  | 'result-at-agency'
  | 'pickups-left'
  | 'pickups-spent'
  | 'deliveries-left'
  | 'deliveries-spent'
  | 'lost-before-agency'
  | 'lost-after-agency'
  | 'fee-unknown'
  | 'invited-twice'
  | `lost-from-${Place}`;
export type DetailCondition =
  | (typeof outcomes)[number]
  | (typeof solutions)[number]
  | 'agency-signs'
  | 'record-brought'
  | 'undeliverable'
  | 'absent'
  | 'not-reached'
  | 'unreturnable'
  | 'by-post'
  | 'at-agency';

/** What a report is held against. */
export type Check =
  | 'papers-counted'
  | 'counts-match'
  | 'seal-intact'
  | 'fee-matches'
  | 'amount-due-at-collection'
  | 'amount-due-on-delivery'
  | 'item-code-free'
  | 'dates-ahead'
  | 'post-office-known'
  | 'documents-listed'
  | 'documents-all-there'
  | 'receiver-entitled'
  | 'signed'
  | 'receipt-shown'
  | 'within-window'
  | 'complaint-in-time'
  | 'unit-known';

/** What an event changes beside the place of the paper. */
export const effectNames = [
  'take-papers-in',
  'note-official-code',
  'set-result-date',
  'open-inbound-leg',
  'open-result-leg',
  'count-pickup',
  'count-delivery',
  'redirect',
  'remember-where-lost',
  'remind',
  'set-aside',
  'open-side-leg',
  'close-side-leg',
  'open-return-leg',
  'note-invitation',
  'set-return-way',
  'charge',
  'reseal',
  'succeed',
  'move-dates',
  'end-term',
  'replace-tracking-code',
] as const;
export type Effect = (typeof effectNames)[number];

const post = ['clerk', 'courier'] as const;
/** Who may sign at the agency's counter: its officer; where he does not log in, the post brings the signed record. */
const handover = ['officer', ...post] as const;

/** What earlier editions brought, most of it still in force. */
const released: readonly Rule[] = [
  {
    from: 'Registered',
    on: 'Collected',
    to: 'Collected',
    by: post,
    requires: ['papers', 'sealNumber', 'amountCollected'],
    allows: ['evidence'],
    when: 'sent-by-post',
    checks: ['papers-counted', 'amount-due-at-collection'],
    effects: ['take-papers-in'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 6(2)', 'QĐ45 6(5)', 'QĐ45 6(6)'],
  },
  {
    from: 'Registered',
    on: 'PickupAgreed',
    to: 'PickupScheduled',
    by: post,
    requires: ['appointment'],
    when: 'pickup-asked',
    checks: ['dates-ahead'],
    since: 1,
    why: ['QĐ45 6(1)', 'judged: pickupByPhone'],
  },
  {
    from: 'Registered',
    on: 'LodgedAtAgency',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['resultDueAt'],
    allows: ['papers', 'officialCode'],
    when: 'lodged-in-person',
    checks: ['dates-ahead'],
    effects: ['note-official-code', 'set-result-date'],
    since: 1,
    until: 5,
    why: ['QĐ45 5(2)', 'QĐ45 16(3)b'],
  },
  {
    from: 'Registered',
    on: 'Cancelled',
    to: 'Cancelled',
    by: ['portal', 'clerk'],
    requires: ['reason'],
    since: 1,
    why: ['judged: cancelBefore'],
  },
  {
    from: 'Registered',
    on: 'RegistrationLapsed',
    to: 'Cancelled',
    by: ['clock'],
    requires: [],
    since: 1,
    why: ['judged: lapse'],
  },

  {
    from: 'PickupScheduled',
    on: 'Collected',
    to: 'Collected',
    by: post,
    requires: ['papers', 'sealNumber', 'amountCollected'],
    allows: ['evidence'],
    checks: ['papers-counted', 'amount-due-at-collection'],
    effects: ['take-papers-in'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 6(1)', 'QĐ45 6(2)', 'QĐ45 6(5)', 'QĐ45 6(6)'],
  },
  {
    from: 'PickupScheduled',
    on: 'PickupAgreed',
    to: 'PickupScheduled',
    by: post,
    requires: ['appointment'],
    checks: ['dates-ahead'],
    since: 1,
    why: ['QĐ45 6(1)', 'judged: pickupByPhone'],
  },
  {
    from: 'PickupScheduled',
    on: 'PickupFailed',
    to: 'Registered',
    by: post,
    requires: ['reason'],
    allows: ['evidence'],
    when: 'pickups-left',
    effects: ['count-pickup'],
    since: 1,
    why: ['judged: threePickups'],
  },
  {
    from: 'PickupScheduled',
    on: 'PickupFailed',
    to: 'Cancelled',
    by: post,
    requires: ['reason'],
    allows: ['evidence'],
    when: 'pickups-spent',
    effects: ['count-pickup'],
    since: 1,
    why: ['judged: threePickups'],
  },
  {
    from: 'PickupScheduled',
    on: 'Cancelled',
    to: 'Cancelled',
    by: ['portal', 'clerk'],
    requires: ['reason'],
    since: 1,
    why: ['judged: cancelBefore'],
  },

  {
    from: 'Collected',
    on: 'Dispatched',
    to: 'InTransitToAgency',
    by: post,
    requires: ['itemCode'],
    checks: ['item-code-free'],
    effects: ['open-inbound-leg'],
    happy: true,
    since: 1,
    why: ['TT17 5(1)đ'],
  },
  {
    from: 'Collected',
    on: 'Withdrawn',
    to: 'ReturningToCitizen',
    by: ['portal', 'clerk'],
    requires: ['reason'],
    since: 1,
    until: 5,
    why: ['LuậtBC 16(1)', 'LuậtBC 16(2)'],
  },

  {
    from: 'InTransitToAgency',
    on: 'HandedToAgency',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['papers', 'sealIntact', 'feeHandedOver', 'resultDueAt'],
    allows: ['officialCode', 'evidence'],
    checks: ['counts-match', 'seal-intact', 'fee-matches', 'dates-ahead'],
    effects: ['note-official-code', 'set-result-date'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 7(2)', 'QĐ45 7(3)', 'QĐ45 7(4)', 'QĐ45 7(5)', 'TT17 5(1)g', 'TT17 5(1)h'],
  },
  {
    from: 'InTransitToAgency',
    on: 'HandoverDisputed',
    to: 'HandoverDisputed',
    by: ['officer', 'courier'],
    requires: ['reason'],
    allows: ['papers', 'sealIntact', 'feeHandedOver', 'evidence'],
    since: 1,
    until: 5,
    why: ['QĐ45 7(2)', 'judged: dispute'],
  },
  {
    from: 'InTransitToAgency',
    on: 'ReportedMissing',
    to: 'Missing',
    by: post,
    requires: ['reason'],
    effects: ['remember-where-lost'],
    since: 1,
    why: ['QĐ45 14(1)', 'judged: missing'],
  },

  {
    from: 'HandoverDisputed',
    on: 'DisputeSettled',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['outcome', 'resultDueAt'],
    allows: ['officialCode', 'evidence'],
    saying: 'accepted',
    checks: ['dates-ahead'],
    effects: ['note-official-code', 'set-result-date'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 7(3)', 'QĐ45 7(4)', 'judged: dispute'],
  },
  {
    from: 'HandoverDisputed',
    on: 'DisputeSettled',
    to: 'ReturningToCitizen',
    by: ['officer'],
    requires: ['outcome', 'reason'],
    allows: ['evidence'],
    saying: 'returned',
    since: 1,
    until: 5,
    why: ['judged: dispute'],
  },

  {
    from: 'AtAgency',
    on: 'ResultAnnounced',
    to: 'ResultReady',
    by: ['officer'],
    requires: [],
    allows: ['officialCode'],
    when: 'result-by-post',
    effects: ['note-official-code'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 8(4)', 'QĐ45 16(3)c'],
  },
  {
    from: 'AtAgency',
    on: 'ResultAnnounced',
    to: 'Completed',
    by: ['officer'],
    requires: [],
    allows: ['officialCode'],
    when: 'result-at-agency',
    effects: ['note-official-code'],
    since: 1,
    until: 5,
    why: ['QĐ45 8(4)', 'judged: atAgencyHanded'],
  },
  {
    from: 'AtAgency',
    on: 'SupplementRequested',
    to: 'SupplementRequested',
    by: ['officer'],
    requires: ['reason'],
    since: 1,
    why: ['QĐ45 7(4)'],
  },
  {
    from: 'AtAgency',
    on: 'DueDateMoved',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['resultDueAt', 'reason'],
    checks: ['dates-ahead'],
    effects: ['set-result-date'],
    since: 1,
    why: ['QĐ45 13(5)', 'judged: dueMoved'],
  },
  {
    from: 'AtAgency',
    on: 'Refused',
    to: 'ReturningToCitizen',
    by: ['officer'],
    requires: ['reason'],
    since: 1,
    until: 5,
    why: ['judged: carriedBack'],
  },
  {
    from: 'AtAgency',
    on: 'Stopped',
    to: 'ReturningToCitizen',
    by: ['officer'],
    requires: ['reason'],
    since: 1,
    until: 5,
    why: ['judged: carriedBack'],
  },
  {
    from: 'AtAgency',
    on: 'Withdrawn',
    to: 'ReturningToCitizen',
    by: ['officer'],
    requires: ['reason'],
    since: 1,
    until: 5,
    why: ['judged: carriedBack'],
  },

  {
    from: 'SupplementRequested',
    on: 'SupplementReceived',
    to: 'AtAgency',
    by: ['officer'],
    requires: [],
    allows: ['papers', 'resultDueAt'],
    checks: ['dates-ahead'],
    effects: ['set-result-date'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 7(4)'],
  },
  {
    from: 'SupplementRequested',
    on: 'SupplementLapsed',
    to: 'ReturningToCitizen',
    by: ['clock'],
    requires: [],
    since: 1,
    until: 5,
    why: ['judged: supplementLapse'],
  },

  {
    from: 'ResultReady',
    on: 'ResultCollected',
    to: 'ResultInTransit',
    by: post,
    requires: ['itemCode'],
    allows: ['papers', 'evidence'],
    checks: ['item-code-free'],
    effects: ['open-result-leg'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 9(1)a', 'QĐ45 9(2)', 'QĐ45 9(3)', 'TT17 5(2)a', 'TT17 5(2)b'],
  },

  {
    from: 'ResultInTransit',
    on: 'OutForDelivery',
    to: 'OutForDelivery',
    by: post,
    requires: [],
    happy: true,
    since: 1,
    why: ['TT17 5(2)c', 'judged: outAgain'],
  },
  {
    from: 'ResultInTransit',
    on: 'Redirected',
    to: 'ResultInTransit',
    by: ['portal', 'clerk'],
    requires: ['postOfficeId'],
    allows: ['reason'],
    checks: ['post-office-known'],
    effects: ['redirect'],
    since: 1,
    until: 5,
    why: ['LuậtBC 16(3)'],
  },
  {
    from: 'ResultInTransit',
    on: 'ReportedMissing',
    to: 'Missing',
    by: post,
    requires: ['reason'],
    effects: ['remember-where-lost'],
    since: 1,
    why: ['QĐ45 14(1)', 'judged: missing'],
  },

  {
    from: 'OutForDelivery',
    on: 'Delivered',
    to: 'Delivered',
    by: ['courier'],
    requires: ['receiver', 'evidence', 'amountCollected'],
    checks: ['amount-due-on-delivery'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 10(1)', 'QĐ45 10(3)', 'TT17 5(2)d', 'TT17 5(2)đ'],
  },
  {
    from: 'OutForDelivery',
    on: 'DeliveryFailed',
    to: 'AwaitingRedelivery',
    by: ['courier'],
    requires: ['reason', 'solution', 'nextAttemptAt'],
    allows: ['evidence'],
    when: 'deliveries-left',
    saying: 'redeliver',
    checks: ['dates-ahead'],
    effects: ['count-delivery'],
    since: 1,
    why: ['LuậtBC 17(1)d', 'judged: threeDeliveries'],
  },
  {
    from: 'OutForDelivery',
    on: 'DeliveryFailed',
    to: 'HeldAtPostOffice',
    by: ['courier'],
    requires: ['reason', 'solution'],
    allows: ['evidence', 'nextAttemptAt'],
    when: 'deliveries-spent',
    saying: 'redeliver',
    checks: ['dates-ahead'],
    effects: ['count-delivery'],
    since: 1,
    why: ['LuậtBC 17(1)d', 'judged: threeDeliveries'],
  },
  {
    from: 'OutForDelivery',
    on: 'DeliveryFailed',
    to: 'HeldAtPostOffice',
    by: ['courier'],
    requires: ['reason', 'solution'],
    allows: ['evidence'],
    saying: 'hold',
    effects: ['count-delivery'],
    since: 1,
    why: ['LuậtBC 17(1)d', 'judged: threeDeliveries'],
  },
  {
    from: 'OutForDelivery',
    on: 'DeliveryFailed',
    to: 'ReturningToAgency',
    by: ['courier'],
    requires: ['reason', 'solution'],
    allows: ['evidence'],
    saying: 'return',
    effects: ['count-delivery'],
    since: 1,
    until: 5,
    why: ['LuậtBC 17(1)đ', 'TT17 5(2)h'],
  },

  {
    from: 'AwaitingRedelivery',
    on: 'OutForDelivery',
    to: 'OutForDelivery',
    by: post,
    requires: [],
    happy: true,
    since: 1,
    why: ['TT17 5(2)c', 'judged: outAgain'],
  },
  {
    from: 'AwaitingRedelivery',
    on: 'HeldForCollection',
    to: 'HeldAtPostOffice',
    by: post,
    requires: ['reason'],
    since: 1,
    why: ['TT17 7(2)c'],
  },

  {
    from: 'HeldAtPostOffice',
    on: 'Delivered',
    to: 'Delivered',
    by: ['clerk'],
    requires: ['receiver', 'evidence', 'amountCollected'],
    checks: ['amount-due-on-delivery'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 10(3)', 'TT17 5(2)d', 'TT17 7(2)c'],
  },
  {
    from: 'HeldAtPostOffice',
    on: 'HoldExpired',
    to: 'ReturningToAgency',
    by: ['clock'],
    requires: [],
    since: 1,
    why: ['TT17 5(2)h', 'LuậtBC 17(1)d', 'judged: hold'],
  },

  {
    from: 'ReturningToAgency',
    on: 'ReturnedToAgency',
    to: 'ReturnedToAgency',
    by: ['officer'],
    requires: [],
    allows: ['papers', 'evidence'],
    happy: true,
    since: 1,
    until: 5,
    why: ['TT17 5(2)h'],
  },

  {
    from: 'ReturningToCitizen',
    on: 'ReturnedToCitizen',
    to: 'ReturnedToCitizen',
    by: post,
    requires: ['receiver', 'evidence'],
    happy: true,
    since: 1,
    until: 5,
    why: ['QĐ45 10(1)', 'QĐ45 10(3)'],
  },

  {
    from: 'Missing',
    on: 'Found',
    to: 'InTransitToAgency',
    by: post,
    requires: [],
    allows: ['postOfficeId'],
    when: 'lost-before-agency',
    checks: ['post-office-known'],
    happy: true,
    since: 1,
    until: 5,
    why: ['judged: missing'],
  },
  {
    from: 'Missing',
    on: 'Found',
    to: 'ResultInTransit',
    by: post,
    requires: [],
    allows: ['postOfficeId'],
    when: 'lost-after-agency',
    checks: ['post-office-known'],
    since: 1,
    until: 5,
    why: ['judged: missing'],
  },
  {
    from: 'Missing',
    on: 'DeclaredLost',
    to: 'Lost',
    by: ['clerk'],
    requires: ['reason'],
    since: 1,
    until: 5,
    why: ['QĐ45 14(1)', 'QĐ45 14(2)'],
  },
];

/** Where the post has the paper in its hands: there it can go missing, and is damaged. */
const withThePost = [
  'Collected',
  'InTransitToAgency',
  'HandoverDisputed',
  'ResultInTransit',
  'OutForDelivery',
  'AwaitingRedelivery',
  'HeldAtPostOffice',
  'ReturningToAgency',
  'ReturningToCitizen',
  'Unreturnable',
] as const satisfies readonly Place[];
const withTheAgency = [
  'AtAgency',
  'SupplementRequested',
  'DutyRequested',
  'ResultReady',
  'ResultAtAgency',
  'HeldAtAgency',
] as const satisfies readonly Place[];
/** From where what goes missing can be found again. */
export const losable: readonly Place[] = [...withThePost, ...withTheAgency];

function wentMissing(from: Place, by: readonly Actor[]): Rule {
  return {
    from,
    on: 'ReportedMissing',
    to: 'Missing',
    by,
    requires: ['reason'],
    effects: ['remember-where-lost'],
    since: 5,
    why: ['QĐ45 14(1)', 'judged: missing'],
  };
}

/** Found where it went missing; what was on a courier's round is at his office again. */
function found(lostFrom: Place): Rule {
  return {
    from: 'Missing',
    on: 'Found',
    to: lostFrom === 'OutForDelivery' ? 'AwaitingRedelivery' : lostFrom,
    by: [...post, 'officer'],
    requires: [],
    allows: ['postOfficeId'],
    when: `lost-from-${lostFrom}`,
    checks: ['post-office-known'],
    ...(lostFrom === 'InTransitToAgency' ? { happy: true } : {}),
    since: 5,
    why: ['judged: missing'],
  };
}

const collected = {
  on: 'Collected',
  to: 'Collected',
  by: post,
  requires: ['papers', 'sealNumber', 'amountCollected'],
  allows: ['evidence', 'documents', 'feeReceipt'],
  checks: ['papers-counted', 'documents-listed', 'amount-due-at-collection'],
  effects: ['take-papers-in'],
  happy: true,
  since: 5,
  why: ['QĐ45 6(2)', 'QĐ45 6(4)', 'QĐ45 6(5)', 'QĐ45 6(6)', 'TT17 5(1)b'],
} as const satisfies Omit<Rule, 'from'>;

const handed = {
  from: 'InTransitToAgency',
  on: 'HandedToAgency',
  to: 'AtAgency',
  by: handover,
  checks: ['counts-match', 'documents-listed', 'documents-all-there', 'seal-intact', 'fee-matches', 'dates-ahead'],
  effects: ['note-official-code', 'set-result-date'],
  happy: true,
  since: 5,
  why: ['QĐ45 7(2)', 'QĐ45 7(3)', 'QĐ45 7(4)', 'QĐ45 7(5)', 'TT17 5(1)g', 'TT17 5(1)h'],
} as const satisfies Omit<Rule, 'requires'>;

/** What the sender may do with it until it is delivered. */
const withdrawn = {
  on: 'Withdrawn',
  to: 'ReturningToCitizen',
  by: ['portal', 'clerk'],
  requires: ['reason', 'receiptShown'],
  checks: ['receipt-shown'],
  since: 5,
  why: ['LuậtBC 16(1)', 'LuậtBC 16(2)'],
} as const satisfies Omit<Rule, 'from'>;

const delivered = {
  on: 'Delivered',
  to: 'Delivered',
  requires: ['receiver', 'identityPaper', 'evidence', 'amountCollected'],
  allows: ['authorityShown', 'documents', 'papersTakenBack', 'feeReceipt'],
  checks: ['receiver-entitled', 'signed', 'documents-listed', 'documents-all-there', 'amount-due-on-delivery'],
  happy: true,
  since: 5,
  why: ['QĐ45 9(1)c', 'QĐ45 10(2)', 'QĐ45 10(3)', 'TT17 5(2)d', 'TT17 5(2)đ', 'TT17 5(2)e'],
} as const satisfies Omit<Rule, 'from' | 'by'>;

const undelivered = {
  from: 'OutForDelivery',
  on: 'DeliveryFailed',
  by: ['courier'],
  requires: ['reason', 'solution'],
  allows: ['evidence'],
  effects: ['count-delivery'],
  since: 5,
} as const satisfies Omit<Rule, 'to' | 'why'>;

const announced = {
  from: 'AtAgency',
  on: 'ResultAnnounced',
  by: ['officer'],
  requires: [],
  allows: ['officialCode', 'amountDue'],
  effects: ['note-official-code', 'charge'],
  since: 5,
} as const satisfies Omit<Rule, 'to' | 'why'>;

const givenUp = {
  from: 'AtAgency',
  to: 'HeldAtAgency',
  by: ['officer'],
  requires: ['reason'],
  since: 5,
  why: ['judged: carriedBack'],
} as const satisfies Omit<Rule, 'on'>;

const backToCitizen = {
  on: 'ReturnedToCitizen',
  to: 'ReturnedToCitizen',
  by: post,
  requires: ['receiver', 'identityPaper', 'evidence'],
  allows: ['authorityShown', 'documents', 'amountCollected'],
  checks: ['receiver-entitled', 'signed', 'documents-listed', 'documents-all-there'],
  happy: true,
  since: 5,
  why: ['QĐ45 10(1)', 'QĐ45 10(2)', 'QĐ45 10(3)', 'TT17 5(2)d'],
} as const satisfies Omit<Rule, 'from'>;

function recalled(from: Place): Rule {
  return {
    from,
    on: 'Recalled',
    to: 'ReturningToAgency',
    by: ['officer'],
    requires: ['reason', 'receiptShown'],
    checks: ['receipt-shown'],
    since: 5,
    why: ['LuậtBC 16(2)', 'QĐ45 9(2)'],
  };
}

function forwarded(from: Place): Rule {
  return {
    from,
    on: 'Redirected',
    to: 'ResultInTransit',
    by: ['portal', 'clerk'],
    requires: ['postOfficeId'],
    allows: ['reason'],
    checks: ['post-office-known'],
    effects: ['redirect', 'charge'],
    since: 5,
    why: ['LuậtBC 16(3)'],
  };
}

/** What the fifth edition brought: the side roads of the statutes. */
const added: readonly Rule[] = [
  { from: 'Registered', when: 'sent-by-post', ...collected },
  { from: 'PickupScheduled', ...collected, why: ['QĐ45 6(1)', ...collected.why] },
  {
    from: 'Registered',
    on: 'LodgedAtAgency',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['resultDueAt'],
    allows: ['papers', 'officialCode', 'documents'],
    when: 'lodged-in-person',
    checks: ['documents-listed', 'dates-ahead'],
    effects: ['take-papers-in', 'note-official-code', 'set-result-date'],
    since: 5,
    why: ['QĐ45 5(2)', 'QĐ45 16(3)b'],
  },

  { from: 'Collected', ...withdrawn },
  // Once it travels, the way back has its price.
  ...(['InTransitToAgency', 'HandoverDisputed'] as const).map((from): Rule => ({
    from,
    ...withdrawn,
    effects: ['charge'],
  })),
  {
    ...handed,
    saying: 'agency-signs',
    requires: ['papers', 'sealIntact', 'feeHandedOver', 'resultDueAt'],
    allows: ['officialCode', 'evidence', 'documents', 'receiver'],
  },
  {
    ...handed,
    saying: 'record-brought',
    requires: ['papers', 'sealIntact', 'feeHandedOver', 'resultDueAt', 'receiver', 'evidence'],
    allows: ['officialCode', 'documents'],
  },
  {
    from: 'InTransitToAgency',
    on: 'HandoverFailed',
    to: 'InTransitToAgency',
    by: post,
    requires: ['reason'],
    allows: ['evidence'],
    since: 5,
    why: ['QĐ45 7(1)', 'judged: absentAgency'],
  },
  {
    from: 'InTransitToAgency',
    on: 'HandoverDisputed',
    to: 'HandoverDisputed',
    by: ['officer', 'courier'],
    requires: ['reason'],
    allows: ['papers', 'sealIntact', 'feeHandedOver', 'evidence', 'documents'],
    checks: ['documents-listed'],
    since: 5,
    why: ['QĐ45 7(2)', 'judged: dispute'],
  },
  {
    from: 'HandoverDisputed',
    on: 'DisputeSettled',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['outcome', 'resultDueAt'],
    allows: ['officialCode', 'evidence', 'papers', 'documents'],
    saying: 'accepted',
    checks: ['documents-listed', 'dates-ahead'],
    effects: ['take-papers-in', 'note-official-code', 'set-result-date'],
    happy: true,
    since: 5,
    why: ['QĐ45 7(3)', 'QĐ45 7(4)', 'judged: dispute'],
  },
  {
    from: 'HandoverDisputed',
    on: 'DisputeSettled',
    to: 'ReturningToCitizen',
    by: ['officer'],
    requires: ['outcome', 'reason'],
    allows: ['evidence', 'papers', 'documents'],
    saying: 'returned',
    checks: ['documents-listed'],
    effects: ['take-papers-in'],
    since: 5,
    why: ['judged: dispute'],
  },

  {
    ...announced,
    to: 'ResultReady',
    when: 'result-by-post',
    happy: true,
    why: ['QĐ45 8(4)', 'QĐ45 16(3)c', 'TT17 5(2)e'],
  },
  { ...announced, to: 'ResultAtAgency', when: 'result-at-agency', why: ['QĐ45 8(4)'] },
  {
    from: 'ResultAtAgency',
    on: 'ResultHandedOut',
    to: 'Completed',
    by: ['officer'],
    requires: ['receiver', 'evidence'],
    allows: ['documents', 'identityPaper', 'authorityShown'],
    checks: ['documents-listed'],
    happy: true,
    since: 5,
    why: ['QĐ45 9(1)', 'judged: handedOut'],
  },
  {
    from: 'ResultAtAgency',
    on: 'ReturnWayChanged',
    to: 'ResultReady',
    by: ['portal', 'clerk', 'officer'],
    requires: ['returnBy'],
    saying: 'by-post',
    effects: ['set-return-way', 'charge'],
    since: 5,
    why: ['QĐ45 9(1)a', 'judged: changedMind'],
  },
  {
    from: 'ResultReady',
    on: 'ReturnWayChanged',
    to: 'ResultAtAgency',
    by: ['portal', 'clerk', 'officer'],
    requires: ['returnBy'],
    saying: 'at-agency',
    effects: ['set-return-way'],
    since: 5,
    why: ['judged: changedMind'],
  },
  { ...givenUp, on: 'Refused', why: ['QĐ45 13(5)', 'judged: carriedBack'] },
  { ...givenUp, on: 'Stopped' },
  { ...givenUp, on: 'Withdrawn' },
  { ...givenUp, from: 'SupplementRequested', on: 'Withdrawn' },
  { ...givenUp, from: 'DutyRequested', on: 'Withdrawn' },
  {
    from: 'HeldAtAgency',
    on: 'ReturnCollected',
    to: 'ReturningToCitizen',
    by: post,
    requires: ['itemCode'],
    allows: ['papers', 'documents', 'evidence'],
    checks: ['item-code-free', 'documents-listed'],
    effects: ['open-return-leg'],
    happy: true,
    since: 5,
    why: ['QĐ45 9(1)c', 'QĐ45 9(2)', 'judged: carriedBack'],
  },
  {
    from: 'HeldAtAgency',
    on: 'TakenBack',
    to: 'ReturnedToCitizen',
    by: ['officer'],
    requires: ['receiver', 'evidence'],
    allows: ['documents', 'identityPaper', 'authorityShown'],
    checks: ['documents-listed'],
    since: 5,
    why: ['QĐ45 8(3)', 'judged: takenBack'],
  },

  {
    from: 'SupplementRequested',
    on: 'SupplementReceived',
    to: 'AtAgency',
    by: ['officer'],
    requires: [],
    allows: ['papers', 'resultDueAt', 'documents'],
    checks: ['documents-listed', 'dates-ahead'],
    effects: ['set-result-date', 'close-side-leg'],
    happy: true,
    since: 5,
    why: ['QĐ45 7(4)'],
  },
  {
    from: 'SupplementRequested',
    on: 'SupplementLapsed',
    to: 'HeldAtAgency',
    by: ['clock'],
    requires: [],
    since: 5,
    why: ['judged: supplementLapse'],
  },
  {
    from: 'AtAgency',
    on: 'DutyRequested',
    to: 'DutyRequested',
    by: ['officer'],
    requires: ['amountDue'],
    allows: ['reason'],
    since: 5,
    why: ['QĐ45 11(1)', 'judged: duty'],
  },
  {
    from: 'DutyRequested',
    on: 'DutyPaid',
    to: 'AtAgency',
    by: ['portal', 'clerk', 'officer'],
    requires: ['evidence'],
    allows: ['amountCollected', 'resultDueAt', 'feeReceipt'],
    checks: ['dates-ahead'],
    effects: ['set-result-date'],
    happy: true,
    since: 5,
    why: ['QĐ45 11(1)a', 'QĐ45 11(1)b', 'QĐ45 11(3)'],
  },

  {
    from: 'ResultReady',
    on: 'ResultCollected',
    to: 'ResultInTransit',
    by: post,
    requires: ['itemCode'],
    allows: ['papers', 'documents', 'evidence'],
    checks: ['item-code-free', 'documents-listed'],
    effects: ['open-result-leg'],
    happy: true,
    since: 5,
    why: ['QĐ45 9(1)a', 'QĐ45 9(1)b', 'QĐ45 9(2)', 'QĐ45 9(3)', 'TT17 5(2)a', 'TT17 5(2)b'],
  },
  ...(['ResultInTransit', 'OutForDelivery', 'AwaitingRedelivery', 'HeldAtPostOffice'] as const).flatMap((from) => [
    forwarded(from),
    recalled(from),
  ]),
  {
    from: 'ResultInTransit',
    on: 'HeldForCollection',
    to: 'HeldAtPostOffice',
    by: post,
    requires: ['reason'],
    since: 5,
    why: ['TT17 7(2)c'],
  },
  { from: 'OutForDelivery', by: ['courier'], ...delivered },
  {
    from: 'HeldAtPostOffice',
    by: ['clerk'],
    ...delivered,
    why: ['QĐ45 9(1)c', 'QĐ45 10(2)', 'QĐ45 10(3)', 'TT17 5(2)d', 'TT17 5(2)đ', 'TT17 7(2)c'],
  },
  {
    ...undelivered,
    to: 'ReturningToAgency',
    saying: 'undeliverable',
    why: ['LuậtBC 17(1)a', 'LuậtBC 17(1)b', 'LuậtBC 17(1)c', 'LuậtBC 17(1)đ'],
  },
  { ...undelivered, to: 'HeldAtPostOffice', saying: 'absent', why: ['LuậtBC 17(1)d', 'TT17 5(2)h'] },
  {
    from: 'HeldAtPostOffice',
    on: 'Invited',
    to: 'HeldAtPostOffice',
    by: post,
    requires: ['channel'],
    allows: ['evidence'],
    effects: ['note-invitation'],
    since: 5,
    why: ['LuậtBC 17(1)d', 'TT17 5(2)h'],
  },
  {
    from: 'Delivered',
    on: 'DeliveryCancelled',
    to: 'OutForDelivery',
    by: post,
    requires: ['reason'],
    checks: ['within-window'],
    since: 5,
    why: ['judged: cancelDelivery'],
  },

  {
    from: 'ReturningToAgency',
    on: 'ReturnedToAgency',
    to: 'ReturnedToAgency',
    by: handover,
    requires: [],
    allows: ['papers', 'evidence', 'documents', 'receiver'],
    saying: 'agency-signs',
    checks: ['documents-listed'],
    happy: true,
    since: 5,
    why: ['TT17 5(2)h'],
  },
  {
    from: 'ReturningToAgency',
    on: 'ReturnedToAgency',
    to: 'ReturnedToAgency',
    by: handover,
    requires: ['receiver', 'evidence'],
    allows: ['papers', 'documents'],
    saying: 'record-brought',
    checks: ['documents-listed'],
    happy: true,
    since: 5,
    why: ['TT17 5(2)h'],
  },
  {
    from: 'ReturningToAgency',
    on: 'ReturnFailed',
    to: 'ReturningToAgency',
    by: post,
    requires: ['reason'],
    allows: ['evidence'],
    since: 5,
    why: ['judged: absentAgency'],
  },

  { from: 'ReturningToCitizen', ...backToCitizen },
  { from: 'Unreturnable', ...backToCitizen },
  {
    from: 'ReturningToCitizen',
    on: 'ReturnFailed',
    to: 'ReturningToCitizen',
    by: post,
    requires: ['reason'],
    allows: ['evidence'],
    saying: 'not-reached',
    since: 5,
    why: ['LuậtBC 17(4)d'],
  },
  {
    from: 'ReturningToCitizen',
    on: 'ReturnFailed',
    to: 'Unreturnable',
    by: post,
    requires: ['reason'],
    allows: ['evidence'],
    saying: 'unreturnable',
    since: 5,
    why: ['LuậtBC 17(4)a', 'LuậtBC 17(4)b', 'LuậtBC 17(4)c', 'LuậtBC 17(4)đ'],
  },
  {
    from: 'ReturningToCitizen',
    on: 'Invited',
    to: 'ReturningToCitizen',
    by: post,
    requires: ['channel'],
    allows: ['evidence'],
    effects: ['note-invitation'],
    since: 5,
    why: ['LuậtBC 17(4)d'],
  },
  {
    from: 'ReturningToCitizen',
    on: 'HoldExpired',
    to: 'Unreturnable',
    by: ['clock'],
    requires: [],
    since: 5,
    why: ['LuậtBC 17(4)d'],
  },
  {
    from: 'Unreturnable',
    on: 'BecameOwnerless',
    to: 'Ownerless',
    by: ['clock'],
    requires: [],
    since: 5,
    why: ['LuậtBC 17(5)'],
  },

  ...withThePost
    .filter((from) => from !== 'InTransitToAgency' && from !== 'ResultInTransit')
    .map((from) => wentMissing(from, post)),
  ...withTheAgency.map((from) => wentMissing(from, ['officer'])),
  ...losable.map(found),
  {
    from: 'Missing',
    on: 'DeclaredLost',
    to: 'Lost',
    by: ['clerk', 'officer'],
    requires: ['reason'],
    since: 5,
    why: ['QĐ45 14(1)', 'QĐ45 14(2)'],
  },
];

/**
 * The law of the journey. A change to the journey begins as one line here; failing tests lead to the state machine, the
 * diagram and the contract.
 * Why each line stands, `npm run law` prints.
 */
export const rules: readonly Rule[] = [...released, ...added];

/** What may be said wherever the paper is: it moves nothing and wakes nobody. */
export interface Remark extends Omit<Rule, 'from' | 'to' | 'saying' | 'happy'> {
  /** Also when the journey is over. */
  readonly atEnds?: true;
  /** Only here; everywhere on the way where nothing is said. */
  readonly at?: readonly Place[];
}

export const remarks: readonly Remark[] = [
  {
    on: 'Scanned',
    by: post,
    requires: ['postOfficeId'],
    checks: ['post-office-known'],
    since: 1,
    why: ['TT17 12(2)a', 'judged: scan'],
  },
  {
    on: 'ContactCorrected',
    by: ['portal', 'clerk', 'officer'],
    only: 'registering-unit',
    requires: ['contact'],
    since: 2,
    why: ['TT17 9(2)a', 'judged: contact'],
  },
  {
    on: 'ProofSupplied',
    by: [...post, 'officer'],
    requires: ['concerns'],
    allows: proofs,
    effects: ['take-papers-in'],
    atEnds: true,
    since: 3,
    why: ['judged: lateProof'],
  },
  {
    on: 'MatterSettled',
    by: ['clerk', 'officer'],
    requires: ['concerns', 'reason'],
    atEnds: true,
    since: 3,
    until: 5,
    why: ['judged: settle'],
  },
  { on: 'DeadlinePassed', by: ['clock'], requires: [], effects: ['remind'], since: 1, why: ['judged: remind'] },
  {
    on: 'MatterSettled',
    by: ['clerk', 'officer'],
    requires: ['concerns', 'reason'],
    effects: ['end-term'],
    atEnds: true,
    since: 5,
    until: 6,
    why: ['judged: settle'],
  },
  {
    on: 'MatterSettled',
    by: ['clerk', 'officer', 'supervisor'],
    requires: ['concerns', 'reason'],
    effects: ['end-term'],
    atEnds: true,
    since: 6,
    why: ['judged: settle', 'judged: supervise'],
  },
  {
    on: 'TrackingCodeReplaced',
    by: ['portal', 'clerk', 'supervisor'],
    requires: [],
    effects: ['replace-tracking-code'],
    atEnds: true,
    since: 7,
    why: ['judged: newCode'],
  },
  {
    on: 'HandoverOffered',
    by: post,
    requires: [],
    allows: ['papers', 'documents', 'feeHandedOver', 'evidence'],
    at: ['InTransitToAgency', 'ReturningToAgency'],
    since: 5,
    why: ['QĐ45 7(2)', 'judged: offered'],
  },
  {
    on: 'ReturnWayChanged',
    by: ['portal', 'clerk', 'officer'],
    requires: ['returnBy'],
    effects: ['set-return-way', 'charge'],
    at: [
      'Registered',
      'PickupScheduled',
      'Collected',
      'InTransitToAgency',
      'HandoverDisputed',
      'AtAgency',
      'SupplementRequested',
      'DutyRequested',
      'ResultReady',
      'ResultAtAgency',
    ],
    since: 5,
    why: ['QĐ45 5(3)', 'judged: changedMind'],
  },
  {
    on: 'ChargesConfirmed',
    by: ['portal', 'clerk', 'courier'],
    requires: ['amountDue'],
    effects: ['charge'],
    when: 'fee-unknown',
    at: ['Registered', 'PickupScheduled'],
    since: 5,
    why: ['QĐ45 6(6)', 'judged: confirmed'],
  },
  {
    on: 'CitizenTold',
    by: ['portal', ...post, 'officer'],
    requires: ['told', 'channel'],
    atEnds: true,
    since: 5,
    until: 7,
    why: ['QĐ45 8(4)', 'TT17 5(1)i', 'TT17 7(2)b', 'TT17 12(2)b'],
  },
  {
    on: 'CitizenTold',
    by: ['portal', ...post, 'officer', 'messenger'],
    requires: ['told', 'channel'],
    atEnds: true,
    since: 7,
    why: ['QĐ45 8(4)', 'TT17 5(1)i', 'TT17 7(2)b', 'TT17 12(2)b'],
  },
  {
    on: 'AppointmentSlipSent',
    by: post,
    requires: ['itemCode'],
    allows: ['evidence'],
    checks: ['item-code-free'],
    effects: ['open-side-leg'],
    at: ['AtAgency', 'SupplementRequested', 'DutyRequested'],
    since: 5,
    why: ['TT17 5(1)i'],
  },
  {
    on: 'AppointmentSlipDelivered',
    by: post,
    requires: ['receiver', 'evidence'],
    effects: ['close-side-leg'],
    at: ['AtAgency', 'SupplementRequested', 'DutyRequested', 'ResultReady', 'ResultAtAgency'],
    since: 5,
    why: ['TT17 5(1)i', 'TT17 7(2)b'],
  },
  {
    on: 'SupplementSent',
    by: post,
    requires: ['itemCode', 'papers', 'payer'],
    allows: ['documents', 'amountCollected', 'evidence'],
    checks: ['papers-counted', 'documents-listed', 'item-code-free'],
    effects: ['open-side-leg'],
    at: ['SupplementRequested'],
    since: 5,
    why: ['QĐ45 7(4)', 'QĐ45 12(3)'],
  },
  {
    on: 'HandedBack',
    by: [...post, 'officer'],
    requires: ['evidence'],
    allows: ['feeHandedOver', 'papers', 'receiver'],
    atEnds: true,
    at: ['Delivered'],
    since: 5,
    why: ['TT17 5(2)e', 'QĐ45 7(5)'],
  },
  {
    on: 'RestDelivered',
    by: post,
    requires: ['receiver', 'evidence'],
    allows: ['papers', 'documents', 'identityPaper', 'authorityShown'],
    checks: ['documents-listed', 'receiver-entitled'],
    atEnds: true,
    at: ['Delivered'],
    since: 5,
    why: ['QĐ45 9(1)b', 'QĐ45 12(4)'],
  },
  {
    on: 'DamagedAndRepacked',
    by: post,
    requires: ['reason', 'sealNumber', 'papers'],
    allows: ['documents', 'evidence'],
    checks: ['documents-listed'],
    effects: ['reseal'],
    at: withThePost,
    since: 5,
    why: ['QĐ45 14(1)', 'TT17 11(2)'],
  },
  {
    on: 'ComplaintMade',
    by: ['portal', 'clerk'],
    requires: ['complaint'],
    checks: ['complaint-in-time'],
    atEnds: true,
    since: 5,
    why: ['TT17 8(1)a', 'LuậtBC 38(2)a', 'LuậtBC 38(2)b'],
  },
  {
    on: 'ComplaintAnswered',
    by: ['clerk'],
    requires: ['outcome', 'channel'],
    allows: ['reason'],
    atEnds: true,
    since: 5,
    why: ['TT17 8(1)b'],
  },
  {
    on: 'LiabilityAgreed',
    by: ['clerk'],
    requires: ['amountDue', 'evidence'],
    atEnds: true,
    since: 5,
    why: ['QĐ45 14(4)', 'NĐ47 26(1)'],
  },
  {
    on: 'CompensationPaid',
    by: ['clerk'],
    requires: ['amountCollected', 'evidence'],
    atEnds: true,
    since: 5,
    why: ['NĐ47 26(1)', 'NĐ47 26(2)'],
  },
  {
    on: 'StatusReported',
    by: ['officer'],
    requires: ['reportedStatus'],
    atEnds: true,
    since: 5,
    why: ['QĐ45 13(8)', 'judged: status'],
  },
  {
    on: 'UnitSucceeded',
    by: ['ops'],
    requires: ['succession'],
    checks: ['unit-known'],
    effects: ['succeed'],
    since: 5,
    why: ['judged: succession'],
  },
  {
    on: 'DatesMoved',
    by: ['ops'],
    requires: ['reason'],
    allows: ['shutUntil'],
    effects: ['move-dates'],
    since: 5,
    why: ['TT17 7(2)đ', 'judged: datesMoved'],
  },
];

/** Whether a rule stands in an edition of the law. */
export function stands({ since, until }: Pick<Rule, 'since' | 'until'>, edition: number): boolean {
  return since <= edition && (until === undefined || edition < until);
}

/** Where paper in `place` goes when nothing goes wrong; undefined at an end. */
export function happyWayFrom(place: Place): Place | undefined {
  return rules.find((rule) => rule.from === place && rule.happy === true)?.to;
}

/** Everywhere the law lets paper in `place` go, each place once. */
export function waysFrom(place: Place): readonly Place[] {
  return [...new Set(rules.filter((rule) => rule.from === place).map((rule) => rule.to))];
}

/** The places where paper waits for somebody, in the order of the road. */
export const waitingPlaces: readonly Place[] = places.filter((place) => !isEnd(place));
