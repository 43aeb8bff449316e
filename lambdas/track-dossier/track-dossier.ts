import type { OpenUseCase } from '../../contract/operation.ts';
import { placeView } from '../../contract/dossier-view.ts';
import type { trackDossier as operation } from '../../contract/track-dossier.ts';
import { shown } from '../../contract/wire.ts';
import type { TrackingReader } from '../../domain/ports/book.ts';
import { showLocalTime } from '../../domain/calendar/local-time.ts';
import { parseTrackingCode, showTrackingCode } from '../../domain/codes/tracking-code.ts';
import { eventFacts } from '../../domain/journey/events.ts';
import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import { inLegalOrder } from '../../domain/journey/judge.ts';
import { asJudged, movesPaper } from '../../domain/journey/judged.ts';

/** More than a journey has: one with thousands of reminders costs no more to track. */
const mostEvents = 100;

/** Shows the stages to whoever holds the code on the slip: no names, no procedure, no addresses. */
export function trackDossier(book: TrackingReader): OpenUseCase<typeof operation> {
  return async ({ path: { trackingCode } }) => {
    const code = parseTrackingCode(trackingCode);
    const dossierId = code.ok ? await book.dossierIdOf(code.value) : undefined;
    const dossier = dossierId === undefined ? undefined : await book.head(dossierId);
    if (!dossier) return { refusal: { name: 'UnknownDossier' } };
    const stages = await stagesOf(book, dossier);
    return {
      status: 200,
      body: {
        trackingCode: showTrackingCode(dossier.trackingCode),
        place: placeView(dossier.place),
        ...(dossier.dueAt === undefined
          ? {}
          : { dueAt: shown(dossier.dueAt), dueAtLocal: showLocalTime(dossier.dueAt) }),
        stages: stages.map(({ type, occurredAt, doubt }) => ({
          vi: eventFacts[type].vi,
          en: eventFacts[type].en,
          ...(doubt === undefined ? { at: shown(occurredAt), atLocal: showLocalTime(occurredAt) } : {}),
        })),
      },
    };
  };
}

/** What moved the paper, in legal order: one short read, or each by its number where reminders lie between. */
async function stagesOf(book: TrackingReader, { dossierId, version, idle }: Dossier): Promise<readonly JourneyEvent[]> {
  if (version <= mostEvents) return asJudged(await book.newest(dossierId, mostEvents)).standing.filter(movesPaper);
  const others = new Set(idle);
  const numbers = Array.from({ length: version }, (_none, index) => index + 1).filter((number) => !others.has(number));
  const found = await book.numbered(dossierId, numbers.slice(-mostEvents));
  return found.filter(movesPaper).toSorted(inLegalOrder);
}
