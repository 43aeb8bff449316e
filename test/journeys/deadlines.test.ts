import { describe, expect, it } from '@jest/globals';
import { dueOf, open, placeOf, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, courier, officer, type Town } from './town.ts';

const minute = 60_000;
const day = 24 * 60;

describe('the deadlines', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  const timeline = async (dossierId: string) => (await town.as(clerk).read(dossierId)).timeline;

  it('a registration that nobody follows up lapses after seven days', async () => {
    const traveller = await open(town, 'counter');
    await traveller.until((await dueOf(town, traveller)) - 5 * minute);
    expect(await placeOf(town, traveller)).toBe('Registered');
    await traveller.later(10);
    expect(await placeOf(town, traveller)).toBe('Cancelled');
    expect((await timeline(traveller.dossier.dossierId)).at(-1)).toMatchObject({
      type: 'RegistrationLapsed',
      by: { role: 'clock' },
    });
    expect(await town.execution(traveller.dossier.dossierId)).toMatchObject({
      status: 'SUCCEEDED',
      states: ['Resume', 'Registered', 'RecordOverdue', 'Resume', 'Cancelled'],
    });
  });

  it('a dossier on its way to the agency is declared overdue, reminded of again, and still arrives', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'InTransitToAgency');
    const due = Date.parse((await town.as(clerk).read(dossierId)).dueAt ?? '');
    await traveller.until(due + 60_000);
    const overdue = await town.as(clerk).read(dossierId);
    expect(overdue).toMatchObject({ overdue: true, place: { name: 'InTransitToAgency' } });
    expect(overdue.timeline.at(-1)).toMatchObject({
      type: 'DeadlinePassed',
      by: { role: 'clock' },
      from: 'InTransitToAgency',
      to: 'InTransitToAgency',
    });
    const passed = Date.parse(overdue.timeline.at(-1)?.occurredAt ?? '');
    expect(Math.abs(passed - due)).toBeLessThan(5000);

    await traveller.until(Date.parse(overdue.dueAt ?? '') + 60_000);
    expect((await timeline(dossierId)).filter(({ type }) => type === 'DeadlinePassed')).toHaveLength(2);
    await walkTo(town, traveller, 'AtAgency');
    expect(await town.as(clerk).read(dossierId)).toMatchObject({ overdue: false });
    await walkTo(town, traveller, 'Delivered');
    const { status, states } = await town.execution(dossierId);
    expect(status).toBe('SUCCEEDED');
    expect(states.slice(3, 10)).toEqual([
      'InTransitToAgency',
      'RecordOverdue',
      'Resume',
      'InTransitToAgency',
      'RecordOverdue',
      'Resume',
      'InTransitToAgency',
    ]);
  });

  it('a result that nobody fetches after two invitations goes back to the agency', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'OutForDelivery');
    await traveller.report(courier, 'DeliveryFailed', { reason: 'citizen-absent', solution: 'hold' });
    for (const channel of ['phone', 'letter'] as const) {
      await traveller.report(clerk, 'Invited', { channel });
      expect(await placeOf(town, traveller)).toBe('HeldAtPostOffice');
      if (channel === 'phone') await traveller.later(6 * day);
    }
    await traveller.until((await dueOf(town, traveller)) - 5 * minute);
    expect(await placeOf(town, traveller)).toBe('HeldAtPostOffice');
    await traveller.later(10);
    expect(await placeOf(town, traveller)).toBe('ReturningToAgency');
    await walkTo(town, traveller, 'ReturnedToAgency');
    const { status, states } = await town.execution(traveller.dossier.dossierId);
    expect(status).toBe('SUCCEEDED');
    expect(states.slice(-5)).toEqual([
      'HeldAtPostOffice',
      'RecordOverdue',
      'Resume',
      'ReturningToAgency',
      'ReturnedToAgency',
    ]);
  });

  it('a phone whose clock stands in 1970 does not let a hold expire that has just begun', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'OutForDelivery');
    await town.as(courier).record(dossierId, {
      eventId: 'phone-in-1970',
      type: 'DeliveryFailed',
      occurredAt: '1970-01-01T00:00:00Z',
      details: { reason: 'citizen-moved', solution: 'hold' },
    });
    await traveller.report(clerk, 'Invited', { channel: 'phone' });
    await traveller.later(14 * day);
    expect(await placeOf(town, traveller)).toBe('HeldAtPostOffice');
  });

  it('a supplement that does not come in thirty days has the agency hold the dossier for its return', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    await traveller.report(officer, 'SupplementRequested', { reason: 'papers-incomplete' });
    await traveller.until((await dueOf(town, traveller)) + 5 * minute);
    expect(await placeOf(town, traveller)).toBe('HeldAtAgency');
    expect((await timeline(traveller.dossier.dossierId)).at(-1)).toMatchObject({ type: 'SupplementLapsed' });
  });

  it('of many dossiers that fall due in one jump, each is told of at its own time', async () => {
    const first = await open(town, 'counter');
    await first.later(60);
    const second = await open(town, 'counter');
    await second.later(3 * day);
    const third = await open(town, 'counter');
    const travellers = [first, second, third];
    const due = await Promise.all(travellers.map(async (traveller) => dueOf(town, traveller)));
    expect(new Set(due).size).toBeGreaterThan(1);
    await third.until(Math.max(...due) + minute);
    for (const [index, traveller] of travellers.entries()) {
      const lapsed = (await timeline(traveller.dossier.dossierId)).at(-1);
      expect(lapsed).toMatchObject({ type: 'RegistrationLapsed', occurredAt: new Date(due[index] ?? 0).toISOString() });
    }
  });
});
