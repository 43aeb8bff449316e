import { placeView, tellingView } from '../../contract/dossier-view.ts';
import type { Answer, UseCase } from '../../contract/operation.ts';
import type { readTimeline as operation } from '../../contract/read-timeline.ts';
import { shown } from '../../contract/wire.ts';
import { isParty, type JourneyEvent, type Note } from '../../domain/journey/dossier.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { asItHappened, asJudged } from '../../domain/journey/judged.ts';
import type { BookReader, NotePlace, TimelineReader } from '../../domain/ports/book.ts';

/** So many notes are told with an instant. */
const notesTold = 200;

/** Shows its parties everything that was said of a dossier; or what was known at an instant, and what was true. */
export function readTimeline(book: BookReader & TimelineReader): UseCase<typeof operation> {
  return async ({ path: { dossierId }, query: { asOf, cursor, limit } }, caller) => {
    const dossier = await book.head(dossierId);
    if (!dossier || !(caller.role === 'ops' || isParty(dossier, caller)))
      return { refusal: { name: 'UnknownDossier' } };
    const events = await book.timeline(dossierId);
    return asOf === undefined
      ? page(events, await book.notesAfter(dossierId, placeIn(cursor), limit + 1), cursor, limit)
      : tellings(events, await book.notes(dossierId, notesTold), asOf);
  };
}

function page(
  events: readonly JourneyEvent[],
  notes: readonly Note[],
  cursor: string | undefined,
  limit: number,
): Answer<typeof operation> {
  const told = Number(cursor?.split('.')[0] ?? 0);
  const left = [...asJudged(events).all.filter(({ number }) => number > told), ...notes].toSorted(
    (one, other) => one.receivedAt - other.receivedAt,
  );
  const items = left.slice(0, limit);
  return {
    status: 200,
    body: { items: items.map(tellingView), ...(left.length > limit ? { next: cursorAfter(items, cursor) } : {}) },
  };
}

/** How far the events have been told by number, and the notes by the last of them. */
function cursorAfter(items: readonly (JourneyEvent | Note)[], before: string | undefined): string {
  const event = items.findLast((item) => 'number' in item);
  const note = items.findLast((item) => !('number' in item));
  const [number = '0', ...place] = before?.split('.') ?? [];
  const told = event !== undefined && 'number' in event ? String(event.number) : number;
  return [told, ...(note === undefined ? place : [note.receivedAt, note.eventId])].join('.');
}

function placeIn(cursor: string | undefined): NotePlace | undefined {
  const [, receivedAt, eventId] = cursor?.split('.') ?? [];
  return receivedAt === undefined || eventId === undefined ? undefined : { receivedAt: Number(receivedAt), eventId };
}

function tellings(events: readonly JourneyEvent[], notes: readonly Note[], asOf: number): Answer<typeof operation> {
  const arrived = events.filter(({ receivedAt }) => receivedAt <= asOf);
  const arrivedNotes = notes.filter(({ receivedAt }) => receivedAt <= asOf);
  const happened = asJudged(events).standing.filter(({ occurredAt }) => occurredAt <= asOf);
  const last = happened.findLast(({ moves, milestone }) => moves ?? milestone);
  return {
    status: 200,
    body: {
      asOf: shown(asOf),
      knownThen: {
        ...(arrived.length === 0 ? {} : { place: placeView(fold(arrived).place) }),
        timeline: asItHappened(asJudged(arrived), arrivedNotes).map(tellingView),
      },
      trueThen: {
        ...(last === undefined ? {} : { place: placeView(last.to) }),
        timeline: asItHappened(
          { standing: happened, pending: [], all: happened },
          notes.filter(({ occurredAt }) => occurredAt <= asOf),
        ).map(tellingView),
      },
    },
  };
}
