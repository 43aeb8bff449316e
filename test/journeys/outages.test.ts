import { describe, expect, it } from '@jest/globals';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
} from '@aws-sdk/client-sfn';
import { meet } from '../../local/demo/traveller.ts';
import { nextReport, open, registrationAt, walkTo } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, type Town } from './town.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// Holds ADR 0001.
describe('while Step Functions cannot be used', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
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
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

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

describe('an outage', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  const lost = async (): Promise<readonly string[]> => {
    const { stateMachines = [] } = await town.stepFunctions.send(new ListStateMachinesCommand({}));
    const lists = await Promise.all(
      (['FAILED', 'TIMED_OUT', 'ABORTED'] as const).map(async (statusFilter) =>
        town.stepFunctions.send(
          new ListExecutionsCommand({ stateMachineArn: stateMachines[0]?.stateMachineArn, statusFilter }),
        ),
      ),
    );
    return lists.flatMap(({ executions = [] }) => executions.map(({ name = '', status }) => `${name} ${status}`));
  };

  it.each(
    ['dynamodb', 'stepfunctions', 'streams', 'lambda:RecordOverdue', 'lambda:AdvanceJourney'].flatMap((name) =>
      (
        [
          ['a minute', minute],
          ['an hour', hour],
          ['a day', day],
        ] as const
      ).map(([words, length]) => [name, words, length] as const),
    ),
  )(
    'an outage of %s for %s loses nothing that was answered, fails no execution, and keeps every date',
    async (name, _words, length) => {
      const [lapsing, moving] = [await open(town, 'counter'), await open(town, 'counter')];
      const { dueAt = '' } = await town.as(clerk).read(lapsing.dossier.dossierId);
      await town.clock.jumpTo(Date.parse(dueAt) - 30_000);
      const [fault = name] = town.faults
        .list()
        .flatMap((one) => (one.name.includes(name.replace('lambda:', '')) ? one.name : []));
      await town.faults.set(fault, true);
      const { by, type, details = {} } = nextReport(moving, 'Registered');
      const report = { eventId: 'during-0001', type, details, occurredAt: new Date(town.clock.now()).toISOString() };
      const answered = await town
        .as(by)
        .record(moving.dossier.dossierId, report)
        .then(() => true)
        .catch(() => false);
      expect(answered).toBe(name !== 'dynamodb');
      await town.clock.jumpTo(town.clock.now() + length);
      await town.faults.set(fault, false);
      await town.settled();
      // What is tried again, and the sweep, come within a quarter of an hour.
      await town.clock.jumpTo(town.clock.now() + 20 * minute);
      await town.settled();

      const lapsed = (await town.as(clerk).read(lapsing.dossier.dossierId)).timeline.at(-1);
      expect(lapsed).toMatchObject({ type: 'RegistrationLapsed', occurredAt: dueAt });
      const { timeline } = await town.as(clerk).read(moving.dossier.dossierId);
      expect(timeline.some(({ eventId }) => eventId === report.eventId)).toBe(answered);
      expect(await lost()).toEqual([]);
      if (answered) {
        await walkTo(town, moving, 'InTransitToAgency');
        const [first, next] = [1, 2].map(async (generation) =>
          town.execution(moving.dossier.dossierId, generation).catch(() => undefined),
        );
        const running = (await next) ?? (await first);
        expect(running).toMatchObject({ status: 'RUNNING' });
        expect(running?.states.at(-1)).toBe('InTransitToAgency');
      }
    },
    60_000,
  );
});
