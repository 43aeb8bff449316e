import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { detailsOf, type FeedEvent } from '../../contract/feed-event.ts';
import type { Speaker } from '../../local/demo/traveller.ts';
import { nextReport, open, walkTo, wordsOfPeopleIn } from './roads.ts';
import { bootTown, clerk, discard, freshDataDirectory, officer, ops, portal, supervisor, type Town } from './town.ts';

const agencySupervisor: Speaker = { role: 'supervisor', unit: 'AG-PASC-BACKAN' };
const elsewhere: Speaker = { role: 'supervisor', unit: 'PO-NGANSON' };

// Holds ADR 0037.
describe('a feed', () => {
  const dataDir = freshDataDirectory();
  let town: Town;
  beforeAll(async () => {
    town = await bootTown(dataDir);
  });
  afterAll(async () => {
    await town.close();
    discard(dataDir);
  });

  const subscribe = async (speaker: Speaker, filter = {}): Promise<string> =>
    (await town.as(speaker).subscriptions.add({ filter })).subscriptionId;
  /** Everything that is there after a cursor, page by page. */
  const readAll = async (speaker: Speaker, id: string, after?: string, limit = '7') => {
    const events: FeedEvent[] = [];
    for (let at = after; ;) {
      const page = await town
        .as(speaker)
        .subscriptions.events(id, { ...(at === undefined ? {} : { after: at }), limit });
      events.push(...page.events);
      at = page.next;
      if (!page.more) return { events, next: at };
    }
  };
  const typesOf = (events: readonly FeedEvent[], dossierId: string): readonly string[] =>
    events.filter(({ subject }) => subject === dossierId).map(({ type }) => type.replace('dossier-post.', ''));

  it('a feed tells a party every arrival of its dossiers once, in their order, and names nobody', async () => {
    const [ofOffice, ofAgency] = [await subscribe(supervisor), await subscribe(officer)];
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'Delivered');
    const told = await town.as(clerk).timeline(dossierId);
    const said = 'items' in told ? told.items.map(({ type }) => type) : [];
    for (const [speaker, id] of [
      [supervisor, ofOffice],
      [officer, ofAgency],
    ] as const) {
      const { events } = await readAll(speaker, id);
      expect(typesOf(events, dossierId)).toEqual(said);
      expect(new Set(events.map((one) => one.id)).size).toBe(events.length);
      expect(new Set(events.filter(({ subject }) => subject === dossierId).map(({ lane }) => lane)).size).toBe(1);
      expect(wordsOfPeopleIn(JSON.stringify(events))).toEqual([]);
      for (const { data } of events)
        expect(detailsOf(data.event.type)).toEqual(expect.arrayContaining(Object.keys(data.event.details)));
    }
  });

  it('a feed has no gaps: the sequence of each lane counts from one', async () => {
    const id = await subscribe(supervisor);
    for (let n = 0; n < 5; n += 1) await open(town, 'counter');
    const { events } = await readAll(supervisor, id);
    expect(events.length).toBeGreaterThanOrEqual(5);
    for (const [, ofLane] of Map.groupBy(events, ({ lane }) => lane))
      expect(ofLane.map(({ sequence }) => Number(sequence))).toEqual(ofLane.map((_event, index) => index + 1));
  });

  it('a feed is read by two readers, each at its own pace, and goes on after a restart where each was', async () => {
    const id = await subscribe(supervisor);
    const first = await open(town, 'counter');
    await walkTo(town, first, 'InTransitToAgency');
    const [quick, slow] = [
      await readAll(supervisor, id),
      await town.as(supervisor).subscriptions.events(id, { limit: '1' }),
    ];
    expect(slow.more).toBe(true);
    await town.close();
    town = await bootTown(dataDir);
    const second = await open(town, 'counter');
    expect(typesOf((await readAll(supervisor, id, quick.next)).events, second.dossier.dossierId)).toEqual([
      'DossierRegistered',
    ]);
    const rest = await readAll(supervisor, id, slow.next);
    const all = [...slow.events, ...rest.events];
    expect(all.map((one) => one.id).toSorted()).toEqual(
      (await readAll(supervisor, id)).events.map((one) => one.id).toSorted(),
    );
    expect(typesOf(all, first.dossier.dossierId)).toEqual(typesOf(quick.events, first.dossier.dossierId));
  });

  it('a feed has what was written while nobody could publish, in its order', async () => {
    const id = await subscribe(supervisor);
    const traveller = await open(town, 'counter');
    const { next } = await readAll(supervisor, id);
    await town.faults.set('streams', true);
    for (const place of ['Registered', 'Collected', 'InTransitToAgency'] as const) {
      const { by, type, details } = nextReport(traveller, place);
      await town.as(by).record(traveller.dossier.dossierId, {
        eventId: `away-${place}`,
        type,
        occurredAt: new Date(town.clock.now()).toISOString(),
        details,
      });
    }
    expect((await readAll(supervisor, id, next)).events).toEqual([]);
    await town.faults.set('streams', false);
    await town.settled();
    expect(typesOf((await readAll(supervisor, id, next)).events, traveller.dossier.dossierId)).toEqual([
      'Collected',
      'Dispatched',
      'HandedToAgency',
    ]);
  });

  it('a feed hears what its party may read, and nothing else', async () => {
    const [ofStranger, ofPortal] = [await subscribe(elsewhere), await subscribe(portal)];
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Collected');
    const pickup = await open(town, 'pickup');
    expect((await readAll(elsewhere, ofStranger)).events).toEqual([]);
    const { events } = await readAll(portal, ofPortal);
    expect(typesOf(events, pickup.dossier.dossierId)).toEqual(['DossierRegistered']);
    expect(typesOf(events, traveller.dossier.dossierId)).toEqual([]);
  });

  it('a feed is narrowed by types, agencies and offices, and changed for what comes', async () => {
    const id = await subscribe(supervisor, {
      types: ['Collected'],
      agencies: ['AG-PASC-BACKAN'],
      offices: ['PO-BACKAN'],
    });
    const others = await subscribe(supervisor, { agencies: ['AG-UBND-01933'] });
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'InTransitToAgency');
    const { events, next } = await readAll(supervisor, id);
    expect(typesOf(events, dossierId)).toEqual(['Collected']);
    expect((await readAll(supervisor, others)).events).toEqual([]);
    await town.as(supervisor).subscriptions.change(id, { filter: {} });
    await walkTo(town, traveller, 'AtAgency');
    expect(typesOf((await readAll(supervisor, id, next)).events, dossierId)).toContain('HandedToAgency');
  });

  it('a feed tells of a correction of a contact, and not of the contact', async () => {
    const id = await subscribe(supervisor);
    const traveller = await open(town, 'counter');
    await traveller.report(clerk, 'ContactCorrected', { contact: { phone: '0900000009' } });
    const { events } = await readAll(supervisor, id);
    expect(typesOf(events, traveller.dossier.dossierId)).toEqual(['DossierRegistered', 'ContactCorrected']);
    expect(JSON.stringify(events)).not.toContain('0900000009');
  });

  it('a feed is its own unit’s: another’s is unknown, ops read it, and nobody else ends it', async () => {
    const id = await subscribe(agencySupervisor);
    await expect(town.as(elsewhere).subscriptions.events(id)).rejects.toMatchObject({ code: 'UnknownSubscription' });
    await expect(town.as(elsewhere).subscriptions.end(id)).rejects.toMatchObject({ code: 'UnknownSubscription' });
    expect((await town.as(officer).subscriptions.read(id)).party).toEqual(agencySupervisor);
    expect((await town.as(ops).subscriptions.list()).map(({ subscriptionId }) => subscriptionId)).toContain(id);
    await town.as(ops).subscriptions.events(id);
    await town.as(officer).subscriptions.end(id);
    await expect(town.as(officer).subscriptions.read(id)).rejects.toMatchObject({ code: 'UnknownSubscription' });
  });

  it('a feed takes no cursor of another, and none that is ahead of it', async () => {
    const [one, other] = [await subscribe(elsewhere), await subscribe(elsewhere)];
    const { next } = await readAll(elsewhere, one);
    for (const after of [next, 'made-up', `${next}x`])
      await expect(town.as(elsewhere).subscriptions.events(other, { after })).rejects.toMatchObject({
        code: 'CursorRefused',
      });
  });

  it('a feed that was not read for a month says so, and begins anew with what is kept', async () => {
    const id = await subscribe(supervisor);
    const { next } = await readAll(supervisor, id);
    const traveller = await open(town, 'counter');
    await traveller.later(31 * 24 * 60);
    await expect(town.as(supervisor).subscriptions.events(id, { after: next })).rejects.toMatchObject({
      status: 410,
      code: 'FeedFellBehind',
    });
    const { events } = await readAll(supervisor, id);
    expect(typesOf(events, traveller.dossier.dossierId)).not.toContain('DossierRegistered');
  });
});
