import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiRefusal } from '../../client/call.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import type { Speaker, Traveller } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { open, walkTo, wordsOfPeopleIn } from './roads.ts';
import { clerk, courier, officer, ops, portal, type Town } from './town.ts';

describe('the lists', () => {
  let town: Town;
  let one: Traveller;
  let two: Traveller;
  aTown((booted) => {
    town = booted;
  });
  beforeAll(async () => {
    [one, two] = [await open(town, 'counter'), await open(town, 'counter')];
    await walkTo(town, one, 'AtAgency');
    await walkTo(town, two, 'Collected');
  });

  const codeOf = async (asked: Promise<unknown>): Promise<unknown> =>
    asked.then(
      () => 'answered',
      (error: unknown) => (error instanceof ApiRefusal ? `${error.status} ${error.code}` : error),
    );

  it('the lists show each unit its own work, in one call, and nobody’s name', async () => {
    const [office, agency] = [await town.as(clerk).list(), await town.as(officer).list()];
    expect(office.items.map(({ dossierId }) => dossierId)).toEqual([two.dossier.dossierId]);
    expect(agency.items.map(({ dossierId }) => dossierId)).toEqual([one.dossier.dossierId]);
    expect(await town.as(courier).list()).toEqual(office);
    expect((await town.as({ role: 'clerk', unit: 'PO-NARI' }).list()).items).toEqual([]);
    expect(wordsOfPeopleIn(JSON.stringify([office, agency]))).toEqual([]);
  });

  it('the lists have what is overdue first, and still when its clock has rung', async () => {
    await town.clock.jumpTo(town.clock.now() + 4 * 24 * 3_600_000);
    await town.settled();
    const fresh = await open(town, 'counter');
    await walkTo(town, fresh, 'Collected');
    const { items } = await town.as(clerk).list({ place: 'Collected' });
    expect(items.map(({ dossierId, overdue }) => [dossierId, overdue])).toEqual([
      [two.dossier.dossierId, true],
      [fresh.dossier.dossierId, false],
    ]);
    expect(items[0]?.reminders).toBeGreaterThan(0);
    expect((await town.as(clerk).list({ overdue: 'true' })).items).toHaveLength(1);
  });

  it('the lists are saved as a sheet too, with the same lines, and nobody’s name', async () => {
    const [{ items }, sheet] = [await town.as(clerk).list(), await town.as(clerk).sheet()];
    const lines = sheet.split('\r\n').slice(1, -1);
    expect(lines.map((line) => line.split(',').at(-1))).toEqual(items.map(({ dossierId }) => dossierId));
    expect(wordsOfPeopleIn(sheet)).toEqual([]);
    const answer = await fetch(new URL('/v1/dossiers.csv?place=Collected', town.apiUrl), {
      headers: { authorization: `Bearer ${await town.bearer(clerk)}` },
    });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; filename="PO-BACKAN-\d{4}-\d\d-\d\d\.csv"$/),
    });
    expect([...new Uint8Array(await answer.arrayBuffer()).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('the lists go on page by page with their cursor, which no other unit and no other list can use', async () => {
    const first = await town.as(clerk).list({ limit: '1' });
    expect(first.items).toHaveLength(1);
    const cursor = first.next ?? '';
    const second = await town.as(clerk).list({ limit: '1', cursor });
    expect(second.items.map(({ dossierId }) => dossierId)).not.toEqual(first.items.map(({ dossierId }) => dossierId));
    expect(second.next).toBeUndefined();
    for (const [speaker, query] of [
      [{ role: 'clerk', unit: 'PO-NARI' }, { cursor }],
      [officer, { cursor }],
      [clerk, { place: 'Collected', cursor }],
      [clerk, { cursor: 'made-up' }],
    ] as const)
      expect(await codeOf(town.as(speaker).list(query))).toBe('400 CursorRefused');
    expect(wordsOfPeopleIn(Buffer.from(cursor.split('.')[1] ?? '', 'base64url').toString())).toEqual([]);
  });

  it('the lists have what a unit has to settle: a dispute lies on the desk of whoever caused it until it is settled', async () => {
    const traveller = await open(town, 'counter');
    await traveller.report(clerk, 'Collected', {
      papers: { originals: 2, copies: 1 },
      sealNumber: 'BK-0002',
      amountCollected: traveller.dossier.charges.dueAtCollection + 1000,
    });
    const { items } = await town.as(clerk).list({ matter: 'dispute' });
    expect(items).toEqual([
      expect.objectContaining({
        dossierId: traveller.dossier.dossierId,
        trackingCode: traveller.dossier.trackingCode,
        matter: expect.objectContaining({ kind: 'dispute', en: 'Differs from what the book knew' }),
      }),
    ]);
    expect((await town.as(officer).list({ matter: 'dispute' })).items).toEqual([]);
  });

  it('the lists find a dossier by the code on the slip, on the label and of the agency, as people type it, for those with a right', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
    const { dossierId, trackingCode } = traveller.dossier;
    const itemCode = (await town.as(clerk).read(dossierId)).legs[0]?.itemCode ?? '';
    const officialCode = 'H15.50.05.13-261008-0975';
    await traveller.report(officer, 'HandedToAgency', {
      papers: { originals: 2, copies: 1 },
      sealIntact: true,
      feeHandedOver: traveller.dossier.charges.stateFee,
      resultDueAt: new Date(town.clock.now() + 10 * 24 * 3_600_000).toISOString(),
      officialCode,
    });
    const typed = [
      { trackingCode: `${trackingCode.slice(0, 4)} ${trackingCode.slice(4)}` },
      { itemCode: itemCode.toLowerCase() },
      { officialCode: officialCode.toLowerCase() },
    ];
    const stranger: Speaker = { role: 'clerk', unit: 'PO-NARI' };
    for (const query of typed) {
      for (const speaker of [clerk, courier, officer, ops]) {
        const { items } = await town.as(speaker).list(query);
        expect(items).toEqual([expect.objectContaining({ dossierId, officialCode })]);
      }
      expect((await town.as(stranger).list(query)).items).toEqual([]);
      expect(await town.as(portal).list(query)).toEqual({ items: [] });
    }
    expect(await town.as(stranger).list({ itemCode })).toEqual({
      items: [],
      misrouted: { itemCode, postOfficeId: 'PO-BACKAN' },
    });
    expect(await codeOf(town.as(clerk).list({ trackingCode: '123456789016' }))).toBe('400 InvalidRequest');
  });

  it('the lists of all that was lodged have an agency’s month and a portal’s day', async () => {
    const traveller = await open(town, 'pickup');
    const day = localDay(town.clock.now());
    const { items } = await town.as(portal).list({ lodged: day });
    expect(items.map(({ dossierId }) => dossierId)).toEqual([traveller.dossier.dossierId]);
    const month = await town.as(officer).list({ lodged: day.slice(0, 7), limit: '100' });
    expect(month.items.map(({ dossierId }) => dossierId)).toContain(traveller.dossier.dossierId);
    expect(await codeOf(town.as(officer).list({ lodged: day }))).toBe('403 NotYourList');
    expect(await codeOf(town.as(clerk).list({ lodged: day }))).toBe('403 NotYourList');
  });

  it('the counts of a desk are what its lists have, say when they were counted, and are a minute old at most', async () => {
    await town.clock.jumpTo(town.clock.now() + 61_000);
    const before = await town.as(clerk).desk();
    const age = town.clock.now() - Date.parse(before.countedAt);
    expect(age >= 0 && age <= 60_000).toBe(true);
    for (const { place, total, overdue } of before.waiting) {
      const [all, late] = [
        await town.as(clerk).list({ place: place.name, limit: '100' }),
        await town.as(clerk).list({ place: place.name, overdue: 'true', limit: '100' }),
      ];
      expect([place.name, total, overdue]).toEqual([place.name, all.items.length, late.items.length]);
    }
    expect(before.waiting.length).toBeGreaterThan(0);
    expect(before.unsettled).toContainEqual(expect.objectContaining({ kind: 'dispute', total: 1 }));
    await open(town, 'counter');
    expect(await town.as(courier).desk()).toEqual(before);
    await town.clock.jumpTo(town.clock.now() + 61_000);
    const registered = async () =>
      (await town.as(clerk).desk()).waiting.find(({ place }) => place.name === 'Registered')?.total;
    const was = before.waiting.find(({ place }) => place.name === 'Registered')?.total ?? 0;
    expect(await registered()).toBe(was + 1);
  });

  it('the round of a courier has the pickups agreed for the day and what he took out, until each is done', async () => {
    const [fetched, brought] = [await open(town, 'pickup'), await open(town, 'counter')];
    await walkTo(town, fetched, 'PickupScheduled');
    await walkTo(town, brought, 'OutForDelivery');
    const day = localDay(town.clock.now());
    const errands = async (): Promise<Record<string, boolean>> => {
      const { items } = await town.as(courier).round(day);
      expect(wordsOfPeopleIn(JSON.stringify(items))).toEqual([]);
      return Object.fromEntries(items.map(({ dossierId, done }) => [dossierId, done]));
    };
    const [pickup, delivery] = [fetched.dossier.dossierId, brought.dossier.dossierId];
    expect(await errands()).toMatchObject({ [pickup]: false, [delivery]: false });
    const { items } = await town.as(courier).round(day);
    expect(items.find(({ dossierId }) => dossierId === pickup)).toMatchObject({
      errand: 'pickup',
      toCollect: fetched.dossier.charges.dueAtCollection,
    });
    await walkTo(town, brought, 'Delivered');
    await walkTo(town, fetched, 'Collected');
    const after = await errands();
    expect(after[delivery]).toBe(true);
    expect(after).not.toHaveProperty(pickup);
    expect(await codeOf(town.as(clerk).round(day))).toBe('403 Forbidden');
    expect(await codeOf(town.as(courier).round('2026-02-30'))).toBe('400 InvalidRequest');
    expect((await town.as({ role: 'courier', unit: 'PO-NARI' }).round(day)).items).toEqual([]);
  });

  it('the lists that a role does not have are refused by name, and so are two lists in one', async () => {
    expect(await codeOf(town.as(portal).list())).toBe('403 NotYourList');
    expect(await codeOf(town.as(ops).list({ matter: 'dispute' }))).toBe('403 NotYourList');
    expect(await codeOf(town.as(clerk).list({ matter: 'dispute', place: 'Collected' }))).toBe('400 InvalidRequest');
    expect(await town.as(ops).list()).toEqual({ items: [] });
  });
});
