import { showLocalTime } from '../domain/calendar/local-time.ts';
import { showTrackingCode } from '../domain/codes/tracking-code.ts';
import { eventFacts } from '../domain/journey/events.ts';
import type { Tracked as Found } from '../domain/people/tracking.ts';
import { placeView } from './dossier-view.ts';
import type { Tracked } from './track-dossier.ts';
import { shown } from './wire.ts';

/** Where a dossier is, as everybody with its code sees it. */
export function trackedView({ trackingCode, place, next, overdue, dueAt, stages }: Found): Tracked {
  return {
    trackingCode: showTrackingCode(trackingCode),
    place: placeView(place),
    next,
    overdue,
    ...(dueAt === undefined ? {} : { dueAt: shown(dueAt), dueAtLocal: showLocalTime(dueAt) }),
    stages: stages.map(({ type, occurredAt, doubt }) => ({
      vi: eventFacts[type].vi,
      en: eventFacts[type].en,
      ...(doubt === undefined ? { at: shown(occurredAt), atLocal: showLocalTime(occurredAt) } : {}),
    })),
  };
}
