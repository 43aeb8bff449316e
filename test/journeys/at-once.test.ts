import { describe, expect, it } from '@jest/globals';
import { nextReport, open, registrationAt, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, courier, officer, type Town } from './town.ts';

describe('many at once', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  it('the same event sent five times at once counts once, and everybody is told the same', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    const { type, details = {} } = nextReport(traveller, 'Registered');
    const body = { eventId: 'collected-0001', type, details, occurredAt: new Date(town.clock.now()).toISOString() };
    const answers = await Promise.all(Array.from({ length: 5 }, async () => town.as(clerk).record(dossierId, body)));
    expect(new Set(answers.map(({ event }) => JSON.stringify(event))).size).toBe(1);
    expect(answers.map(({ version }) => version)).toEqual([2, 2, 2, 2, 2]);
    await town.settled();
    expect((await town.as(clerk).read(dossierId)).timeline).toHaveLength(2);
    expect((await town.execution(dossierId)).states).toEqual(['Resume', 'Registered', 'Collected']);
  });

  it('the same registration sent five times at once opens one dossier', async () => {
    const key = 'registration-at-once-0001';
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => town.as(clerk).register(registrationAt('counter'), key)),
    );
    expect(new Set(answers.map(({ dossierId }) => dossierId)).size).toBe(1);
  });

  it('an event id that was used for something else is refused', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    const scanned = {
      eventId: 'scanned-0001',
      type: 'Scanned' as const,
      occurredAt: new Date(town.clock.now()).toISOString(),
    };
    await town.as(clerk).record(dossierId, { ...scanned, details: { postOfficeId: 'PO-BACKAN' } });
    await expect(
      town.as(clerk).record(dossierId, { ...scanned, details: { postOfficeId: 'PO-NARI' } }),
    ).rejects.toMatchObject({ status: 409, code: 'EventIdReused' });
  });

  it('of two different events at once one wins, and the other is told VersionMoved', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'InTransitToAgency');
    const { version } = await town.as(clerk).read(dossierId);
    const handed = nextReport(traveller, 'InTransitToAgency');
    const occurredAt = new Date(town.clock.now()).toISOString();
    const outcomes = await Promise.allSettled([
      town.as(officer).record(
        dossierId,
        {
          eventId: 'handed-0001',
          type: handed.type,
          occurredAt,
          details: handed.details ?? {},
        },
        version,
      ),
      town.as(courier).record(
        dossierId,
        {
          eventId: 'missing-0001',
          type: 'ReportedMissing',
          occurredAt,
          details: { reason: 'not-found-in-bag' },
        },
        version,
      ),
    ]);
    const won = outcomes.filter(({ status }) => status === 'fulfilled');
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }): unknown => reason);
    expect(won).toHaveLength(1);
    expect(lost).toEqual([expect.objectContaining({ status: 412, code: 'VersionMoved' })]);
    await town.settled();
    const seen = await town.as(clerk).read(dossierId);
    expect(seen.version).toBe(version + 1);
    expect(seen.timeline).toHaveLength(version + 1);
    expect((await town.execution(dossierId)).states.at(-1)).toBe(seen.place.name);
  });

  it('twenty dossiers on the road at once do not mix', async () => {
    const travellers = await Promise.all(Array.from({ length: 20 }, async () => open(town, 'counter')));
    const occurredAt = new Date(town.clock.now()).toISOString();
    await Promise.all(
      travellers.map(async (traveller) => {
        const { type, details = {} } = nextReport(traveller, 'Registered');
        await town
          .as(clerk)
          .record(traveller.dossier.dossierId, { eventId: 'collected-0001', type, details, occurredAt });
      }),
    );
    await town.settled();
    for (const { dossier } of travellers) {
      expect((await town.execution(dossier.dossierId)).states).toEqual(['Resume', 'Registered', 'Collected']);
    }
  });
});
