import type { Role } from '../roles.ts';
import type { Detail, EventType, outcomes, solutions } from './events.ts';
import { isEnd, places, type Place } from './places.ts';

/**
 * Who may report an event. `clock` is the state machine when a deadline ran out; a citizen speaks through the portal or
 * a clerk.
 */
export type Actor = Exclude<Role, 'ops'> | 'clock';

/** One line of the law: paper in `from` moves to `to` when `by` reports `on` with what `requires` names. */
export interface Rule {
  readonly from: Place;
  readonly on: EventType;
  readonly to: Place;
  readonly by: readonly Actor[];
  readonly requires: readonly Detail[];
  /** Also welcome, never demanded. */
  readonly allows?: readonly Detail[];
  /** Holds only for dossiers of which this is true (`guards.ts`). */
  readonly when?: DossierCondition;
  /** Holds only for reports of which this is true. */
  readonly saying?: DetailCondition;
  /** The way a dossier goes when nothing goes wrong: the `Next` of its state. Every other way is a named `Catch`. */
  readonly happy?: true;
}

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

const post = ['clerk', 'courier'] as const;

/**
 * The law of the journey. A change to the journey begins as one line here; failing tests lead to the state machine, the
 * diagram and the contract.
 * Sources: QĐ 45/2016/QĐ-TTg (three service options, counting and sealing), TT 17/2017/TT-BTTTT art. 5 (hand-over with
 * counts, fee and the date of
 * the result). Numbers of attempts are judged from a courier app and a competitor's rule (pickup: cancelled after the
 * third failure; delivery: three attempts).
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
    happy: true,
  },
  {
    from: 'Registered',
    on: 'PickupAgreed',
    to: 'PickupScheduled',
    by: post,
    requires: ['appointment'],
    when: 'pickup-asked',
  },
  {
    from: 'Registered',
    on: 'LodgedAtAgency',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['resultDueAt'],
    allows: ['papers', 'officialCode'],
    when: 'lodged-in-person',
  },
  { from: 'Registered', on: 'Cancelled', to: 'Cancelled', by: ['portal', 'clerk'], requires: ['reason'] },
  { from: 'Registered', on: 'RegistrationLapsed', to: 'Cancelled', by: ['clock'], requires: [] },

  {
    from: 'PickupScheduled',
    on: 'Collected',
    to: 'Collected',
    by: post,
    requires: ['papers', 'sealNumber', 'amountCollected'],
    allows: ['evidence'],
    happy: true,
  },
  { from: 'PickupScheduled', on: 'PickupAgreed', to: 'PickupScheduled', by: post, requires: ['appointment'] },
  {
    from: 'PickupScheduled',
    on: 'PickupFailed',
    to: 'Registered',
    by: post,
    requires: ['reason'],
    allows: ['evidence'],
    when: 'pickups-left',
  },
  {
    from: 'PickupScheduled',
    on: 'PickupFailed',
    to: 'Cancelled',
    by: post,
    requires: ['reason'],
    allows: ['evidence'],
    when: 'pickups-spent',
  },
  { from: 'PickupScheduled', on: 'Cancelled', to: 'Cancelled', by: ['portal', 'clerk'], requires: ['reason'] },

  { from: 'Collected', on: 'Dispatched', to: 'InTransitToAgency', by: post, requires: ['itemCode'], happy: true },
  { from: 'Collected', on: 'Withdrawn', to: 'ReturningToCitizen', by: ['portal', 'clerk'], requires: ['reason'] },

  {
    from: 'InTransitToAgency',
    on: 'HandedToAgency',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['papers', 'sealIntact', 'feeHandedOver', 'resultDueAt'],
    allows: ['officialCode', 'evidence'],
    happy: true,
  },
  {
    from: 'InTransitToAgency',
    on: 'HandoverDisputed',
    to: 'HandoverDisputed',
    by: ['officer', 'courier'],
    requires: ['reason'],
    allows: ['papers', 'sealIntact', 'feeHandedOver', 'evidence'],
  },
  { from: 'InTransitToAgency', on: 'ReportedMissing', to: 'Missing', by: post, requires: ['reason'] },

  {
    from: 'HandoverDisputed',
    on: 'DisputeSettled',
    to: 'AtAgency',
    by: ['officer'],
    requires: ['outcome', 'resultDueAt'],
    allows: ['officialCode', 'evidence'],
    saying: 'accepted',
    happy: true,
  },
  {
    from: 'HandoverDisputed',
    on: 'DisputeSettled',
    to: 'ReturningToCitizen',
    by: ['officer'],
    requires: ['outcome', 'reason'],
    allows: ['evidence'],
    saying: 'returned',
  },

  {
    from: 'AtAgency',
    on: 'ResultAnnounced',
    to: 'ResultReady',
    by: ['officer'],
    requires: [],
    allows: ['officialCode'],
    when: 'result-by-post',
    happy: true,
  },
  {
    from: 'AtAgency',
    on: 'ResultAnnounced',
    to: 'Completed',
    by: ['officer'],
    requires: [],
    allows: ['officialCode'],
    when: 'result-at-agency',
  },
  { from: 'AtAgency', on: 'SupplementRequested', to: 'SupplementRequested', by: ['officer'], requires: ['reason'] },
  { from: 'AtAgency', on: 'DueDateMoved', to: 'AtAgency', by: ['officer'], requires: ['resultDueAt', 'reason'] },
  { from: 'AtAgency', on: 'Refused', to: 'ReturningToCitizen', by: ['officer'], requires: ['reason'] },
  { from: 'AtAgency', on: 'Stopped', to: 'ReturningToCitizen', by: ['officer'], requires: ['reason'] },
  { from: 'AtAgency', on: 'Withdrawn', to: 'ReturningToCitizen', by: ['officer'], requires: ['reason'] },

  {
    from: 'SupplementRequested',
    on: 'SupplementReceived',
    to: 'AtAgency',
    by: ['officer'],
    requires: [],
    allows: ['papers', 'resultDueAt'],
    happy: true,
  },
  { from: 'SupplementRequested', on: 'SupplementLapsed', to: 'ReturningToCitizen', by: ['clock'], requires: [] },

  {
    from: 'ResultReady',
    on: 'ResultCollected',
    to: 'ResultInTransit',
    by: post,
    requires: ['itemCode'],
    allows: ['papers', 'evidence'],
    happy: true,
  },

  { from: 'ResultInTransit', on: 'OutForDelivery', to: 'OutForDelivery', by: post, requires: [], happy: true },
  {
    from: 'ResultInTransit',
    on: 'Redirected',
    to: 'ResultInTransit',
    by: ['portal', 'clerk'],
    requires: ['postOfficeId'],
    allows: ['reason'],
  },
  { from: 'ResultInTransit', on: 'ReportedMissing', to: 'Missing', by: post, requires: ['reason'] },

  {
    from: 'OutForDelivery',
    on: 'Delivered',
    to: 'Delivered',
    by: ['courier'],
    requires: ['receiver', 'evidence', 'amountCollected'],
    happy: true,
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
  },
  {
    from: 'OutForDelivery',
    on: 'DeliveryFailed',
    to: 'HeldAtPostOffice',
    by: ['courier'],
    requires: ['reason', 'solution'],
    allows: ['evidence'],
    saying: 'hold',
  },
  {
    from: 'OutForDelivery',
    on: 'DeliveryFailed',
    to: 'ReturningToAgency',
    by: ['courier'],
    requires: ['reason', 'solution'],
    allows: ['evidence'],
    saying: 'return',
  },

  { from: 'AwaitingRedelivery', on: 'OutForDelivery', to: 'OutForDelivery', by: post, requires: [], happy: true },
  { from: 'AwaitingRedelivery', on: 'HeldForCollection', to: 'HeldAtPostOffice', by: post, requires: ['reason'] },

  {
    from: 'HeldAtPostOffice',
    on: 'Delivered',
    to: 'Delivered',
    by: ['clerk'],
    requires: ['receiver', 'evidence', 'amountCollected'],
    happy: true,
  },
  { from: 'HeldAtPostOffice', on: 'HoldExpired', to: 'ReturningToAgency', by: ['clock'], requires: [] },

  {
    from: 'ReturningToAgency',
    on: 'ReturnedToAgency',
    to: 'ReturnedToAgency',
    by: ['officer'],
    requires: [],
    allows: ['papers', 'evidence'],
    happy: true,
  },
  {
    from: 'ReturningToCitizen',
    on: 'ReturnedToCitizen',
    to: 'ReturnedToCitizen',
    by: post,
    requires: ['receiver', 'evidence'],
    happy: true,
  },

  {
    from: 'Missing',
    on: 'Found',
    to: 'InTransitToAgency',
    by: post,
    requires: [],
    allows: ['postOfficeId'],
    when: 'lost-before-agency',
    happy: true,
  },
  {
    from: 'Missing',
    on: 'Found',
    to: 'ResultInTransit',
    by: post,
    requires: [],
    allows: ['postOfficeId'],
    when: 'lost-after-agency',
  },
  { from: 'Missing', on: 'DeclaredLost', to: 'Lost', by: ['clerk'], requires: ['reason'] },
];

/** What may be noted wherever the paper is, as long as the journey is open: kept for the timeline, waking nobody. */
export const remarks: readonly Pick<Rule, 'on' | 'by' | 'requires'>[] = [
  { on: 'Scanned', by: post, requires: ['postOfficeId'] },
  { on: 'DeadlinePassed', by: ['clock'], requires: [] },
];

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
