import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
} from '@aws-sdk/client-sfn';
import { meet } from '../../local/demo/traveller.ts';
import { nextReport, open, registrationAt, walkTo } from './roads.ts';
import { bootTown, clerk, discard, freshDataDirectory, type Town } from './town.ts';

// Holds ADR 0001.
describe('while Step Functions cannot be used', () => {
  const dataDir = freshDataDirectory();
  let town: Town;
  beforeAll(async () => {
    town = await bootTown(dataDir);
  }, 60_000);
  afterAll(async () => {
    await town.close();
    discard(dataDir);
  });

  it('while Step Functions cannot be used, dossiers are opened and events are taken; afterwards the execution starts where the book is', async () => {
    const { stateMachines } = await town.stepFunctions.send(new ListStateMachinesCommand({}));
    const stateMachineArn = stateMachines?.[0]?.stateMachineArn;
    const { name, definition, roleArn } = await town.stepFunctions.send(
      new DescribeStateMachineCommand({ stateMachineArn }),
    );
    // Nothing runs yet, so it is gone at once: no execution can be started.
    await town.stepFunctions.send(new DeleteStateMachineCommand({ stateMachineArn }));

    const dossier = await town.as(clerk).register(registrationAt('counter'));
    const { dossierId } = dossier;
    const traveller = meet(town, dossier);
    for (const place of ['Registered', 'Collected'] as const) {
      const { by, type, details = {} } = nextReport(traveller, place);
      await town.as(by).record(dossierId, {
        eventId: `during-${place}`,
        type,
        details,
        occurredAt: new Date(town.clock.now()).toISOString(),
      });
    }
    expect(await town.as(clerk).read(dossierId)).toMatchObject({ place: { name: 'InTransitToAgency' }, version: 3 });
    await expect(town.execution(dossierId)).rejects.toThrow('no execution follows the dossier');

    await town.stepFunctions.send(new CreateStateMachineCommand({ name, definition, roleArn }));
    await town.settled();
    expect((await town.execution(dossierId)).states).toEqual(['Resume', 'InTransitToAgency']);
    await walkTo(town, traveller, 'Delivered');
    expect(await town.execution(dossierId)).toMatchObject({ status: 'SUCCEEDED', billedTransitions: 7 });
  });
});

// Holds ADR 0001.
describe('a part of the cloud that is away over a deadline', () => {
  const dataDir = freshDataDirectory();
  let town: Town;
  beforeAll(async () => {
    town = await bootTown(dataDir);
  }, 60_000);
  afterAll(async () => {
    await town.close();
    discard(dataDir);
  });

  const hour = 3_600_000;

  it.each([
    ['stepfunctions', 23],
    ['streams', 23],
    ['dynamodb', 1],
    ['lambda:JourneyRecordOverdue', 1],
  ])(
    'when %s was away for %i hours, the deadline has passed once, on its own date, and the dossier arrives',
    async (part, hours) => {
      const traveller = await open(town, 'counter');
      const { dossierId } = traveller.dossier;
      await walkTo(town, traveller, 'InTransitToAgency');
      const due = (await town.as(clerk).read(dossierId)).dueAt;
      const name = town.faults.list().find((one) => one.name.startsWith(part))?.name ?? '';
      await town.clock.jumpTo(Date.parse(due ?? '') - hour / 4);
      await town.faults.set(name, true);
      await town.clock.jumpTo(town.clock.now() + hours * hour);
      await town.faults.set(name, false);
      // The longest that anybody waits before he looks again.
      await town.clock.jumpTo(town.clock.now() + hour / 2);
      await town.settled();
      const { timeline } = await town.as(clerk).read(dossierId);
      expect(timeline.filter(({ type }) => type === 'DeadlinePassed')).toMatchObject([{ occurredAt: due }]);
      await walkTo(town, traveller, 'Delivered');
      expect(await town.execution(dossierId)).toMatchObject({ status: 'SUCCEEDED' });
      await expect(town.execution(dossierId, 2)).rejects.toThrow('no execution follows the dossier');
    },
    120_000,
  );
});
