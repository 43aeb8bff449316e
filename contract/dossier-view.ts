import { isEnd, placeFacts, type Place } from '../domain/journey/places.ts';
import { eventFacts } from '../domain/journey/events.ts';
import { allowedActions } from '../domain/journey/decide.ts';
import type { Dossier, JourneyEvent, Party } from '../domain/journey/dossier.ts';
import { shown } from './wire.ts';

/** A place as clients see it. */
export function placeView(place: Place): {
  name: Place;
  vi: string;
  en: string;
  nationalStatus: number;
  holder: string;
  end: boolean;
} {
  const { vi, en, nationalStatus, holder } = placeFacts[place];
  return { name: place, vi, en, nationalStatus, holder, end: isEnd(place) };
}

/** One event as parties see it. */
export function eventView(event: JourneyEvent): Record<string, unknown> {
  return {
    eventId: event.eventId,
    number: event.number,
    type: event.type,
    vi: eventFacts[event.type].vi,
    en: eventFacts[event.type].en,
    from: event.from,
    to: event.to,
    occurredAt: shown(event.occurredAt),
    receivedAt: shown(event.receivedAt),
    ...(event.aheadSeconds === undefined ? {} : { aheadSeconds: event.aheadSeconds }),
    by: event.by,
    details: detailsView(event.details),
    ...(event.dueAt === undefined ? {} : { dueAt: shown(event.dueAt) }),
  };
}

function detailsView({
  appointment,
  resultDueAt,
  nextAttemptAt,
  ...rest
}: JourneyEvent['details']): Record<string, unknown> {
  return {
    ...rest,
    ...(appointment === undefined
      ? {}
      : { appointment: { from: shown(appointment.from), until: shown(appointment.until) } }),
    ...(resultDueAt === undefined ? {} : { resultDueAt: shown(resultDueAt) }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt: shown(nextAttemptAt) }),
  };
}

/** What this party may report next, in words. */
export function actionsView(dossier: Dossier, party: Party): readonly Record<string, unknown>[] {
  return allowedActions(dossier, party).map((action) => ({
    ...action,
    vi: eventFacts[action.event].vi,
    en: eventFacts[action.event].en,
  }));
}

/** The dossier without its people, as one party sees it. `now` (epoch ms) tells what is overdue. */
export function dossierView(dossier: Dossier, party: Party, now: number): Record<string, unknown> {
  return {
    dossierId: dossier.dossierId,
    trackingCode: dossier.trackingCode,
    version: dossier.version,
    frontDoor: dossier.frontDoor,
    place: placeView(dossier.place),
    since: shown(dossier.since),
    ...(dossier.dueAt === undefined ? {} : { dueAt: shown(dossier.dueAt) }),
    overdue: dossier.reminders > 0 || (dossier.dueAt !== undefined && dossier.dueAt < now),
    procedureCode: dossier.procedureCode,
    agencyId: dossier.agencyId,
    postOfficeId: dossier.postOfficeId,
    deliveryPostOfficeId: dossier.deliveryPostOfficeId,
    communeId: dossier.communeId,
    returnByPost: dossier.returnByPost,
    charges: dossier.charges,
    ...(dossier.papers === undefined ? {} : { papers: dossier.papers }),
    ...(dossier.sealNumber === undefined ? {} : { sealNumber: dossier.sealNumber }),
    ...(dossier.officialCode === undefined ? {} : { officialCode: dossier.officialCode }),
    ...(dossier.resultDueAt === undefined ? {} : { resultDueAt: shown(dossier.resultDueAt) }),
    legs: dossier.legs.map((leg) => ({ ...leg, from: shown(leg.from) })),
    attempts: dossier.attempts,
    allowedActions: actionsView(dossier, party),
  };
}
