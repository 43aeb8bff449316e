import { describe, expect, it } from '@jest/globals';
import { borderProblem } from '../../contract/problem.ts';
import { recordBag as operation } from '../../contract/record-bag.ts';
import { takeInAndPack, type BagFact, type Bags } from '../../domain/custody/bag.ts';
import type { Dossier, Party } from '../../domain/journey/dossier.ts';
import type { Place } from '../../domain/journey/places.ts';
import { recordBag } from '../../lambdas/record-bag/record-bag.ts';
import { courier, dossierAt, hour, label, monday, officer } from '../domain/journey/town.ts';
import { memoryBook } from '../doubles/book.ts';
import { bodyOf, noOf } from './people.ts';

const now = monday + 2 * hour;
const bagCode = 'TUI-BK-0001';

/** A desk with dossiers, and its bags. @param failing dossiers at which the book fails */
function desk(place: Place, ids: readonly string[], change: Partial<Dossier> = {}) {
  const book = memoryBook();
  for (const dossierId of ids) book.lay({ ...dossierAt(place, { since: monday, ...change }), dossierId });
  const failing = new Set<string>();
  const facts = new Map<string, BagFact>();
  const due: [string, number][] = [];
  const finished: string[] = [];
  const inside = new Map<string, readonly string[]>();
  const bags: Bags = {
    manifest: async (code) => inside.get(code),
    pack: async (code, dossierIds) => void inside.set(code, dossierIds),
    keep: async (fact, dueAt) => {
      facts.set(`${fact.bagCode} ${fact.eventId}`, fact);
      due.push([fact.eventId, dueAt]);
      return 'kept';
    },
    fact: async (code, eventId) => facts.get(`${code} ${eventId}`),
    finish: async (_code, eventId) => void finished.push(eventId),
  };
  const intake = {
    book: {
      ...book,
      note: async (...[dossier, note, personal]: Parameters<typeof book.note>) => {
        if (failing.has(dossier.dossierId)) throw new Error('out of order');
        return book.note(dossier, note, personal);
      },
    },
    now: () => now,
    pause: async () => undefined,
  };
  const useCase = recordBag(
    async (fact) => takeInAndPack(intake, bags, fact),
    bags,
    () => now,
    () => borderProblem('Unexpected'),
  );
  const say = async (said: Record<string, unknown>, caller: Party = courier) => {
    const occurredAt = new Date(monday + hour).toISOString();
    const { body } = operation.request.parse({ body: { bagCode, eventId: 'bag-event-1', occurredAt, ...said } });
    return useCase({ body }, caller);
  };
  const told = async (said: Record<string, unknown>, caller?: Party) => {
    const { finished: isFinished, items, ...rest } = operation.answer.parse(bodyOf(await say(said, caller)));
    expect(rest).toEqual({ bagCode: said['bagCode'] ?? bagCode });
    return { isFinished, items: items.map(({ dossierId, status, problem }) => [dossierId, status, problem?.code]) };
  };
  return { book, failing, due, finished, inside, say, told };
}

function lines(...ids: readonly string[]) {
  return ids.map((dossierId) => ({ dossierId }));
}
function dispatched(...ids: readonly string[]) {
  return {
    type: 'Dispatched',
    items: ids.map((dossierId) => ({ dossierId, details: { itemCode: label() } })),
  };
}

describe('a bag that changes hands', () => {
  it('a bag is handed over with one scan, and of each dossier it is said that it is whole, as on its slip', async () => {
    const { book, told, due, finished, inside } = desk('InTransitToAgency', ['d-number-1', 'd-number-2']);
    const resultDueAt = new Date(monday + 100 * hour).toISOString();
    const said = { type: 'HandedToAgency', details: { resultDueAt }, items: lines('d-number-1', 'd-number-2') };
    expect(await told(said, officer)).toEqual({
      isFinished: true,
      items: [
        ['d-number-1', 201, undefined],
        ['d-number-2', 201, undefined],
      ],
    });
    for (const id of ['d-number-1', 'd-number-2'])
      expect((await book.timeline(id)).at(-1)).toMatchObject({
        type: 'HandedToAgency',
        occurredAt: monday + hour,
        by: officer,
        details: {
          papers: { originals: 2, copies: 1 },
          sealIntact: true,
          feeHandedOver: 200_000,
          resultDueAt: monday + 100 * hour,
        },
      });
    // A minute for this process, then the sweep goes on.
    expect(due).toEqual([['bag-event-1', now + 60_000]]);
    expect(finished).toEqual(['bag-event-1']);
    // What is handed over is not put into a bag by it.
    expect(inside.size).toBe(0);
  });

  it('a bag in which one dossier is not as the others says of it only what is said of it alone', async () => {
    const { book, told } = desk('InTransitToAgency', ['d-number-1', 'd-number-2']);
    const resultDueAt = new Date(monday + 100 * hour).toISOString();
    const disputed = { dossierId: 'd-number-2', type: 'HandoverDisputed', details: { reason: 'papers-incomplete' } };
    const items = [...lines('d-number-1'), disputed];
    await told({ type: 'HandedToAgency', details: { resultDueAt }, items }, officer);
    expect((await book.timeline('d-number-2')).at(-1)).toMatchObject({ type: 'HandoverDisputed' });
    expect((await book.timeline('d-number-2')).at(-1)?.details).toEqual({ reason: 'papers-incomplete' });
    expect((await book.head('d-number-1'))?.place).toBe('AtAgency');
  });

  it('a bag is packed with what was taken in when it set out, and named as a whole from then on', async () => {
    const { book, told, inside } = desk('Collected', ['d-number-1', 'd-number-2']);
    expect(await told(dispatched('d-number-1', 'd-nobody', 'd-number-2'))).toEqual({
      isFinished: true,
      items: [
        ['d-number-1', 201, undefined],
        ['d-nobody', 404, 'UnknownDossier'],
        ['d-number-2', 201, undefined],
      ],
    });
    expect(inside.get(bagCode)).toEqual(['d-number-1', 'd-number-2']);
    const scanned = { type: 'Scanned', eventId: 'bag-event-2', details: { postOfficeId: 'PO-NARI' }, whole: true };
    expect(await told(scanned)).toEqual({
      isFinished: true,
      items: [
        ['d-number-1', 201, undefined],
        ['d-number-2', 201, undefined],
      ],
    });
    expect(await book.notes('d-number-2', 9)).toMatchObject([
      { type: 'Scanned', details: { postOfficeId: 'PO-NARI' } },
    ]);
    expect(inside.get(bagCode)).toEqual(['d-number-1', 'd-number-2']);
  });

  it('a bag that nothing was taken into is not packed', async () => {
    const { told, inside } = desk('AtAgency', ['d-number-1']);
    await told(dispatched('d-nobody'));
    expect(inside.size).toBe(0);
  });

  it('a bag’s manifest names no dossier to whom it is none of', async () => {
    const { say, told, inside } = desk('InTransitToAgency', ['d-number-1']);
    inside.set(bagCode, ['d-number-1', 'd-nobody']);
    const scanned = { type: 'Scanned', details: { postOfficeId: 'PO-NARI' }, whole: true };
    expect((await told(scanned)).items).toEqual([['d-number-1', 201, undefined]]);
    const stranger: Party = { role: 'courier', unit: 'PO-NGANSON' };
    expect(noOf(await say({ ...scanned, eventId: 'bag-event-2' }, stranger))).toEqual({ name: 'UnknownBag' });
  });
});

describe('a bag that is said twice, or of nothing', () => {
  it('a bag’s fact that comes twice is one fact, kept once, and answered as it was', async () => {
    const { told, due } = desk('Collected', ['d-number-1']);
    const said = dispatched('d-number-1');
    await told(said);
    expect(await told(said)).toEqual({ isFinished: true, items: [['d-number-1', 200, undefined]] });
    expect(due).toHaveLength(1);
  });

  it.each<Party>([
    { role: 'courier', unit: 'PO-NARI' },
    { role: 'clerk', unit: 'PO-BACKAN' },
  ])('a bag’s fact is not said again by anybody else: %j', async (other) => {
    const { say, told } = desk('Collected', ['d-number-1']);
    const said = dispatched('d-number-1');
    await told(said);
    expect(noOf(await say(said, other))).toEqual({ name: 'EventIdReused' });
  });

  it('a bag with nothing in it, and one that nobody packed, is unknown', async () => {
    const { say, due } = desk('Collected', ['d-number-1']);
    const scanned = { type: 'Scanned', details: { postOfficeId: 'PO-NARI' } };
    expect(noOf(await say({ ...scanned, items: [] }))).toEqual({ name: 'UnknownBag' });
    expect(noOf(await say({ ...scanned, whole: true }))).toEqual({ name: 'UnknownBag' });
    expect(noOf(await say({ ...scanned, whole: true, items: lines('d-number-1') }))).toEqual({ name: 'UnknownBag' });
    expect(due).toEqual([]);
  });

  it('a bag of which one dossier fails is not finished, and the failing one is told as a surprise', async () => {
    const { failing, told, finished } = desk('InTransitToAgency', ['d-number-1', 'd-number-2']);
    const scanned = { type: 'Scanned', details: { postOfficeId: 'PO-NARI' }, items: lines('d-number-1', 'd-number-2') };
    failing.add('d-number-2');
    expect(await told(scanned)).toEqual({
      isFinished: false,
      items: [
        ['d-number-1', 201, undefined],
        ['d-number-2', 500, 'Unexpected'],
      ],
    });
    expect(finished).toEqual([]);
  });
});
