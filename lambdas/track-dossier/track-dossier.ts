import type { OpenUseCase } from '../../contract/operation.ts';
import { placeView } from '../../contract/dossier-view.ts';
import type { trackDossier as operation } from '../../contract/track-dossier.ts';
import { shown } from '../../contract/wire.ts';
import type { TrackingReader } from '../../domain/ports/book.ts';
import { showLocalTime } from '../../domain/calendar/local-time.ts';
import { parseTrackingCode, showTrackingCode } from '../../domain/codes/tracking-code.ts';
import { eventFacts } from '../../domain/journey/events.ts';
import { asJudged } from '../../domain/journey/judged.ts';

/** As many as a journey has; an old one with hundreds of reminders costs no more to track. */
const eventsRead = 100;

/** Shows the stages to whoever holds the code on the slip: no names, no procedure, no addresses. */
export function trackDossier(book: TrackingReader): OpenUseCase<typeof operation> {
  return async ({ path: { trackingCode } }) => {
    const code = parseTrackingCode(trackingCode);
    const dossierId = code.ok ? await book.dossierIdOf(code.value) : undefined;
    const dossier = dossierId === undefined ? undefined : await book.head(dossierId);
    if (!dossier) return { refusal: { name: 'UnknownDossier' } };
    const newest = asJudged(await book.newest(dossier.dossierId, eventsRead));
    const moves = newest.standing.filter(({ moves: moved, milestone }) => moved ?? milestone);
    return {
      status: 200,
      body: {
        trackingCode: showTrackingCode(dossier.trackingCode),
        place: placeView(dossier.place),
        ...(dossier.dueAt === undefined
          ? {}
          : { dueAt: shown(dossier.dueAt), dueAtLocal: showLocalTime(dossier.dueAt) }),
        stages: moves.map(({ type, occurredAt, doubt }) => ({
          vi: eventFacts[type].vi,
          en: eventFacts[type].en,
          ...(doubt === undefined ? { at: shown(occurredAt), atLocal: showLocalTime(occurredAt) } : {}),
        })),
      },
    };
  };
}
