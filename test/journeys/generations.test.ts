import { describe, expect, it } from '@jest/globals';
import { DescribeExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { dueOf, open, placeOf, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, type Town } from './town.ts';

const minute = 1;

// Holds ADR 0018.
describe('an execution that somebody stopped', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  const stop = async (dossierId: string, generation = 1): Promise<void> => {
    const { arn } = await town.execution(dossierId, generation);
    await town.stepFunctions.send(new StopExecutionCommand({ executionArn: arn, cause: 'by mistake' }));
    await town.settled();
  };

  it('an execution that somebody stopped is replaced at once, at the book’s place and with the time that is left', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    await walkTo(town, traveller, 'InTransitToAgency');
    const { dueAt } = await town.as(clerk).read(dossierId);
    await stop(dossierId);
    const next = await town.execution(dossierId, 2);
    expect(next).toMatchObject({ status: 'RUNNING', states: ['Resume', 'InTransitToAgency'] });
    const { input } = await town.stepFunctions.send(new DescribeExecutionCommand({ executionArn: next.arn }));
    expect(JSON.parse(input ?? '')).toEqual({
      dossierId,
      generation: 2,
      resumeAt: 'InTransitToAgency',
      followed: 3,
      dueAt,
    });
    await walkTo(town, traveller, 'Delivered');
    expect(await town.execution(dossierId, 2)).toMatchObject({ status: 'SUCCEEDED' });
    await expect(town.execution(dossierId, 3)).rejects.toThrow('no execution follows the dossier');
  });

  it('an execution that somebody stopped does not keep its dossier from lapsing on its day', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    const { dueAt = '' } = await town.as(clerk).read(dossierId);
    await stop(dossierId);
    await traveller.until((await dueOf(town, traveller)) + 15 * 60_000);
    expect(await placeOf(town, traveller)).toBe('Cancelled');
    const lapse = (await town.as(clerk).read(dossierId)).timeline.at(-1);
    expect(lapse).toMatchObject({ type: 'RegistrationLapsed', by: { role: 'clock' } });
    expect(Date.parse(lapse?.occurredAt ?? '') - Date.parse(dueAt)).toBeLessThan(5_000);
  });

  it('an execution that somebody stopped three times within an hour is paused when it ends once more; its deadlines are kept all the same', async () => {
    const traveller = await open(town, 'counter');
    const { dossierId } = traveller.dossier;
    for (const generation of [1, 2, 3, 4]) {
      await stop(dossierId, generation);
      await traveller.later(5 * minute);
    }
    await expect(town.execution(dossierId, 5)).rejects.toThrow('no execution follows the dossier');
    // Nobody but the sweep rings now: within the day, however few sweeps a jump makes.
    await traveller.until((await dueOf(town, traveller)) + 24 * 60 * 60_000);
    await traveller.later(60);
    await town.settled();
    expect(await placeOf(town, traveller)).toBe('Cancelled');
  });
});
