import { describe, expect, it } from '@jest/globals';
import { isDone, takeInBag, type BagFact, type Bags } from '../../../domain/custody/bag.ts';
import { finishBag } from '../../../domain/custody/finish-bag.ts';
import type { Intake } from '../../../domain/intake/take-in.ts';
import { memoryBook } from '../../doubles/book.ts';
import { courier, dossierAt, hour, monday } from '../journey/town.ts';

const ids = ['d-0', 'd-1', 'd-2', 'd-3', 'd-4'];
const fact: BagFact = {
  bagCode: 'TUI-1',
  eventId: 'failed-1',
  type: 'Scanned',
  occurredAt: monday + hour,
  by: courier,
  keptAt: monday + hour,
  details: { postOfficeId: 'PO-BACKAN' },
  lines: ids.map((dossierId) => ({ dossierId, type: 'HandoverOffered', details: {} })),
};

/** A book that fails for some dossiers, for a while. */
function desk(failing: ReadonlySet<string>) {
  const book = memoryBook();
  for (const dossierId of ids) book.lay({ ...dossierAt('InTransitToAgency', { since: monday }), dossierId });
  const intake: Intake = {
    book: {
      ...book,
      note: async (dossier, note, personal) => {
        if (failing.has(dossier.dossierId)) throw new Error('away');
        return book.note(dossier, note, personal);
      },
    },
    now: () => monday + 2 * hour,
    pause: async () => undefined,
  };
  return { book, intake };
}

describe('a bag of which something fails', () => {
  it('a bag of which something fails is taken in as far as can be, and finished without saying anything twice', async () => {
    const failing = new Set(['d-1', 'd-3']);
    const { book, intake } = desk(failing);
    const finished: string[] = [];
    const bags: Bags = {
      manifest: async () => ids,
      pack: async () => undefined,
      keep: async () => 'kept',
      fact: async (bagCode, eventId) => (eventId === fact.eventId && bagCode === fact.bagCode ? fact : undefined),
      finish: async (_bagCode, eventId) => {
        finished.push(eventId);
      },
    };
    const first = await takeInBag(intake, fact);
    expect(isDone(first)).toBe(false);
    expect(first.map(({ taken }) => 'note' in taken)).toEqual([true, false, true, false, true]);
    const bag = { bagCode: fact.bagCode, eventId: fact.eventId };
    await expect(finishBag(intake, bags)(bag)).rejects.toThrow('could not be finished now');
    expect(finished).toEqual([]);
    failing.clear();
    await finishBag(intake, bags)(bag);
    expect(finished).toEqual([fact.eventId]);
    for (const id of ids) expect(await book.notes(id, 10)).toHaveLength(1);
    // What fails for a day is left to whoever finds out why.
    failing.add('d-1');
    const late = { ...fact, eventId: 'failed-2' };
    const [again, later] = [
      { ...bags, fact: async () => late },
      { ...intake, now: () => monday + 26 * hour },
    ];
    await expect(finishBag(intake, again)({ ...bag, eventId: 'failed-2' })).rejects.toThrow();
    await finishBag(later, again)({ ...bag, eventId: 'failed-2' });
    expect(finished).toEqual([fact.eventId, 'failed-2']);
    await finishBag(intake, bags)({ ...bag, eventId: 'another' });
    expect(finished).toEqual([fact.eventId, 'failed-2']);
  });
});
