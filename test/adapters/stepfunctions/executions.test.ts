import { describe, expect, it } from '@jest/globals';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { sfnExecutions } from '../../../adapters/stepfunctions/executions.ts';
import { overdueTask } from '../../../adapters/stepfunctions/overdue-task.ts';
import { createAwsEndpoint } from '../../../emulator/aws-endpoint/aws-endpoint.ts';
import { leadsExecutions, type Engine } from '../../doubles/executions.suite.ts';
import { workbench } from '../../emulator/stepfunctions/workbench.ts';
import { everyKey } from '../../emulator/signing.ts';

const definition = readFileSync(new URL('../../../statemachines/dossier-journey.asl.json', import.meta.url), 'utf8')
  .replaceAll('${BookTable}', 'Book')
  .replaceAll('${RecordOverdueFunction}', 'arn:aws:lambda:us-east-1:111111111111:function:record-overdue');

const arrival = z.object({
  Key: z.object({ pk: z.object({ S: z.string() }) }),
  ExpressionAttributeValues: z.object({
    ':token': z.object({ S: z.string() }),
    ':place': z.object({ S: z.string() }),
    ':followed': z.object({ N: z.string() }),
    ':generation': z.object({ N: z.string() }),
  }),
});

interface Journeys extends Engine {
  readonly client: SFNClient;
  arnOf(dossierId: string, generation?: number): string;
  /** Where the newest execution of the dossier last arrived, after which event. */
  lastArrival(
    dossierId: string,
  ): Promise<{ readonly place: string; readonly followed: number; readonly token: string }>;
  idle(): Promise<void>;
}

/** The dossiers' own state machine on the local engine, spoken to by the SDK. */
async function journeys(): Promise<Journeys> {
  const bench = await workbench();
  const created = await bench.call('CreateStateMachine', {
    name: 'dossier-journey',
    definition,
    roleArn: 'arn:aws:iam::111111111111:role/machine',
  });
  const { stateMachineArn } = z.object({ stateMachineArn: z.string() }).parse(created);
  // Opened last: a definition that is refused leaves no port open that would keep jest from its end.
  const endpoint = await createAwsEndpoint({
    port: 0,
    dynamodb: { endpoint: 'http://127.0.0.1:1', noteWrite: () => {}, streamRefusal: () => undefined },
    stepFunctions: { handle: async (operation, body) => bench.sfn.handle(operation, body) },
    s3: { handle: async () => Promise.reject(new Error('not asked here')) },
    findKey: everyKey,
  });
  const client = new SFNClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const lastArrival: Journeys['lastArrival'] = async (dossierId) => {
    await bench.sfn.idle();
    const call = bench.dynamodbCalls
      .map(({ body }) => arrival.parse(body))
      .findLast(({ Key }) => Key.pk.S === `DOSSIER#${dossierId}`);
    if (!call) throw new Error(`no execution of ${dossierId} has arrived anywhere`);
    const values = call.ExpressionAttributeValues;
    return { place: values[':place'].S, followed: Number(values[':followed'].N), token: values[':token'].S };
  };
  return {
    executions: sfnExecutions(client, stateMachineArn),
    client,
    lastArrival,
    idle: async () => bench.sfn.idle(),
    tokenOf: async (dossierId) => (await lastArrival(dossierId)).token,
    countOf: async (dossierId) =>
      ((await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }))).executions ?? []).filter(
        ({ name }) => name?.startsWith(`${dossierId}-`),
      ).length,
    arnOf: (dossierId, generation = 1) =>
      `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${dossierId}-${generation}`,
    close: async () => {
      client.destroy();
      await endpoint.close();
      await bench.sfn.close();
    },
  };
}

leadsExecutions('on Step Functions', journeys);

describe('the journey’s own state machine', () => {
  const onJourneys = async (walk: (engine: Journeys) => Promise<void>): Promise<void> => {
    const engine = await journeys();
    try {
      await walk(engine);
    } finally {
      await engine.close();
    }
  };
  const dossierId = 'd-journey-0001';

  it('the journey’s own state machine waits where the dossier is, knowing the last event that it has followed', () =>
    onJourneys(async ({ executions, lastArrival }) => {
      await executions.start(dossierId, 1, 'Registered', { followed: 1, dueAt: '2099-01-01T00:00:00.000Z' });
      expect(await lastArrival(dossierId)).toMatchObject({ place: 'Registered', followed: 1 });
      await executions.leadOn((await lastArrival(dossierId)).token, { followed: 2, dueAt: '2099-01-02T00:00:00.000Z' });
      expect(await lastArrival(dossierId)).toMatchObject({ place: 'Collected', followed: 2 });
      await executions.leadAside((await lastArrival(dossierId)).token, 'ReturningToCitizen', {
        followed: 3,
        dueAt: '2099-01-03T00:00:00.000Z',
      });
      expect(await lastArrival(dossierId)).toMatchObject({ place: 'ReturningToCitizen', followed: 3 });
    }));

  it('the journey’s own state machine ends where the journey ends, and then takes no token any more', () =>
    onJourneys(async ({ executions, lastArrival, client, arnOf, idle }) => {
      await executions.start(dossierId, 1, 'Registered', { followed: 1 });
      const { token } = await lastArrival(dossierId);
      await executions.leadAside(token, 'Cancelled', { followed: 2 });
      await idle();
      expect(await client.send(new DescribeExecutionCommand({ executionArn: arnOf(dossierId) }))).toMatchObject({
        status: 'SUCCEEDED',
      });
      expect(await executions.leadOn(token, { followed: 3 })).toBe('gone');
    }));

  it('the journey’s own state machine is replaced at the place that the book names, when it was stopped', () =>
    onJourneys(async ({ executions, lastArrival, client, arnOf }) => {
      await executions.start(dossierId, 1, 'Registered', { followed: 1 });
      const { token } = await lastArrival(dossierId);
      await client.send(new StopExecutionCommand({ executionArn: arnOf(dossierId) }));
      expect(await executions.leadOn(token, { followed: 2 })).toBe('gone');
      await executions.start(dossierId, 2, 'AtAgency', { followed: 7 });
      expect(await lastArrival(dossierId)).toMatchObject({ place: 'AtAgency', followed: 7 });
    }));

  it('the journey’s own state machine carries ids, numbers and dates, and nothing else', () =>
    onJourneys(async ({ executions, lastArrival, client, arnOf }) => {
      await executions.start(dossierId, 1, 'Registered', { followed: 1, dueAt: '2099-01-01T00:00:00.000Z' });
      await executions.leadOn((await lastArrival(dossierId)).token, { followed: 2, dueAt: '2099-01-02T00:00:00.000Z' });
      await lastArrival(dossierId);
      const { input } = await client.send(new DescribeExecutionCommand({ executionArn: arnOf(dossierId) }));
      expect(JSON.parse(input ?? '')).toEqual({
        dossierId,
        generation: 1,
        resumeAt: 'Registered',
        followed: 1,
        dueAt: '2099-01-01T00:00:00.000Z',
      });
      const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn: arnOf(dossierId) }));
      expect(
        events
          ?.filter(({ type }) => type === 'TaskSucceeded')
          .map(({ taskSucceededEventDetails }) => taskSucceededEventDetails?.output),
      ).toEqual(['{"followed":2,"dueAt":"2099-01-02T00:00:00.000Z"}']);
    }));

  it('the journey’s own state machine that is not there is an unexpected error, not an answer', () =>
    onJourneys(async ({ client }) => {
      const elsewhere = sfnExecutions(client, 'arn:aws:states:us-east-1:111111111111:stateMachine:nowhere');
      await expect(elsewhere.start(dossierId, 1, 'Registered', { followed: 1 })).rejects.toThrow();
    }));
});

describe('the task of what is overdue', () => {
  it('the task of what is overdue takes the dossier’s id out of what the state machine says, and answers what the book says', async () => {
    const task = overdueTask(async (dossierId) => ({ resumeAt: 'Collected', dossierId }));
    expect(await task({ dossierId: 'd-1', followed: 3 })).toEqual({ resumeAt: 'Collected', dossierId: 'd-1' });
  });

  it.each([undefined, null, {}, { dossierId: 7 }, 'd-1'])(
    'the task of what is overdue fails loudly at %p',
    async (payload) => {
      await expect(overdueTask(async () => 'never')(payload)).rejects.toThrow();
    },
  );
});
