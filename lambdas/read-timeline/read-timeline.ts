import { placeView, tellingView } from '../../contract/dossier-view.ts';
import type { Answer, UseCase } from '../../contract/operation.ts';
import type { readTimeline as operation, Telling } from '../../contract/read-timeline.ts';
import { shown } from '../../contract/wire.ts';
import type { JourneyEvent, Note, NotePlace } from '../../domain/journey/dossier.ts';
import type { Place } from '../../domain/journey/places.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { asItHappened, asJudged, movesPaper } from '../../domain/journey/judged.ts';
import type { Door } from '../../domain/people/door.ts';

const pageLength = 100;
/** So many notes are told with an instant: of those that had arrived, and again of those that arrived later. */
const notesTold = 200;

/** Shows its parties everything that was said of a dossier; or what was known at an instant, and what was true. */
export function readTimeline(door: Door): UseCase<typeof operation> {
  return async ({ path: { dossierId }, query: { asOf, cursor, limit = pageLength } }, caller) => {
    const opened = await door.open(dossierId, caller, 'read');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const events = await opened.timeline();
    if (asOf === undefined) {
      const { items, next } = page(events, await opened.notesAfter(placeIn(cursor), limit + 1), cursor, limit);
      const shownBy = await opened.scansShowing(items);
      return { status: 200, body: { items: items.map((one) => tellingView(one, shownBy)), ...next } };
    }
    const [before, since] = await Promise.all([
      opened.notes(notesTold, asOf),
      opened.notesAfter({ receivedAt: asOf, eventId: afterAll }, notesTold),
    ]);
    const shownBy = await opened.scansShowing([...events, ...before, ...since]);
    return tellings(events, before, since, asOf, (one) => tellingView(one, shownBy));
  };
}

/** Behind every id of an event in the order of characters: the notes of that instant come before. */
const afterAll = '~';

function page(
  events: readonly JourneyEvent[],
  notes: readonly Note[],
  cursor: string | undefined,
  limit: number,
): { readonly items: readonly (JourneyEvent | Note)[]; readonly next: { readonly next?: string } } {
  const told = Number(cursor?.split('.')[0] ?? 0);
  const left = asJudged(events).all.filter(({ number }) => number > told);
  const items = merged(left, notes).slice(0, limit);
  return { items, next: left.length + notes.length > limit ? { next: cursorAfter(items, cursor) } : {} };
}

/**
 * Events and notes by their arrival, each kind in its own order: that is what a cursor counts by, and an event that a
 * slower clock received has the higher number all the same.
 */
function merged(events: readonly JourneyEvent[], notes: readonly Note[]): readonly (JourneyEvent | Note)[] {
  let next = 0;
  const told = events.flatMap((event) => {
    const from = next;
    while ((notes[next]?.receivedAt ?? Infinity) < event.receivedAt) next += 1;
    return [...notes.slice(from, next), event];
  });
  return [...told, ...notes.slice(next)];
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

function tellings(
  events: readonly JourneyEvent[],
  before: readonly Note[],
  since: readonly Note[],
  asOf: number,
  view: typeof tellingView,
): Answer<typeof operation> {
  const arrived = events.filter(({ receivedAt }) => receivedAt <= asOf);
  const known = arrived.length === 0 ? undefined : fold(arrived);
  const happened = asJudged(events).standing.filter(({ occurredAt }) => occurredAt <= asOf);
  return {
    status: 200,
    body: {
      asOf: shown(asOf),
      knownThen: {
        ...(known === undefined ? {} : paperAt(known.place, known.dueAt)),
        timeline: asItHappened(asJudged(arrived), before).map((one) => view(one)),
      },
      trueThen: {
        ...placeAfter(happened),
        timeline: asItHappened(
          { standing: happened, pending: [], all: happened },
          [...before, ...since].filter(({ occurredAt }) => occurredAt <= asOf),
        ).map((one) => view(one)),
      },
    },
  };
}

/** Where the last that moved it left the paper, and when its clock rings: a reminder asks again. */
function placeAfter(happened: readonly JourneyEvent[]): Pick<Telling, 'place' | 'dueAt'> {
  const moved = happened.findLast(movesPaper);
  const clocked = happened.findLast((event) => movesPaper(event) || event.effects.includes('remind'));
  return moved === undefined ? {} : paperAt(moved.to, clocked?.dueAt);
}

function paperAt(place: Place, dueAt: number | undefined): Pick<Telling, 'place' | 'dueAt'> {
  return { place: placeView(place), ...(dueAt === undefined ? {} : { dueAt: shown(dueAt) }) };
}
