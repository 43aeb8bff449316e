import { describe, expect, it } from '@jest/globals';
import {
  addWorkingDays,
  agencyCalendar,
  postCalendar,
  workingDaysBetween,
} from '../../domain/calendar/working-calendar.ts';
import type { Speaker } from '../../local/demo/traveller.ts';
import { label, nextReport, open, placeOf, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, courier, officer, portal, type Town } from './town.ts';

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
const hour = 3_600_000;

describe('the side roads', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  it('a supplement stops the agency’s clock, and the dossier goes on when it has come', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'AtAgency');
    const promised = (await town.as(officer).read(dossierId)).dueAt;
    const askedAt = traveller.now();
    await traveller.report(officer, 'SupplementRequested', { reason: 'papers-incomplete' });
    await traveller.later(10 * 24 * 60);
    await traveller.report(officer, 'SupplementReceived');
    const moved = (await town.as(officer).read(dossierId)).dueAt;
    const stoodStill = workingDaysBetween(askedAt, traveller.now(), agencyCalendar);
    expect(stoodStill).toBeGreaterThanOrEqual(5);
    expect(workingDaysBetween(Date.parse(promised ?? ''), Date.parse(moved ?? ''), agencyCalendar)).toBe(stoodStill);
    await walkTo(town, traveller, 'Delivered');
    const { status, states } = await town.execution(dossierId);
    expect(status).toBe('SUCCEEDED');
    expect(states.slice(4, 8)).toEqual(['AtAgency', 'SupplementRequested', 'AtAgency', 'ResultReady']);
  });

  it('a dossier that the agency refuses goes back to the citizen', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    await traveller.report(officer, 'Refused', { reason: 'wrong-competence' });
    await walkTo(town, traveller, 'ReturnedToCitizen');
    expect(await town.execution(traveller.dossier.dossierId)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await town.execution(traveller.dossier.dossierId)).states.slice(-3)).toEqual([
      'HeldAtAgency',
      'ReturningToCitizen',
      'ReturnedToCitizen',
    ]);
  });

  it('the second delivery succeeds where nobody was in at the first', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'OutForDelivery');
    await failDelivery(traveller);
    expect(await placeOf(town, traveller)).toBe('AwaitingRedelivery');
    await walkTo(town, traveller, 'Delivered');
    const { status, states } = await town.execution(traveller.dossier.dossierId);
    expect(status).toBe('SUCCEEDED');
    expect(states.slice(-4)).toEqual(['OutForDelivery', 'AwaitingRedelivery', 'OutForDelivery', 'Delivered']);
  });

  it('after the third failed delivery the result waits at the post office, where it can be fetched', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'OutForDelivery');
    for (const place of ['AwaitingRedelivery', 'AwaitingRedelivery', 'HeldAtPostOffice'] as const) {
      await walkTo(town, traveller, 'OutForDelivery');
      await failDelivery(traveller);
      expect(await placeOf(town, traveller)).toBe(place);
    }
    await walkTo(town, traveller, 'Delivered');
    expect(await town.execution(traveller.dossier.dossierId)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('the third failed pickup cancels the dossier', async () => {
    const traveller = await open(town, 'pickup');
    for (const place of ['Registered', 'Registered', 'Cancelled'] as const) {
      await walkTo(town, traveller, 'PickupScheduled');
      await traveller.report(courier, 'PickupFailed', { reason: 'citizen-absent' });
      expect(await placeOf(town, traveller)).toBe(place);
    }
    const { status, states } = await town.execution(traveller.dossier.dossierId);
    expect(status).toBe('SUCCEEDED');
    expect(states).toEqual([
      'Resume',
      'Registered',
      'PickupScheduled',
      'Registered',
      'PickupScheduled',
      'Registered',
      'PickupScheduled',
      'Cancelled',
    ]);
    await expect(traveller.report(portal, 'Cancelled', { reason: 'citizen-asked' })).rejects.toMatchObject({
      status: 409,
      code: 'NoSuchStep',
    });
  });

  it('a package that was missing is found, and goes on from where it was lost', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
    await traveller.report(clerk, 'ReportedMissing', { reason: 'not-found-in-bag' });
    await traveller.later(3 * 24 * 60);
    await traveller.report(courier, 'Found', { postOfficeId: 'PO-NAPHAC' });
    expect(await placeOf(town, traveller)).toBe('InTransitToAgency');
    await walkTo(town, traveller, 'ResultInTransit');
    await traveller.report(clerk, 'ReportedMissing', { reason: 'not-found-in-bag' });
    await traveller.report(courier, 'Found');
    expect(await placeOf(town, traveller)).toBe('ResultInTransit');
    await walkTo(town, traveller, 'Delivered');
    const { states } = await town.execution(traveller.dossier.dossierId);
    expect(states.filter((state, index) => state === 'Missing' || states[index - 1] === 'Missing')).toEqual([
      'Missing',
      'InTransitToAgency',
      'Missing',
      'ResultInTransit',
    ]);
  });

  it('a citizen who moved gets the result from the post office of the new address', async () => {
    const traveller = await open(town, 'pickup');
    await walkTo(town, traveller, 'ResultInTransit');
    const courierThere: Speaker = { role: 'courier', unit: 'PO-NARI' };
    await expect(traveller.report(courierThere, 'OutForDelivery')).rejects.toMatchObject({ status: 404 });
    await traveller.report(portal, 'Redirected', { postOfficeId: 'PO-NARI', reason: 'citizen-moved' });
    await traveller.report(courierThere, 'OutForDelivery');
    const { type, details } = nextReport(traveller, 'OutForDelivery');
    await traveller.report(courierThere, type, details);
    const { status, states } = await town.execution(traveller.dossier.dossierId);
    expect(status).toBe('SUCCEEDED');
    expect(states.slice(-4)).toEqual(['ResultInTransit', 'ResultInTransit', 'OutForDelivery', 'Delivered']);
  });

  it('a hand-over with a broken seal is disputed and settled', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
    await traveller.report(officer, 'HandoverDisputed', { reason: 'seal-broken', sealIntact: false });
    const resultDueAt = iso(traveller.now() + 240 * hour);
    await traveller.report(officer, 'DisputeSettled', { outcome: 'accepted', resultDueAt });
    await walkTo(town, traveller, 'Delivered');
    expect(await town.execution(traveller.dossier.dossierId)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('an item code is never used twice, and a mistyped or foreign one is refused with the reason', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Collected');
    const itemCode = label();
    const mistyped = itemCode.replace(/\dVN$/, (digit) => `${(Number(digit[0]) + 1) % 10}VN`);
    for (const wrong of [mistyped, 'RB123456785XX', 'EE471108151FR'])
      await expect(traveller.report(clerk, 'Dispatched', { itemCode: wrong })).rejects.toMatchObject({
        status: 422,
        code: 'ItemCodeRefused',
      });
    await traveller.report(clerk, 'Dispatched', { itemCode });
    await walkTo(town, traveller, 'ResultReady');
    await expect(traveller.report(clerk, 'ResultCollected', { itemCode })).rejects.toMatchObject({
      status: 422,
      code: 'ItemCodeRefused',
    });
  });

  const failDelivery = async (traveller: Awaited<ReturnType<typeof open>>): Promise<void> =>
    traveller.report(courier, 'DeliveryFailed', {
      reason: 'receiver-absent',
      solution: 'redeliver',
      nextAttemptAt: iso(addWorkingDays(traveller.now(), 1, postCalendar)),
    });
});
