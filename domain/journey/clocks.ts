import type { Place } from './places.ts';

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
     * The post keeps an item 15 days in town and 30 days in remote communes, counted from the first notice (source S23,
     * generic mail: judged).
     */
    | { readonly hold: { readonly town: 15; readonly remote: 30 } };
  readonly then: 'DeadlinePassed' | 'RegistrationLapsed' | 'SupplementLapsed' | 'HoldExpired';
}

/** The clock of every place where paper waits; an end has none. */
export const clocks: Readonly<Partial<Record<Place, Clock>>> = {
  Registered: { length: { days: 7 }, then: 'RegistrationLapsed' },
  PickupScheduled: { length: { agreed: 'appointment', orWorkingDays: 2 }, then: 'DeadlinePassed' },
  Collected: { length: { workingDays: 1 }, then: 'DeadlinePassed' },
  InTransitToAgency: { length: { workingDays: 2 }, then: 'DeadlinePassed' },
  HandoverDisputed: { length: { hours: 8 }, then: 'DeadlinePassed' },
  AtAgency: { length: { agreed: 'resultDueAt', orWorkingDays: 15 }, then: 'DeadlinePassed' },
  SupplementRequested: { length: { days: 30 }, then: 'SupplementLapsed' },
  ResultReady: { length: { workingDays: 1 }, then: 'DeadlinePassed' },
  ResultInTransit: { length: { workingDays: 2 }, then: 'DeadlinePassed' },
  OutForDelivery: { length: { hours: 10 }, then: 'DeadlinePassed' },
  AwaitingRedelivery: { length: { agreed: 'nextAttemptAt', orWorkingDays: 1 }, then: 'DeadlinePassed' },
  HeldAtPostOffice: { length: { hold: { town: 15, remote: 30 } }, then: 'HoldExpired' },
  ReturningToAgency: { length: { workingDays: 3 }, then: 'DeadlinePassed' },
  ReturningToCitizen: { length: { workingDays: 3 }, then: 'DeadlinePassed' },
  Missing: { length: { days: 30 }, then: 'DeadlinePassed' },
};
