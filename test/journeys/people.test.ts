import { describe, expect, it } from '@jest/globals';
import { label, open, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, courier, type Town } from './town.ts';

describe('what the border and the book know of people and labels, on the whole system', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });
  const now = () => new Date(town.clock.now()).toISOString();

  it('a wrong telephone number is corrected by who registered it: the courier then calls the right one', async () => {
    const { dossier } = await open(town, 'counter');
    const { dossierId } = dossier;
    const correction = {
      eventId: 'correction-0001',
      type: 'ContactCorrected' as const,
      occurredAt: now(),
      details: { contact: { phone: '0912 345 678' } },
    };
    await town.as(clerk).record(dossierId, correction);
    await town.as(clerk).record(dossierId, correction);
    const read = await town.as(courier).read(dossierId);
    expect(read.applicant).toMatchObject({ phone: '0912345678' });
    expect(read.timeline.filter(({ type }) => type === 'ContactCorrected')).toMatchObject([
      { details: { contact: { field: 'phone' } } },
    ]);
    await expect(
      town.as(courier).record(dossierId, { ...correction, eventId: 'correction-0002' }),
    ).rejects.toMatchObject({
      problem: { code: 'NotYourStep' },
    });
  });

  it('one label is on one open dossier only', async () => {
    const [one, two] = [await open(town, 'counter'), await open(town, 'counter')];
    for (const traveller of [one, two]) await walkTo(town, traveller, 'Collected');
    const itemCode = label();
    const dispatch = (eventId: string) => ({
      eventId,
      type: 'Dispatched' as const,
      occurredAt: now(),
      details: { itemCode },
    });
    await town.as(clerk).record(one.dossier.dossierId, dispatch('dispatch-0001'));
    await expect(town.as(clerk).record(two.dossier.dossierId, dispatch('dispatch-0002'))).rejects.toMatchObject({
      problem: { code: 'ItemCodeRefused', errors: [{ pointer: '/body/details/itemCode' }] },
    });
  });
});
