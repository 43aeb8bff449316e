import type { Dossier } from './dossier.ts';
import { holdsFor } from './guards.ts';
import type { Place } from './places.ts';
import { lawEdition, stands, type DossierCondition } from './rules.ts';
import type { Sources } from './sources.ts';

/**
 * How long the paper may stay before somebody is told. `then` is what running out means: a reminder, or an event that
 * moves the dossier.
 */
export interface Clock {
  readonly place: Place;
  readonly length:
    | { readonly workingDays: number }
    | { readonly days: number }
    | { readonly hours: number }
    /** Of those in which whoever holds the paper is open. */
    | { readonly workingHours: number }
    /** From the day on which the post took the papers in. */
    | { readonly monthsFromAcceptance: number }
    /**
     * A date agreed on the way there (appointment, the agency's due date, the next attempt); `orWorkingDays` where none
     * was said.
     */
    | { readonly agreed: 'appointment' | 'resultDueAt' | 'nextAttemptAt'; readonly orWorkingDays: number }
    /** Until the next invitation is due, or, after the second, until the receiver has had his time. */
    | { readonly invitations: true }
    /**
     * The post keeps an item 15 days in town and 30 days in remote communes, counted from the first notice (its own
     * rules for mail: judged).
     */
    | { readonly hold: { readonly town: 15; readonly remote: 30 } };
  /** Where its length is written, or what is assumed. */
  readonly why: Sources;
  readonly then: 'DeadlinePassed' | 'RegistrationLapsed' | 'SupplementLapsed' | 'HoldExpired' | 'BecameOwnerless';
  /** Only for dossiers of which this is true. */
  readonly when?: DossierCondition;
  /** As of a rule. */
  readonly since: number;
  readonly until?: number;
}

/** The clocks of the places where paper waits; of several that hold for a dossier the first counts. An end has none. */
export const clocks: readonly Clock[] = [
  { place: 'Registered', length: { days: 7 }, then: 'RegistrationLapsed', since: 1, why: ['judged: lapse'] },
  {
    place: 'PickupScheduled',
    length: { agreed: 'appointment', orWorkingDays: 2 },
    then: 'DeadlinePassed',
    since: 1,
    why: ['judged: pickupTwoDays'],
  },
  { place: 'Collected', length: { workingDays: 1 }, then: 'DeadlinePassed', since: 1, why: ['judged: sameDayOut'] },
  { place: 'InTransitToAgency', length: { workingDays: 2 }, then: 'DeadlinePassed', since: 1, why: ['TT17 7(2)đ'] },
  {
    place: 'HandoverDisputed',
    length: { hours: 8 },
    then: 'DeadlinePassed',
    since: 1,
    until: 5,
    why: ['judged: disputeHours'],
  },
  {
    place: 'HandoverDisputed',
    length: { workingHours: 8 },
    then: 'DeadlinePassed',
    since: 5,
    why: ['judged: disputeHours'],
  },
  {
    place: 'AtAgency',
    length: { agreed: 'resultDueAt', orWorkingDays: 15 },
    then: 'DeadlinePassed',
    since: 1,
    why: ['QĐ45 8(2)', 'judged: agencyTerm'],
  },
  {
    place: 'SupplementRequested',
    length: { days: 30 },
    then: 'SupplementLapsed',
    since: 1,
    why: ['judged: supplementLapse'],
  },
  { place: 'DutyRequested', length: { workingDays: 10 }, then: 'DeadlinePassed', since: 5, why: ['judged: dutyDays'] },
  { place: 'ResultReady', length: { workingDays: 1 }, then: 'DeadlinePassed', since: 1, why: ['judged: fetchResult'] },
  { place: 'ResultAtAgency', length: { days: 30 }, then: 'DeadlinePassed', since: 5, why: ['judged: waitingResult'] },
  { place: 'HeldAtAgency', length: { workingDays: 2 }, then: 'DeadlinePassed', since: 5, why: ['judged: fetchReturn'] },
  { place: 'ResultInTransit', length: { workingDays: 2 }, then: 'DeadlinePassed', since: 1, why: ['TT17 7(2)đ'] },
  {
    place: 'OutForDelivery',
    length: { hours: 10 },
    then: 'DeadlinePassed',
    since: 1,
    until: 5,
    why: ['judged: roundHours'],
  },
  {
    place: 'OutForDelivery',
    length: { workingHours: 10 },
    then: 'DeadlinePassed',
    since: 5,
    why: ['judged: roundHours'],
  },
  {
    place: 'AwaitingRedelivery',
    length: { agreed: 'nextAttemptAt', orWorkingDays: 1 },
    then: 'DeadlinePassed',
    since: 1,
    why: ['judged: nextTry'],
  },
  {
    place: 'HeldAtPostOffice',
    length: { hold: { town: 15, remote: 30 } },
    then: 'HoldExpired',
    since: 1,
    until: 5,
    why: ['judged: hold'],
  },
  {
    place: 'HeldAtPostOffice',
    length: { invitations: true },
    then: 'HoldExpired',
    when: 'invited-twice',
    since: 5,
    why: ['TT17 5(2)h', 'LuậtBC 17(1)d'],
  },
  {
    place: 'HeldAtPostOffice',
    length: { invitations: true },
    then: 'DeadlinePassed',
    since: 5,
    why: ['TT17 5(2)h', 'judged: inviteSoon'],
  },
  {
    place: 'ReturningToAgency',
    length: { workingDays: 3 },
    then: 'DeadlinePassed',
    since: 1,
    why: ['judged: returnDays'],
  },
  {
    place: 'ReturningToCitizen',
    length: { invitations: true },
    then: 'HoldExpired',
    when: 'invited-twice',
    since: 5,
    why: ['LuậtBC 17(4)d'],
  },
  {
    place: 'ReturningToCitizen',
    length: { workingDays: 3 },
    then: 'DeadlinePassed',
    since: 1,
    why: ['judged: returnDays'],
  },
  {
    place: 'Unreturnable',
    length: { monthsFromAcceptance: 6 },
    then: 'BecameOwnerless',
    since: 5,
    why: ['LuậtBC 17(5)', 'BLDS 148(3)'],
  },
  { place: 'Missing', length: { days: 30 }, then: 'DeadlinePassed', since: 1, why: ['judged: trace'] },
];

/**
 * The clock of a dossier where it is, or would be; undefined at an end.
 * @param edition of the law; today's if none is named
 */
export function clockOf(dossier: Dossier, edition = lawEdition, place = dossier.place): Clock | undefined {
  return clocks.find((clock) => clock.place === place && stands(clock, edition) && holdsFor(clock.when, dossier));
}
