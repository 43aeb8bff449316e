import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { deskPlaces } from '../../domain/journey/acting-unit.ts';
import type { MatterKind } from '../../domain/journey/matters.ts';
import type { Person } from '../../contract/register-dossier.ts';
import type { BookWriter, Register } from '../../domain/ports/book.ts';
import type { Asked, Lists, Page, Position } from '../../domain/ports/lists.ts';
import { at, clerk, dossierAt, hour, label, monday, officer } from '../domain/journey/town.ts';
import { freshEntry, nextStep, scanned } from './book.suite.ts';

/** Lists, and what it takes to fill them. */
export interface ListsDesk {
  readonly lists: Lists;
  readonly book: Pick<BookWriter, 'append'>;
  readonly register: Pick<Register<Person>, 'open'>;
  /** Puts a dossier into the book as it is, whatever was there. */
  lay(dossier: Dossier): Promise<void>;
}

let units = 0;
/** A post office that no other test has heard of. */
export function freshOffice(): string {
  return `PO-LISTS-${(units += 1)}`;
}

/** Every page of a list, so many rows each. */
async function pagesOf<Row>(
  read: (asked: Asked) => Promise<Page<Row>>,
  most: number,
  before?: number,
): Promise<readonly (readonly Row[])[]> {
  const pages: (readonly Row[])[] = [];
  let after: Position | undefined;
  do {
    const page: Page<Row> = await read({
      most,
      ...(after === undefined ? {} : { after }),
      ...(before === undefined ? {} : { before }),
    });
    pages.push(page.rows);
    after = page.next;
  } while (after !== undefined);
  return pages;
}

/** What every book must list, in memory or in a database. Holds ADR 0035. */
export function keepsTheLists(name: string, openDesk: () => Promise<ListsDesk>): void {
  describe(`the lists of a book ${name}`, () => {
    let desk: ListsDesk;
    beforeAll(async () => {
      desk = await openDesk();
    });
    let laid = 0;
    const lay = async (change: Partial<Dossier> & Pick<Dossier, 'place' | 'postOfficeId'>): Promise<Dossier> => {
      const n = String((laid += 1)).padStart(4, '0');
      const dossier = dossierAt(change.place, {
        dossierId: `d-lists-${n}`,
        trackingCode: `88880000${n}`,
        deliveryPostOfficeId: change.postOfficeId,
        dueAt: monday + laid * hour,
        ...change,
      });
      await desk.lay(dossier);
      return dossier;
    };

    it('a list shows what a line needs of a dossier, and no more', async () => {
      const postOfficeId = freshOffice();
      const dossier = await lay({ place: 'Collected', postOfficeId, officialCode: 'H15.50.05.13-260302-0975' });
      const { dossierId, trackingCode, procedureCode, place, since, dueAt, reminders, officialCode } = dossier;
      expect(await desk.lists.waiting(postOfficeId, ['Collected'], { most: 5 })).toEqual({
        rows: [{ dossierId, trackingCode, procedureCode, place, since, dueAt, reminders, officialCode }],
        unreadable: [],
      });
    });

    it.each([1, 2, 3, 50])(
      'a list of all places of a unit has every dossier once, the most urgent first, on pages of %i',
      async (most) => {
        const postOfficeId = freshOffice();
        const places = deskPlaces(postOfficeId);
        const expected: Dossier[] = [];
        // Three at each place, of which two are due at one instant, and that of the next place too.
        for (const [index, place] of places.entries())
          for (const due of [index, index, index + 1])
            expected.push(await lay({ place, postOfficeId, lostFrom: 'Collected', dueAt: monday + due * hour }));
        const pages = await pagesOf(async (asked) => desk.lists.waiting(postOfficeId, places, asked), most);
        const rows = pages.flat();
        expect(rows.map(({ dossierId }) => dossierId).toSorted()).toEqual(
          expected.map(({ dossierId }) => dossierId).toSorted(),
        );
        expect(rows.map(({ dueAt }) => dueAt)).toEqual(
          expected.map(({ dueAt = 0 }) => dueAt).toSorted((a, b) => a - b),
        );
        expect(pages.slice(0, -1).every((page) => page.length === most)).toBe(true);
        expect(pages).toHaveLength(Math.ceil(expected.length / most));
      },
    );

    it('a list of one place holds nothing of another place, and nothing of another unit', async () => {
      const [mine, other] = [freshOffice(), freshOffice()];
      const dossier = await lay({ place: 'Collected', postOfficeId: mine });
      await lay({ place: 'InTransitToAgency', postOfficeId: mine });
      await lay({ place: 'Collected', postOfficeId: other });
      const { rows } = await desk.lists.waiting(mine, ['Collected'], { most: 50 });
      expect(rows.map(({ dossierId }) => dossierId)).toEqual([dossier.dossierId]);
      expect((await desk.lists.waiting(freshOffice(), ['Collected'], { most: 50 })).rows).toEqual([]);
    });

    it('a list of what is overdue has what was due before, and what the clock has reminded of since, that first', async () => {
      const postOfficeId = freshOffice();
      const now = monday + 100 * hour;
      const inTime = await lay({ place: 'Collected', postOfficeId, dueAt: now });
      const late = await lay({ place: 'Collected', postOfficeId, dueAt: now - 1 });
      const reminded = await lay({ place: 'Collected', postOfficeId, reminders: 2, dueAt: now + 9 * hour });
      const overdue = await pagesOf(
        async (asked) => desk.lists.waiting(postOfficeId, deskPlaces(postOfficeId), asked),
        1,
        now,
      );
      expect(overdue.flat().map(({ dossierId }) => dossierId)).toEqual([reminded.dossierId, late.dossierId]);
      const { rows } = await desk.lists.waiting(postOfficeId, ['Collected'], { most: 50 });
      expect(rows.map(({ dossierId }) => dossierId)).toEqual([reminded.dossierId, late.dossierId, inTime.dossierId]);
    });

    it('a list goes on where it was, though the dossier it stopped at has moved on meanwhile', async () => {
      const postOfficeId = freshOffice();
      const places = deskPlaces(postOfficeId);
      const [one, two, three] = [
        await lay({ place: 'Collected', postOfficeId }),
        await lay({ place: 'ResultReady', postOfficeId }),
        await lay({ place: 'Collected', postOfficeId }),
      ];
      const first = await desk.lists.waiting(postOfficeId, places, { most: 2 });
      expect(first.rows.map(({ dossierId }) => dossierId)).toEqual([one.dossierId, two.dossierId]);
      const { dueAt: _none, ...over } = { ...two, place: 'Delivered' as const };
      await desk.lay(over);
      expect(first.next).toBeDefined();
      const second = await desk.lists.waiting(postOfficeId, places, {
        most: 2,
        ...(first.next === undefined ? {} : { after: first.next }),
      });
      expect(second.rows.map(({ dossierId }) => dossierId)).toEqual([three.dossierId]);
      expect(second).not.toHaveProperty('next');
    });

    it('a list that goes on behind everything that is asked for is empty', async () => {
      const postOfficeId = freshOffice();
      const { dossierId } = await lay({ place: 'Collected', postOfficeId });
      const after = { part: 0, at: monday + 9_000 * hour, dossierId, item: 'HEAD' };
      expect(await desk.lists.waiting(postOfficeId, ['Collected'], { most: 5, after, before: monday })).toEqual({
        rows: [],
        unreadable: [],
      });
    });

    it('a list of what a unit has to settle has one kind of it, the most urgent first, and what is settled no more', async () => {
      const owner = freshOffice();
      const dossier = await lay({ place: 'Collected', postOfficeId: 'PO-BACKAN', version: 1 });
      const matter = (kind: MatterKind, eventId: string, hours: number) => ({
        kind,
        eventId,
        owner,
        openedAt: monday,
        dueAt: monday + hours * hour,
      });
      const [late, soon] = [matter('dispute', 'e-late', 9), matter('dispute', 'e-soon', 3)];
      const step = scanned(dossier);
      await desk.book.append({ ...step, matters: { opened: [late, soon, matter('parked', 'e-p', 1)], closed: [] } });
      const disputes = async () =>
        (await pagesOf(async (asked) => desk.lists.unsettled(owner, 'dispute', asked), 1)).flat();
      const { dossierId, trackingCode, procedureCode } = dossier;
      const row = { dossierId, trackingCode, procedureCode, since: monday, reminders: 0, kind: 'dispute' };
      expect(await disputes()).toEqual([
        { ...row, eventId: 'e-soon', dueAt: soon.dueAt },
        { ...row, eventId: 'e-late', dueAt: late.dueAt },
      ]);
      await desk.book.append({ ...scanned(step.dossier), matters: { opened: [], closed: [soon] } });
      expect((await disputes()).map(({ eventId }) => eventId)).toEqual(['e-late']);
    });

    const portal = { role: 'portal', unit: 'portal-of-lists' } as const;
    /** Registers a dossier at an instant, through a portal. */
    const registerAt = async (receivedAt: number, agencyId: string): Promise<Dossier> => {
      const entry = freshEntry();
      const { dossier, event, matters } = entry.step;
      const { opened } = event;
      if (opened === undefined) throw new Error('the first event opens');
      const there = { ...dossier, registeredBy: portal, agencyId };
      const said = { ...event, by: portal, receivedAt, opened: { ...opened, agencyId } };
      await desk.register.open({ ...entry, step: { dossier: there, event: said, matters } });
      return there;
    };

    it('a list of all that was lodged with an agency has a month of Vietnam, the oldest first, as each stands now', async () => {
      const agency = 'AG-LISTS';
      const second = await registerAt(at('2026-04-30T23:59'), agency);
      const first = await registerAt(at('2026-04-01T00:00'), agency);
      await registerAt(at('2026-05-01T00:00'), agency);
      await registerAt(at('2026-03-31T23:59'), agency);
      await registerAt(at('2026-04-15T08:00'), 'AG-LISTS-OTHER');
      const moved = scanned(first);
      expect(await desk.book.append(moved)).toBe('written');
      const list = { agency, month: '2026-04' };
      const pages = await pagesOf(async (asked) => desk.lists.lodged(list, asked), 1);
      expect(pages.map(([row]) => [row?.dossierId, row?.version])).toEqual([
        [first.dossierId, 2],
        [second.dossierId, 1],
      ]);
    });

    it('a list of all that a portal registered has a day of Vietnam', async () => {
      const registered = await registerAt(at('2026-07-02T00:00'), 'AG-LISTS-PORTAL');
      await registerAt(at('2026-07-01T23:59'), 'AG-LISTS-PORTAL');
      const { rows } = await desk.lists.lodged({ portal: portal.unit, day: '2026-07-02' }, { most: 50 });
      expect(rows.map(({ dossierId }) => dossierId)).toEqual([registered.dossierId]);
      expect((await desk.lists.lodged({ portal: 'another', day: '2026-07-02' }, { most: 50 })).rows).toEqual([]);
    });

    it('a list of what bears a code has the dossier of the slip, of the label, and of the agency’s own code', async () => {
      const entry = freshEntry();
      await desk.register.open(entry);
      const [itemCode, officialCode] = [label(), 'H15.50.05.13-260302-0975'];
      const papers = { originals: 2, copies: 1 };
      let { dossier } = entry.step;
      const { dueAtCollection: amountCollected, stateFee: feeHandedOver } = dossier.charges;
      for (const [by, type, details] of [
        [clerk, 'Collected', { papers, sealNumber: 'BK-0001', amountCollected }],
        [clerk, 'Dispatched', { itemCode }],
        [
          officer,
          'HandedToAgency',
          { papers, sealIntact: true, feeHandedOver, resultDueAt: monday + 200 * hour, officialCode },
        ],
      ] as const) {
        const step = nextStep(dossier, by, type, details);
        expect(await desk.book.append(step)).toBe('written');
        dossier = step.dossier;
      }
      const { trackingCode, dossierId } = dossier;
      for (const code of [{ trackingCode }, { itemCode }, { officialCode }])
        expect((await desk.lists.bearing(code)).map((one) => [one.dossierId, one.version])).toEqual([[dossierId, 4]]);
      const unknown = [{ trackingCode: '000000000000' }, { itemCode: label() }, { officialCode: 'H15-260302-0001' }];
      for (const code of unknown) expect(await desk.lists.bearing(code)).toEqual([]);
    });

    it('a list of what somebody took out has his own of that day of Vietnam, in that order', async () => {
      const person = `person-${freshOffice()}`;
      const takeOut = async (occurredAt: number, by: string): Promise<string> => {
        const dossier = await lay({ place: 'ResultInTransit', postOfficeId: 'PO-BACKAN', version: 1 });
        const { event } = scanned(dossier);
        const step = {
          event: { ...event, type: 'OutForDelivery', occurredAt, by: { ...event.by, person: by } },
          dossier: { ...dossier, place: 'OutForDelivery', version: 2 },
          matters: { opened: [], closed: [] },
        } as const;
        expect(await desk.book.append(step)).toBe('written');
        return dossier.dossierId;
      };
      const second = await takeOut(at('2026-03-05T09:00'), person);
      const first = await takeOut(at('2026-03-05T00:00'), person);
      await takeOut(at('2026-03-04T23:59'), person);
      await takeOut(at('2026-03-06T00:00'), person);
      await takeOut(at('2026-03-05T09:00'), 'another');
      const round = { person, day: '2026-03-05' };
      expect(await desk.lists.takenOut(round, 5)).toEqual([
        { dossierId: first, at: at('2026-03-05T00:00') },
        { dossierId: second, at: at('2026-03-05T09:00') },
      ]);
      expect(await desk.lists.takenOut(round, 1)).toHaveLength(1);
      const heads = await desk.lists.heads([second, 'd-nobody', first]);
      expect(heads.map(({ dossierId, place }) => [dossierId, place])).toEqual([
        [second, 'OutForDelivery'],
        [first, 'OutForDelivery'],
      ]);
      expect(await desk.lists.heads([])).toEqual([]);
    });
  });
}
