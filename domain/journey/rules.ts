import type { Role } from '../roles.ts';
import { proofs, type Detail, type EventType, type outcomes, type solutions } from './events.ts';
import { isEnd, places, type Place } from './places.ts';
import type { Sources } from './sources.ts';

/**
 * Who may report an event. `clock` is the state machine when a deadline ran out; a citizen speaks through the portal or
 * a clerk.
 */
export type Actor = Exclude<Role, 'ops'> | 'clock';

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
export const lawEdition = 4;

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
  | 'lost-after-agency';
export type DetailCondition = (typeof outcomes)[number] | (typeof solutions)[number];

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
  | 'post-office-known';

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
] as const;
export type Effect = (typeof effectNames)[number];

const post = ['clerk', 'courier'] as const;

/**
 * The law of the journey. A change to the journey begins as one line here; failing tests lead to the state machine, the
 * diagram and the contract.
 * Why each line stands, `npm run law` prints.
 */
export const rules: readonly Rule[] = [
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
    why: ['judged: carriedBack'],
  },
  {
    from: 'AtAgency',
    on: 'Stopped',
    to: 'ReturningToCitizen',
    by: ['officer'],
    requires: ['reason'],
    since: 1,
    why: ['judged: carriedBack'],
  },
  {
    from: 'AtAgency',
    on: 'Withdrawn',
    to: 'ReturningToCitizen',
    by: ['officer'],
    requires: ['reason'],
    since: 1,
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
    why: ['QĐ45 7(4)'],
  },
  {
    from: 'SupplementRequested',
    on: 'SupplementLapsed',
    to: 'ReturningToCitizen',
    by: ['clock'],
    requires: [],
    since: 1,
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
    why: ['judged: missing'],
  },
  {
    from: 'Missing',
    on: 'DeclaredLost',
    to: 'Lost',
    by: ['clerk'],
    requires: ['reason'],
    since: 1,
    why: ['QĐ45 14(1)', 'QĐ45 14(2)'],
  },
];

/** What may be said wherever the paper is: it moves nothing and wakes nobody. */
export interface Remark extends Omit<Rule, 'from' | 'to' | 'when' | 'saying' | 'happy'> {
  /** Also when the journey is over. */
  readonly atEnds?: true;
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
    why: ['judged: settle'],
  },
  { on: 'DeadlinePassed', by: ['clock'], requires: [], effects: ['remind'], since: 1, why: ['judged: remind'] },
];

/** Whether a rule stands in an edition of the law. */
export function stands({ since, until }: Pick<Rule, 'since' | 'until'>, edition: number): boolean {
  return since <= edition && (until === undefined || edition < until);
}

/** Where paper in `place` goes when nothing goes wrong; undefined at an end. */
export function happyWayFrom(place: Place): Place | undefined {
  return rules.find((rule) => rule.from === place && rule.happy)?.to;
}

/** Everywhere the law lets paper in `place` go, each place once. */
export function waysFrom(place: Place): readonly Place[] {
  return [...new Set(rules.filter((rule) => rule.from === place).map((rule) => rule.to))];
}

/** The places where paper waits for somebody, in the order of the road. */
export const waitingPlaces: readonly Place[] = places.filter((place) => !isEnd(place));
