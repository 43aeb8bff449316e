import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { listen } from '../../../emulator/stepfunctions/http.ts';
import { jsonata, place, workbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let failing = true;
beforeAll(async () => {
  bench = await workbench({
    invoke: async (_name, payload) =>
      failing
        ? { functionError: 'Unhandled', payload: '{"errorType":"Down"}', requestId: 'r' }
        : { payload, requestId: 'r' },
  });
});
afterAll(() => bench.sfn.close());

const waiting = jsonata('A', { A: place({ End: true }) });
const passing = jsonata('A', { A: { Type: 'Pass', End: true } });

describe('a state machine', () => {
  it('a state machine is created once: again with the same is the same, with another definition is refused', async () => {
    const arn = await bench.machine('once', passing);
    expect(arn).toBe('arn:aws:states:us-east-1:111111111111:stateMachine:once');
    expect(await bench.machine('once', passing)).toBe(arn);
    expect(
      await bench.refusal('CreateStateMachine', { name: 'once', definition: JSON.stringify(waiting), roleArn: 'r' }),
    ).toBe('StateMachineAlreadyExists');
  });

  it('a state machine is created by one of two that come at once with different definitions', async () => {
    const create = (definition: unknown): Promise<{ status: number }> =>
      bench.sfn.handle('CreateStateMachine', { name: 'raced', definition: JSON.stringify(definition), roleArn: 'r' });
    const answers = await Promise.all([create(waiting), create(passing)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    await bench.call('DeleteStateMachine', {
      stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:raced',
    });
  });

  it('a state machine refuses names, types and definitions that AWS refuses', async () => {
    const definition = JSON.stringify(passing);
    expect(await bench.refusal('CreateStateMachine', { name: 'a b', definition })).toBe('InvalidName');
    expect(await bench.refusal('CreateStateMachine', { name: 'x'.repeat(81), definition })).toBe('InvalidName');
    expect(await bench.refusal('CreateStateMachine', { name: 'ex', definition, type: 'EXPRESS' })).toBe(
      'StateMachineTypeNotSupported',
    );
    expect(await bench.refusal('CreateStateMachine', { name: 'bad', definition: '{' })).toBe('InvalidDefinition');
    expect(await bench.refusal('CreateStateMachine', { definition })).toBe('ValidationException');
  });

  it('a state machine lets running executions keep the definition they began with', async () => {
    const arn = await bench.machine('changing', waiting);
    const old = await bench.start(arn);
    await bench.sfn.idle();
    const token = bench.token();
    const changed = jsonata('B', { B: { Type: 'Pass', Output: 'new', End: true } });
    await bench.call('UpdateStateMachine', { stateMachineArn: arn, definition: JSON.stringify(changed) });
    const fresh = await bench.start(arn);
    await bench.sfn.idle();
    await bench.call('SendTaskSuccess', { taskToken: token, output: '"old"' });
    expect((await bench.describe(old)).output).toBe('"old"');
    expect((await bench.describe(fresh)).output).toBe('"new"');
    expect(await bench.call('DescribeStateMachineForExecution', { executionArn: old })).toMatchObject({
      definition: JSON.stringify(waiting),
    });
    expect(await bench.call('DescribeStateMachine', { stateMachineArn: arn })).toMatchObject({
      definition: JSON.stringify(changed),
      status: 'ACTIVE',
    });
    expect(await bench.refusal('UpdateStateMachine', { stateMachineArn: arn })).toBe('MissingRequiredParameter');
    expect(await bench.refusal('UpdateStateMachine', { stateMachineArn: arn, definition: '{}' })).toBe(
      'InvalidDefinition',
    );
  });

  it('a state machine that is deleted lets its executions end, takes no new ones, and is gone then', async () => {
    const arn = await bench.machine('leaving', waiting);
    await bench.start(arn);
    await bench.sfn.idle();
    await bench.call('DeleteStateMachine', { stateMachineArn: arn });
    expect(await bench.call('DescribeStateMachine', { stateMachineArn: arn })).toMatchObject({ status: 'DELETING' });
    expect(await bench.refusal('StartExecution', { stateMachineArn: arn })).toBe('StateMachineDeleting');
    await bench.call('SendTaskSuccess', { taskToken: bench.token(), output: '{}' });
    expect(await bench.refusal('DescribeStateMachine', { stateMachineArn: arn })).toBe('StateMachineDoesNotExist');
    await bench.call('DeleteStateMachine', { stateMachineArn: arn });
  });

  it('a state machine is listed page by page', async () => {
    const names = z.object({
      stateMachines: z.array(z.object({ name: z.string() })),
      nextToken: z.string().optional(),
    });
    const first = names.parse(await bench.call('ListStateMachines', { maxResults: 1 }));
    const second = names.parse(await bench.call('ListStateMachines', { maxResults: 1, nextToken: first.nextToken }));
    expect([...first.stateMachines, ...second.stateMachines].map(({ name }) => name)).toEqual(['changing', 'once']);
    expect(second.nextToken).toBeUndefined();
    expect(await bench.refusal('ListStateMachines', { nextToken: 'made up' })).toBe('InvalidToken');
  });
});

describe('an execution', () => {
  it('an execution is started once by its name and input while it runs', async () => {
    const arn = await bench.machine('idempotent', waiting);
    const [first, second] = await Promise.all([bench.start(arn, { a: 1 }, 'same'), bench.start(arn, { a: 1 }, 'same')]);
    expect(second).toBe(first);
    await bench.sfn.idle();
    expect((await bench.types(first)).filter((type) => type === 'ExecutionStarted')).toHaveLength(1);
    expect(await bench.refusal('StartExecution', { stateMachineArn: arn, name: 'same', input: '{"a":2}' })).toBe(
      'ExecutionAlreadyExists',
    );
    await bench.call('SendTaskSuccess', { taskToken: bench.token(), output: '{}' });
    expect(await bench.refusal('StartExecution', { stateMachineArn: arn, name: 'same', input: '{"a":1}' })).toBe(
      'ExecutionAlreadyExists',
    );
  });

  it('an execution refuses to start with what AWS refuses', async () => {
    const stateMachineArn = await bench.machine('picky', passing);
    expect(await bench.refusal('StartExecution', { stateMachineArn, input: '{' })).toBe('InvalidExecutionInput');
    expect(await bench.refusal('StartExecution', { stateMachineArn, input: JSON.stringify('x'.repeat(262_144)) })).toBe(
      'InvalidExecutionInput',
    );
    expect(await bench.refusal('StartExecution', { stateMachineArn, name: 'a/b' })).toBe('InvalidName');
    expect(await bench.refusal('StartExecution', { stateMachineArn: `${stateMachineArn}-none` })).toBe(
      'StateMachineDoesNotExist',
    );
    expect(await bench.refusal('StartExecution', { stateMachineArn: 'nonsense' })).toBe('InvalidArn');
  });

  it('an execution is listed newest first, page by page, and by its status', async () => {
    const stateMachineArn = await bench.machine('listed', waiting);
    const [a, b, c] = [
      await bench.start(stateMachineArn, {}, 'a'),
      await bench.start(stateMachineArn, {}, 'b'),
      await bench.start(stateMachineArn, {}, 'c'),
    ];
    await bench.sfn.idle();
    await bench.call('StopExecution', { executionArn: b });
    const list = z.object({
      executions: z.array(z.object({ executionArn: z.string(), status: z.string() })),
      nextToken: z.string().optional(),
    });
    const all = list.parse(await bench.call('ListExecutions', { stateMachineArn }));
    expect(all.executions.map(({ executionArn }) => executionArn)).toEqual([c, b, a]);
    const running = list.parse(
      await bench.call('ListExecutions', { stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 }),
    );
    expect(running.executions.map(({ executionArn }) => executionArn)).toEqual([c]);
    const next = list.parse(
      await bench.call('ListExecutions', {
        stateMachineArn,
        statusFilter: 'RUNNING',
        maxResults: 1,
        nextToken: running.nextToken,
      }),
    );
    expect(next.executions.map(({ executionArn }) => executionArn)).toEqual([a]);
    expect(next.nextToken).toBeUndefined();
  });

  it('an execution is stopped with its error and cause, once', async () => {
    const arn = await bench.start(await bench.machine('stopped', waiting));
    await bench.sfn.idle();
    const first = await bench.call('StopExecution', { executionArn: arn, error: 'Withdrawn', cause: 'by the citizen' });
    expect(await bench.describe(arn)).toMatchObject({ status: 'ABORTED', error: 'Withdrawn', cause: 'by the citizen' });
    expect((await bench.history(arn)).slice(-2)).toMatchObject([
      { type: 'TaskSubmitted' },
      {
        type: 'ExecutionAborted',
        previousEventId: 0,
        executionAbortedEventDetails: { error: 'Withdrawn', cause: 'by the citizen' },
      },
    ]);
    expect(await bench.call('StopExecution', { executionArn: arn })).toEqual(first);
    expect(await bench.refusal('SendTaskSuccess', { taskToken: bench.token(), output: '{}' })).toBe('TaskTimedOut');
    expect(await bench.refusal('StopExecution', { executionArn: `${arn}x` })).toBe('ExecutionDoesNotExist');
  });

  it('an execution that failed is redriven from the state that failed', async () => {
    const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:111111111111:function:f' };
    const { executionArn, status } = await bench.run(
      jsonata('P', {
        P: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'Good', States: { Good: { Type: 'Pass', Output: 'good', End: true } } },
            { StartAt: 'Down', States: { Down: { ...task, End: true } } },
          ],
          Next: 'Z',
        },
        Z: { Type: 'Pass', End: true },
      }),
    );
    expect(status).toBe('FAILED');
    failing = false;
    await bench.call('RedriveExecution', { executionArn });
    await bench.sfn.idle();
    expect(await bench.describe(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '["good",{}]',
      redriveCount: 1,
    });
    const types = await bench.types(executionArn);
    expect(types.slice(types.indexOf('ExecutionRedriven'))).toEqual([
      'ExecutionRedriven',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(await bench.refusal('RedriveExecution', { executionArn })).toBe('ExecutionNotRedrivable');
  });

  it('an execution shows its history page by page, backwards, and without its data', async () => {
    const { executionArn } = await bench.run(passing, { secret: 1 });
    const page = z.object({ events: z.array(z.object({ id: z.number() })), nextToken: z.string().optional() });
    const first = page.parse(await bench.call('GetExecutionHistory', { executionArn, maxResults: 3 }));
    const rest = page.parse(
      await bench.call('GetExecutionHistory', { executionArn, maxResults: 3, nextToken: first.nextToken }),
    );
    expect([...first.events, ...rest.events].map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    const backwards = page.parse(await bench.call('GetExecutionHistory', { executionArn, reverseOrder: true }));
    expect(backwards.events.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
    expect(
      JSON.stringify(await bench.call('GetExecutionHistory', { executionArn, includeExecutionData: false })),
    ).not.toContain('secret');
  });
});

describe('a call that is not known', () => {
  it('a call that is not known is refused by a name and told its own', async () => {
    const answer = await bench.sfn.handle('CreateActivity', {});
    expect(answer).toEqual({
      status: 400,
      body: { __type: 'UnknownOperationException', message: expect.stringContaining('CreateActivity') },
    });
  });
});

describe('the protocol', () => {
  it('the protocol serves the AWS SDK: create, start, call back, describe, list and read the history', async () => {
    const server = await listen(bench.sfn, 0);
    const client = new SFNClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({
        name: 'sdk',
        definition: JSON.stringify(waiting),
        roleArn: 'arn:aws:iam::1:role/r',
      }),
    );
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await bench.sfn.idle();
    await client.send(new SendTaskSuccessCommand({ taskToken: bench.token(), output: '{"a":1}' }));
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a":1}',
      startDate: expect.any(Date),
    });
    expect((await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions).toHaveLength(1);
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.find(({ type }) => type === 'TaskScheduled')?.taskScheduledEventDetails?.resource).toBe(
      'updateItem.waitForTaskToken',
    );
    await expect(
      client.send(new SendTaskSuccessCommand({ taskToken: bench.token(), output: '{}' })),
    ).rejects.toMatchObject({ name: 'TaskTimedOut' });
    client.destroy();
    await server.close();
  });

  it('the protocol refuses bodies that are not JSON and targets that are not Step Functions', async () => {
    const server = await listen(bench.sfn, 0);
    const post = (target: string, body: string): Promise<Response> =>
      fetch(server.url, { method: 'POST', headers: { 'X-Amz-Target': target }, body });
    expect(await (await post('AWSStepFunctions.ListStateMachines', '{')).json()).toMatchObject({
      __type: 'SerializationException',
    });
    expect(await (await post('Other.Thing', '{}')).json()).toMatchObject({ __type: 'UnknownOperationException' });
    expect((await post('AWSStepFunctions.ListStateMachines', '')).status).toBe(200);
    await server.close();
  });
});

describe('after the end of the engine', () => {
  it('no call is accepted after the end of the engine', async () => {
    const own = await workbench();
    await own.sfn.close();
    expect((await own.sfn.handle('ListStateMachines', {})).status).toBe(503);
    await own.sfn.close();
  });
});
