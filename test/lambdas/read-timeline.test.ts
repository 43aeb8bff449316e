import { describe, expect, it } from '@jest/globals';
import type { Note } from '../../domain/journey/dossier.ts';
import { doorOf } from '../../domain/people/door.ts';
import { readTimeline } from '../../lambdas/read-timeline/read-timeline.ts';
import { readTimeline as contract } from '../../contract/read-timeline.ts';
import { clerk, courier, hour, monday } from '../domain/journey/town.ts';
import { freshEntry, nextStep } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';

const minute = 60_000;

function noteAt(eventId: string, receivedAt: number, occurredAt = receivedAt): Note {
  return {
    eventId,
    type: 'Scanned',
    occurredAt,
    receivedAt,
    by: courier,
    edition: { law: 1, calendar: '2026' },
    details: { postOfficeId: 'PO-BACKAN' },
  };
}

/** A collected dossier, with notes beside its two events. @param slow how much earlier the second was received */
async function collected(notes: readonly Note[], slow = 0) {
  const book = memoryBook();
  const entry = freshEntry();
  const { dossier } = entry.step;
  await book.open(entry);
  const step = nextStep(dossier, clerk, 'Collected', {
    papers: { originals: 2, copies: 1 },
    sealNumber: 'BK-0001',
    amountCollected: dossier.charges.dueAtCollection,
  });
  await book.append({ ...step, event: { ...step.event, receivedAt: step.event.receivedAt - slow } });
  const written = await Promise.all(notes.map(async (one) => book.note(dossier, one, {})));
  expect(new Set(written)).toEqual(new Set(notes.length === 0 ? [] : ['written']));
  const { dossierId } = dossier;
  const read = async (query: Parameters<ReturnType<typeof readTimeline>>[0]['query']) => {
    const answer = await readTimeline(doorOf(book, book))({ path: { dossierId }, query }, clerk);
    if (!('status' in answer)) throw new Error('it was refused');
    return contract.answer.parse(answer.body);
  };
  return { read, events: [entry.step.event, step.event] };
}

function idsOf(items: readonly { readonly eventId: string }[]): readonly string[] {
  return items.map(({ eventId }) => eventId);
}

describe('the timeline, page by page', () => {
  it.each([1, 2, 3, 4, 200])(
    'the timeline in pages of %i has everything once, also what a slower clock received',
    async (limit) => {
      const notes = [-2 * hour, -30 * minute, 30 * minute, 2 * hour].map((later, n) =>
        noteAt(`note-number-${n}`, monday + later),
      );
      const { read, events } = await collected(notes, 3 * hour);
      const told: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await read({ limit, cursor });
        if (!('items' in page)) throw new Error('asked for a page');
        expect(page.items.length).toBeLessThanOrEqual(limit);
        told.push(...idsOf(page.items));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(told.toSorted()).toEqual([...idsOf(events), ...idsOf(notes)].toSorted());
      expect(told.filter((id) => events.some(({ eventId }) => eventId === id))).toEqual(idsOf(events));
    },
  );

  it('the timeline ends with the page that is just full, and has a hundred to a page unless more or less is asked for', async () => {
    const crowd = Array.from({ length: 118 }, (_none, n) => noteAt(`crowd-${n}-note`, monday + 24 * hour + n));
    const { read } = await collected(crowd);
    const first = await read({});
    if (!('items' in first)) throw new Error('asked for a page');
    expect(first.items).toHaveLength(100);
    expect(await read({ cursor: first.next, limit: 20 })).not.toHaveProperty('next');
    expect(await read({ cursor: first.next, limit: 19 })).toHaveProperty('next');
    expect(await read({ limit: 120 })).not.toHaveProperty('next');
  });

  it('the timeline tells at one instant what moved the paper before what was noted', async () => {
    const note = noteAt('note-at-once', monday + hour);
    const { read, events } = await collected([note]);
    const page = await read({});
    expect(events[1]?.receivedAt).toBe(note.receivedAt);
    expect('items' in page && idsOf(page.items)).toEqual([...idsOf(events), note.eventId]);
  });
});

describe('the timeline as of an instant', () => {
  it('the timeline as of an instant has its notes, however many came afterwards', async () => {
    const crowd = Array.from({ length: 3 }, (_, day) =>
      Array.from({ length: 199 }, (_none, n) => noteAt(`crowd-${day}-${n}-note`, monday + (day + 2) * 24 * hour + n)),
    ).flat();
    const early = noteAt('note-in-time', monday + 90 * minute);
    const late = noteAt('note-told-later', monday + 24 * hour, monday + 30 * minute);
    const { read } = await collected([early, late, ...crowd]);
    const answer = await read({ asOf: monday + 2 * hour });
    if (!('asOf' in answer)) throw new Error('asked for an instant');
    expect(idsOf(answer.knownThen.timeline)).toContain(early.eventId);
    expect(idsOf(answer.knownThen.timeline)).not.toContain(late.eventId);
    expect(idsOf(answer.trueThen.timeline)).toEqual(expect.arrayContaining([early.eventId, late.eventId]));
    expect(answer.trueThen.timeline).toHaveLength(4);
  });

  it('the timeline as of an instant tells by when the paper had to move on', async () => {
    const { read, events } = await collected([]);
    const answer = await read({ asOf: monday + 2 * hour });
    const dueAt = new Date(events.at(-1)?.dueAt ?? 0).toISOString();
    expect(answer).toMatchObject({
      knownThen: { place: { name: 'Collected' }, dueAt },
      trueThen: { place: { name: 'Collected' }, dueAt },
    });
  });

  it.each([-1, 0])(
    'the timeline as of an instant has what arrived and happened in that very millisecond (%i)',
    async (later) => {
      const note = noteAt('note-at-once', monday + hour);
      const { read, events } = await collected([note]);
      const answer = await read({ asOf: monday + hour + later });
      if (!('asOf' in answer)) throw new Error('asked for an instant');
      const isThere = later === 0;
      for (const { place, timeline } of [answer.knownThen, answer.trueThen]) {
        expect(place?.name).toBe(isThere ? 'Collected' : 'Registered');
        expect(idsOf(timeline).toSorted()).toEqual(
          isThere ? [...idsOf(events), note.eventId].toSorted() : [events[0]?.eventId],
        );
      }
    },
  );

  it.each([
    [{ asOf: '2026-03-09T08:00:00Z', limit: '5' }, ['limit']],
    [{ asOf: '2026-03-09T08:00:00Z', cursor: '7' }, ['cursor']],
    [{ asOf: '2026-03-09T08:00:00Z', cursor: '7', limit: '5' }, ['cursor']],
    [{ asOf: 'yesterday' }, ['asOf']],
  ])('the timeline as of an instant has no pages: %j is refused where it is wrong', (query, path) => {
    const { error } = contract.request.safeParse({ path: { dossierId: 'd-0000000000000000000000000a' }, query });
    expect(error?.issues.map((issue) => issue.path).filter(([where]) => where === 'query')).toEqual([
      ['query', ...path],
    ]);
  });
});
