import type { Place } from './places.ts';
import type { Sources } from './sources.ts';

/**
 * How long the paper may stay before somebody is told. `then` is what running out means: a reminder, or an event that
 * moves the dossier.
 */
export interface Clock {
  readonly length:
    | { readonly workingDays: number }
    | { readonly days: number }
    | { readonly hours: number }
    /**
     * A date agreed on the way there (appointment, the agency's due date, the next attempt); `orWorkingDays` where none
     * was said.
     */
    | { readonly agreed: 'appointment' | 'resultDueAt' | 'nextAttemptAt'; readonly orWorkingDays: number }
    /**
     * The post keeps an item 15 days in town and 30 days in remote communes, counted from the first notice (its own
     * rules for mail: judged).
     */
    | { readonly hold: { readonly town: 15; readonly remote: 30 } };
  /** Where its length is written, or what is assumed. */
  readonly why: Sources;
  readonly then: 'DeadlinePassed' | 'RegistrationLapsed' | 'SupplementLapsed' | 'HoldExpired';
}

/** The clock of every place where paper waits; an end has none. */
export const clocks: Readonly<Partial<Record<Place, Clock>>> = {
  Registered: { length: { days: 7 }, then: 'RegistrationLapsed', why: ['judged: lapse'] },
  PickupScheduled: {
    length: { agreed: 'appointment', orWorkingDays: 2 },
    then: 'DeadlinePassed',
    why: ['judged: pickupTwoDays'],
  },
  Collected: { length: { workingDays: 1 }, then: 'DeadlinePassed', why: ['judged: sameDayOut'] },
  InTransitToAgency: { length: { workingDays: 2 }, then: 'DeadlinePassed', why: ['TT17 7(2)đ'] },
  HandoverDisputed: { length: { hours: 8 }, then: 'DeadlinePassed', why: ['judged: disputeHours'] },
  AtAgency: {
    length: { agreed: 'resultDueAt', orWorkingDays: 15 },
    then: 'DeadlinePassed',
    why: ['QĐ45 8(2)', 'judged: agencyTerm'],
  },
  SupplementRequested: { length: { days: 30 }, then: 'SupplementLapsed', why: ['judged: supplementLapse'] },
  ResultReady: { length: { workingDays: 1 }, then: 'DeadlinePassed', why: ['judged: fetchResult'] },
  ResultInTransit: { length: { workingDays: 2 }, then: 'DeadlinePassed', why: ['TT17 7(2)đ'] },
  OutForDelivery: { length: { hours: 10 }, then: 'DeadlinePassed', why: ['judged: roundHours'] },
  AwaitingRedelivery: {
    length: { agreed: 'nextAttemptAt', orWorkingDays: 1 },
    then: 'DeadlinePassed',
    why: ['judged: nextTry'],
  },
  HeldAtPostOffice: { length: { hold: { town: 15, remote: 30 } }, then: 'HoldExpired', why: ['judged: hold'] },
  ReturningToAgency: { length: { workingDays: 3 }, then: 'DeadlinePassed', why: ['judged: returnDays'] },
  ReturningToCitizen: { length: { workingDays: 3 }, then: 'DeadlinePassed', why: ['judged: returnDays'] },
  Missing: { length: { days: 30 }, then: 'DeadlinePassed', why: ['judged: trace'] },
};
