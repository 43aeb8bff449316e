import { afterAll, describe, expect, it } from '@jest/globals';
import { nextReport, open, walkTo, wordsOfPeopleIn } from './roads.ts';
import { oneStopSystem, type OneStopSystem } from './one-stop.ts';
import { seen } from './seen.ts';
import { aTown } from './a-town.ts';
import { clerk, officer, type Town } from './town.ts';

const hour = 3_600_000;

// Holds ADR 0025.
describe('an agency’s one-stop system', () => {
  let town: Town;
  let oneStop: OneStopSystem;
  aTown((booted) => {
    town = booted;
    oneStop = oneStopSystem(booted);
  });
  afterAll(() => oneStop.close());
  let messages = 0;
  const say = async (
    dossierId: string,
    status: number,
    change: { readonly messageId?: string; readonly amountDue?: number } = {},
  ) =>
    town.as(officer).reportStatus(dossierId, {
      messageId: `one-stop-${(messages += 1)}`,
      status,
      at: new Date(town.clock.now()).toISOString(),
      ...change,
    });

  it('an agency’s one-stop system hears every status that facts set, and nothing about people', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    for (const place of ['Collected', 'AtAgency', 'OutForDelivery', 'Delivered'] as const) {
      await walkTo(town, traveller, place);
      await oneStop.listen();
    }
    expect(oneStop.historyOf(dossierId)).toEqual([1, 4, 9, 10]);
    expect(wordsOfPeopleIn(JSON.stringify(oneStop.heard))).toEqual([]);
  });

  it('an agency’s one-stop system that hears updates twice and the newest first believes the newest', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    await traveller.report(officer, 'DutyRequested', { amountDue: 90_000 });
    await oneStop.listen('twice-and-backwards');
    expect(oneStop.historyOf(traveller.dossier.dossierId)).toEqual([6]);
  });

  it('an agency’s one-stop system hears after an outage what it has missed', async () => {
    const traveller = await open(town, 'counter');
    await town.faults.set('streams', true);
    for (const place of ['Registered', 'Collected', 'InTransitToAgency'] as const) {
      const { by, type, details } = nextReport(traveller, place);
      await town.as(by).record(traveller.dossier.dossierId, {
        eventId: `in-the-outage-${place}`,
        type,
        occurredAt: new Date(town.clock.now()).toISOString(),
        details,
      });
      await town.clock.jumpTo(town.clock.now() + 60_000);
    }
    await town.faults.set('streams', false);
    await town.clock.jumpTo(town.clock.now() + hour);
    await town.settled();
    await oneStop.listen();
    expect(oneStop.historyOf(traveller.dossier.dossierId).at(-1)).toBe(4);
  });

  it('an agency’s one-stop system is followed by the step that its status stands for, once', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'AtAgency');
    expect(await say(dossierId, 4)).toMatchObject({ outcome: 'same', nationalStatus: 4 });
    expect(await say(dossierId, 5, { messageId: 'supplement-1' })).toMatchObject({
      outcome: 'followed',
      nationalStatus: 5,
      place: { name: 'SupplementRequested' },
      event: { type: 'SupplementRequested' },
    });
    expect(await say(dossierId, 4)).toMatchObject({ outcome: 'followed', place: { name: 'AtAgency' } });
    // The first message again changes nothing.
    expect(await say(dossierId, 5, { messageId: 'supplement-1' })).toMatchObject({
      outcome: 'followed',
      nationalStatus: 4,
    });
    expect(await say(dossierId, 6, { amountDue: 120_000 })).toMatchObject({ place: { name: 'DutyRequested' } });
    expect((await seen(town, traveller)).place).toBe('DutyRequested');
  });

  it('an agency’s one-stop system with a status that is none, or that the law does not allow here, is kept for a person', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'AtAgency');
    expect(await say(dossierId, 42)).toMatchObject({
      outcome: 'parked',
      nationalStatus: 4,
      event: { type: 'StatusReported' },
    });
    const kept = await seen(town, traveller);
    expect(kept.due).toContain('status-differs');
    expect(kept.read.matters.find(({ kind }) => kind === 'status-differs')).toMatchObject({ owner: 'AG-PASC-BACKAN' });
    expect(await say(dossierId, 10)).toMatchObject({ outcome: 'parked' });
    const { eventId = '' } = kept.read.matters.find(({ kind }) => kind === 'status-differs') ?? {};
    await traveller.report(clerk, 'MatterSettled', { concerns: eventId, reason: 'recorded-in-error' });
    expect((await seen(town, traveller)).due).not.toContain('status-differs');
    await expect(
      town.as({ role: 'officer', unit: 'AG-UBND-01933' }).reportStatus(dossierId, {
        messageId: 'stranger-message',
        status: 9,
        at: new Date(town.clock.now()).toISOString(),
      }),
    ).rejects.toMatchObject({ status: 404, code: 'UnknownDossier' });
  });
});
