import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { cursors } from '../../adapters/cursor.ts';
import { listDossiers as operation } from '../../contract/list-dossiers.ts';
import { listDossiersCsv as sheet, mostLines } from '../../contract/list-dossiers-csv.ts';
import type { Request } from '../../contract/operation.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import { listDoorOf, type ListDoor } from '../../domain/people/lists.ts';
import { listDossiers } from '../../lambdas/list-dossiers/list-dossiers.ts';
import { trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import type { Details, EventType } from '../../domain/journey/events.ts';
import { freshEntry, nextStep } from '../doubles/book.suite.ts';
import { clerk, courier, dossierAt, hour, label, monday, officer, ops, portal } from '../domain/journey/town.ts';
import { memoryBook } from '../doubles/book.ts';
import { bodyOf, noOf } from './people.ts';

type Query = Request<typeof operation>['query'];

/** Three dossiers on a post office's desk, one on an agency's, one that is over. */
function onTheDesks(now = monday) {
  const book = memoryBook();
  const lay = (n: number, ...[place, change]: Parameters<typeof dossierAt>): void =>
    book.lay(dossierAt(place, { dossierId: `d-${n}`, trackingCode: `12345678901${n}`, ...change }));
  lay(1, 'Collected', { dueAt: monday + 3 * hour, officialCode: 'H15.50.05.13-260302-0975' });
  lay(2, 'OutForDelivery', { dueAt: monday + hour });
  lay(3, 'Collected', { dueAt: monday + 2 * hour });
  lay(4, 'AtAgency');
  lay(5, 'Delivered');
  const list = async (caller: Party, query: Query = {}) =>
    listDossiers({ door: listDoorOf(book), cursors, now: () => now }).page({ query }, caller);
  const ids = async (caller: Party, query: Query = {}) =>
    Lines.parse(bodyOf(await list(caller, query))).items.map(({ dossierId }) => dossierId);
  return { book, list, ids };
}
const Lines = z.object({ items: z.array(z.object({ dossierId: z.string() })), next: z.string().optional() });

describe('a list of dossiers', () => {
  it.each<Party>([clerk, courier, { ...clerk, role: 'supervisor' }])(
    'a list of dossiers shows a $role the work of his office, the most urgent first',
    async (caller) => {
      const { ids } = onTheDesks();
      expect(await ids(caller)).toEqual(['d-2', 'd-3', 'd-1']);
      expect(await ids(caller, { place: 'Collected' })).toEqual(['d-3', 'd-1']);
      expect(await ids({ ...caller, unit: 'PO-NARI' })).toEqual([]);
    },
  );

  it('a list of dossiers shows an officer the work of the agency', async () => {
    const { ids } = onTheDesks();
    expect(await ids(officer)).toEqual(['d-4']);
  });

  it('a list of dossiers says of each where it is in words, until when, and what it is about, and names nobody', async () => {
    const { list } = onTheDesks();
    const body = bodyOf(await list(clerk, { place: 'Collected' }));
    expect(
      z
        .object({ items: z.array(z.unknown()) })
        .parse(body)
        .items.at(-1),
    ).toEqual({
      dossierId: 'd-1',
      trackingCode: '123456789011',
      procedure: { code: '2.000488', vi: 'Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam', en: expect.any(String) },
      place: { name: 'Collected', vi: 'Đã tiếp nhận', en: 'Collected', holder: 'post', end: false },
      since: '2026-03-02T01:00:00.000Z',
      due: { at: '2026-03-02T04:00:00.000Z', local: '11:00 02/03/2026' },
      overdue: false,
      reminders: 0,
      officialCode: 'H15.50.05.13-260302-0975',
    });
    expect(() => operation.answer.parse(body)).not.toThrow();
  });

  it('a list of dossiers that are overdue has those whose time is over, and each of them says so', async () => {
    const { list, ids } = onTheDesks(monday + 2 * hour + 1);
    expect(await ids(clerk, { overdue: 'true' })).toEqual(['d-2', 'd-3']);
    expect(bodyOf(await list(clerk))).toMatchObject({
      items: [{ overdue: true }, { overdue: true }, { overdue: false }],
    });
  });

  it('a list of dossiers goes on with its cursor to the end, each dossier once', async () => {
    const { list, ids } = onTheDesks();
    const first = Lines.parse(bodyOf(await list(clerk, { limit: 2 })));
    expect(first.items).toHaveLength(2);
    expect(await ids(clerk, { limit: 2, cursor: first.next })).toEqual(['d-1']);
    expect(Lines.parse(bodyOf(await list(clerk, { cursor: first.next }))).next).toBeUndefined();
  });

  it('a list of dossiers refuses the cursor of another list, of another unit, and of nobody', async () => {
    const { list } = onTheDesks();
    const { next = '' } = Lines.parse(bodyOf(await list(clerk, { limit: 1 })));
    const [digest = '', place = ''] = next.split('.');
    const made = `${digest}.${Buffer.from(JSON.stringify([0, -1, 'd-1', 'HEAD'])).toString('base64url')}`;
    const others: readonly (readonly [Party, Query])[] = [
      [clerk, { place: 'Collected', cursor: next }],
      [clerk, { overdue: 'true', cursor: next }],
      [clerk, { matter: 'dispute', cursor: next }],
      [{ ...clerk, unit: 'PO-NARI' }, { cursor: next }],
      [clerk, { cursor: place }],
      [clerk, { cursor: `${digest}.e30` }],
      [clerk, { cursor: `${digest}.%%%` }],
      [clerk, { cursor: made }],
    ];
    for (const [caller, query] of others) expect(noOf(await list(caller, query))).toEqual({ name: 'CursorRefused' });
  });

  it('a list of dossiers that a role does not have is refused with those that it has', async () => {
    const { list } = onTheDesks();
    expect(noOf(await list(portal))).toEqual({ name: 'NotYourList', lists: ['lodgedOnDay', 'bearing'] });
    const others: readonly (readonly [Party, Query])[] = [
      [ops, { matter: 'dispute' }],
      [ops, { place: 'Collected' }],
      [clerk, { lodged: '2026-03' }],
      [officer, { lodged: '2026-03-02' }],
      [portal, { lodged: '2026-03' }],
    ];
    for (const [caller, query] of others)
      expect(noOf(await list(caller, query))).toMatchObject({ name: 'NotYourList' });
  });

  it('a list of dossiers shows ops what they have to look at', async () => {
    const { book, list } = onTheDesks();
    await book.find({ dossierId: 'd-1', reason: 'unreadable', at: monday });
    expect(bodyOf(await list(ops))).toEqual({
      items: [{ dossierId: 'd-1', since: '2026-03-02T01:00:00.000Z', overdue: true, reminders: 0, finding: 'due' }],
    });
  });
});

describe('a list as a sheet', () => {
  const sheetOf = async (door: ListDoor, caller: Party, query: Request<typeof sheet>['query'] = {}) =>
    listDossiers({ door, cursors, now: () => monday }).sheet({ query }, caller);
  const textOf = (answer: Awaited<ReturnType<typeof sheetOf>>) => ('body' in answer ? answer.body : '');
  const linesIn = (answer: Awaited<ReturnType<typeof sheetOf>>) => textOf(answer).split('\r\n').slice(1, -1);

  it('a list as a sheet has the lines of the list in its order, in words, and is saved under the unit and the day', async () => {
    const { book, list } = onTheDesks();
    const answer = await sheetOf(listDoorOf(book), clerk);
    const { items } = z
      .object({ items: z.array(z.object({ dossierId: z.string() })) })
      .parse(bodyOf(await list(clerk)));
    expect(linesIn(answer).map((line) => line.split(',').at(-1))).toEqual(items.map(({ dossierId }) => dossierId));
    expect(linesIn(answer)[2]).toBe(
      '123-456-789-011,H15.50.05.13-260302-0975,Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam (2.000488),Đã tiếp nhận,,,2026-03-02 08:00,2026-03-02 11:00,,0,d-1',
    );
    expect(answer).toMatchObject({
      headers: { 'content-disposition': 'attachment; filename="PO-BACKAN-2026-03-02.csv"' },
    });
    expect(answer).not.toHaveProperty('headers.link');
    expect(linesIn(await sheetOf(listDoorOf(book), clerk, { overdue: 'true' }))).toEqual([]);
    expect(textOf(await sheetOf(listDoorOf(book), clerk, { separator: 'semicolon' }))).toContain(
      '\uFEFFMã tra cứu;Mã hồ sơ;',
    );
  });

  it('a list as a sheet that is longer than a thousand lines says where it goes on, with the same list', async () => {
    const book = memoryBook();
    for (let n = 0; n < mostLines + 2; n += 1)
      book.lay(dossierAt('Collected', { dossierId: `d-${n}`, dueAt: monday + n, trackingCode: `1234567890${n}` }));
    const door = listDoorOf(book);
    const first = await sheetOf(door, clerk, { place: 'Collected', separator: 'semicolon' });
    expect(linesIn(first)).toHaveLength(mostLines);
    const { link } = z.object({ headers: z.object({ link: z.string() }) }).parse(first).headers;
    const [, address = ''] = /^<(.+)>; rel="next"$/.exec(link) ?? [];
    const next = new URL(address, 'http://api');
    expect(next.pathname).toBe('/v1/dossiers.csv');
    const query = sheet.request.shape.query.parse(Object.fromEntries(next.searchParams));
    expect(query).toMatchObject({ place: 'Collected', separator: 'semicolon' });
    const rest = await sheetOf(door, clerk, query);
    expect(linesIn(rest).map((line) => line.split(';').at(-1))).toEqual([`d-${mostLines}`, `d-${mostLines + 1}`]);
    expect(rest).not.toHaveProperty('headers.link');
  });

  it('a list as a sheet names below its lines what cannot be read, and finds no dossier by a code', async () => {
    const lost = { ...memoryBook(), waiting: async () => ({ rows: [], unreadable: ['d-lost'] }) };
    expect(linesIn(await sheetOf(listDoorOf(lost), clerk))).toEqual(['không đọc được,,,,,,,,,,d-lost']);
    expect(sheet.request.safeParse({ query: { officialCode: 'H15.50.05.13-260302-0975' } }).success).toBe(false);
    expect(sheet.request.safeParse({ query: { place: 'Collected', lodged: '2026-03' } }).success).toBe(false);
    expect(noOf(await sheetOf(listDoorOf(memoryBook()), portal))).toMatchObject({ name: 'NotYourList' });
  });
});

describe('a list of all that was lodged', () => {
  const registered = async () => {
    const desk = onTheDesks();
    const entry = freshEntry();
    const event = { ...entry.step.event, by: portal };
    const dossier = { ...entry.step.dossier, registeredBy: portal };
    await desk.book.open({ ...entry, step: { ...entry.step, event, dossier } });
    return { ...desk, dossier };
  };

  it('a list of all that was lodged shows an agency its month and a portal its day', async () => {
    const { ids, dossier } = await registered();
    for (const caller of [officer, { ...officer, role: 'supervisor' }] as const)
      expect(await ids(caller, { lodged: '2026-03' })).toEqual([dossier.dossierId]);
    expect(await ids(officer, { lodged: '2026-04' })).toEqual([]);
    expect(await ids({ ...officer, unit: 'AG-BHXH' }, { lodged: '2026-03' })).toEqual([]);
    expect(await ids(portal, { lodged: '2026-03-02' })).toEqual([dossier.dossierId]);
    expect(await ids({ ...portal, unit: 'another-portal' }, { lodged: '2026-03-02' })).toEqual([]);
  });

  it('a list of all that was lodged leaves out what another agency has taken over', async () => {
    const { book, ids, dossier } = await registered();
    book.lay({ ...dossier, agencyId: 'AG-BHXH' }, await book.timeline(dossier.dossierId));
    expect(await ids(officer, { lodged: '2026-03' })).toEqual([]);
  });
});

describe('a list of what bears a code', () => {
  /** A dossier on its way from Bắc Kạn to the agency there, under a label. */
  const onItsWay = async () => {
    const desk = onTheDesks();
    const entry = freshEntry();
    const trackingCode = trackingCodeFrom('12345678901234567');
    let dossier = { ...entry.step.dossier, trackingCode };
    await desk.book.open({ ...entry, step: { ...entry.step, dossier } });
    const itemCode = label();
    const { dueAtCollection: amountCollected, stateFee: feeHandedOver } = dossier.charges;
    const papers = { originals: 2, copies: 1 };
    const officialCode = 'H15.50.05.13-260302-0975';
    const follow = async (by: Party, type: EventType, details: Details): Promise<void> => {
      const step = nextStep(dossier, by, type, details);
      await desk.book.append(step);
      dossier = step.dossier;
    };
    await follow(clerk, 'Collected', { papers, sealNumber: 'BK-0001', amountCollected });
    await follow(clerk, 'Dispatched', { itemCode });
    const handOver = async (): Promise<void> =>
      follow(officer, 'HandedToAgency', {
        papers,
        sealIntact: true,
        feeHandedOver,
        resultDueAt: monday + 200 * hour,
        officialCode,
      });
    return { ...desk, dossierId: dossier.dossierId, trackingCode, itemCode, officialCode, handOver };
  };

  it('a list of what bears a code shows it to whoever has a right to read it, also when the journey is over', async () => {
    const { ids, dossierId, handOver, ...codes } = await onItsWay();
    const { trackingCode, itemCode, officialCode } = codes;
    await handOver();
    for (const caller of [clerk, courier, officer, ops])
      for (const query of [{ trackingCode }, { itemCode }, { officialCode }])
        expect(await ids(caller, query)).toEqual([dossierId]);
    // The clerk registered it, not the portal.
    expect(await ids(portal, { trackingCode })).toEqual([]);
  });

  it('a list of what bears a code is the same for what is another’s and for what is nobody’s', async () => {
    const { list, trackingCode, officialCode, handOver } = await onItsWay();
    await handOver();
    const stranger = { role: 'officer', unit: 'AG-BHXH' } as const;
    for (const query of [{ trackingCode }, { officialCode }, { trackingCode: '999999999999999997' }])
      expect(bodyOf(await list(stranger, query))).toEqual({ items: [] });
  });

  it('a list of what bears a code tells a post office off its route where the item should go, and nothing of its dossier', async () => {
    const { list, itemCode, trackingCode, handOver } = await onItsWay();
    for (const role of ['clerk', 'courier'] as const)
      expect(bodyOf(await list({ role, unit: 'PO-NARI' }, { itemCode }))).toEqual({
        items: [],
        misrouted: { itemCode, postOfficeId: 'PO-BACKAN' },
      });
    const nothing = { items: [] };
    expect(bodyOf(await list({ role: 'clerk', unit: 'PO-NARI' }, { trackingCode }))).toEqual(nothing);
    expect(bodyOf(await list({ role: 'officer', unit: 'AG-BHXH' }, { itemCode }))).toEqual(nothing);
    expect(bodyOf(await list({ role: 'clerk', unit: 'PO-NARI' }, { itemCode: label() }))).toEqual(nothing);
    expect(bodyOf(await list(clerk, { itemCode }))).not.toHaveProperty('misrouted');
    await handOver();
  });

  it('a list of what bears a code leaves out a dossier whose agency has corrected the code', async () => {
    const { book, ids, dossierId, officialCode, handOver } = await onItsWay();
    await handOver();
    const head = await book.head(dossierId);
    if (head === undefined) throw new Error('it is there');
    book.lay({ ...head, officialCode: 'H15.50.05.13-260302-0001' }, await book.timeline(dossierId));
    expect(await ids(officer, { officialCode })).toEqual([]);
  });
});

describe('what is asked of the list', () => {
  const pathsOf = (query: Record<string, string>) =>
    operation.request.safeParse({ query }).error?.issues.map(({ path }) => path.join('/'));

  it.each<Record<string, string>>([
    {},
    { place: 'Collected', overdue: 'true', limit: '100', cursor: 'x' },
    { matter: 'dispute', overdue: 'true' },
    { lodged: '2026-11', limit: '5' },
    { lodged: '2026-11-29' },
    { trackingCode: '123456 789012.345671' },
    { itemCode: 'ra 123 456 785 vn' },
    { officialCode: 'h15.50.05.13–260302–0975' },
  ])('what is asked of the list may be %j', (query) => {
    expect(pathsOf(query)).toBeUndefined();
  });

  it.each<readonly [Record<string, string>, string]>([
    [{ place: 'Collected', matter: 'dispute' }, 'query/matter'],
    [{ place: 'Atlantis' }, 'query/place'],
    [{ lodged: '2026-13' }, 'query/lodged'],
    [{ lodged: '2026-11', place: 'Collected' }, 'query/lodged'],
    [{ trackingCode: '123-456-789-012-345-672' }, 'query/trackingCode'],
    [{ trackingCode: '123456789012345671', limit: '5' }, 'query/limit'],
    [{ itemCode: 'RA123456786VN' }, 'query/itemCode'],
    [{ itemCode: 'RA123456785VN', officialCode: 'H15.50.05.13-260302-0975' }, 'query/officialCode'],
    [{ officialCode: 'nobody' }, 'query/officialCode'],
    [{ limit: '101' }, 'query/limit'],
    [{ limit: '0' }, 'query/limit'],
    [{ overdue: 'yes' }, 'query/overdue'],
    [{ cursor: 'x'.repeat(401) }, 'query/cursor'],
    [{ applicant: 'Ví Dụ' }, 'query'],
  ])('what is asked of the list may not be %j', (query, where) => {
    expect(pathsOf(query)).toEqual([where]);
  });
});
