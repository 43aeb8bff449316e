import type { OpenUseCase } from '../../contract/operation.ts';
import { placeView } from '../../contract/dossier-view.ts';
import type { trackDossier as operation } from '../../contract/track-dossier.ts';
import { shown } from '../../contract/wire.ts';
import { showLocalTime } from '../../domain/calendar/local-time.ts';
import { parseTrackingCode, showTrackingCode } from '../../domain/codes/tracking-code.ts';
import { eventFacts } from '../../domain/journey/events.ts';
import type { Track } from '../../domain/people/tracking.ts';

/** Shows the stages to whoever holds the code on the slip: no names, no procedure, no addresses. */
export function trackDossier(track: Track): OpenUseCase<typeof operation> {
  return async ({ path: { trackingCode } }) => {
    const code = parseTrackingCode(trackingCode);
    const tracked = code.ok ? await track(code.value) : undefined;
    if (!tracked) return { refusal: { name: 'UnknownDossier' } };
    const { place, dueAt, stages } = tracked;
    return {
      status: 200,
      body: {
        trackingCode: showTrackingCode(tracked.trackingCode),
        place: placeView(place),
        ...(dueAt === undefined ? {} : { dueAt: shown(dueAt), dueAtLocal: showLocalTime(dueAt) }),
        stages: stages.map(({ type, occurredAt, doubt }) => ({
          vi: eventFacts[type].vi,
          en: eventFacts[type].en,
          ...(doubt === undefined ? { at: shown(occurredAt), atLocal: showLocalTime(occurredAt) } : {}),
        })),
      },
    };
  };
}
