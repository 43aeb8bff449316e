import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListExecutionsCommand, ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { nextReport, open, walkTo } from './roads.ts';
import { bootTown, clerk, discard, freshDataDirectory, type Town } from './town.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('an outage', () => {
  const dataDir = freshDataDirectory();
  let town: Town;
  beforeAll(async () => {
    town = await bootTown(dataDir);
  }, 60_000);
  afterAll(async () => {
    await town.close();
    discard(dataDir);
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
