import { describe, expect, it } from '@jest/globals';
import { ServiceException } from '../../../emulator/lambda/invoker.ts';
import { jsonata, place, workbench } from './workbench.ts';

function lambdaTask(more: Record<string, unknown>): Record<string, unknown> {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'record-overdue', Payload: '{% $states.input %}' },
    ...more,
  };
}
async function failing(): Promise<{ functionError: 'Unhandled'; payload: string; requestId: string }> {
  return {
    functionError: 'Unhandled',
    payload: JSON.stringify({ errorType: 'TypeError', errorMessage: 'no' }),
    requestId: 'request',
  };
}

describe('a task that waits for its token', () => {
  it('a task that waits for its token writes the token, waits, and goes on with the output of the callback', async () => {
    const bench = await workbench();
    const { executionArn, status } = await bench.run(jsonata('AtAgency', { AtAgency: place({ End: true }) }));
    expect(status).toBe('RUNNING');
    expect(bench.dynamodbCalls.map(({ operation }) => operation)).toEqual(['UpdateItem']);
    await bench.call('SendTaskSuccess', { taskToken: bench.token(), output: '{"seen":3}' });
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"seen":3}' });
    expect(await bench.types(executionArn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    await bench.sfn.close();
  });

  it('a task that waits for its token takes the road that the error of the callback names', async () => {
    const bench = await workbench();
    const { executionArn } = await bench.run(
      jsonata('AtAgency', {
        AtAgency: place({
          Catch: [{ ErrorEquals: ['SupplementRequested'], Next: 'SupplementRequested' }],
          Next: 'ResultReady',
        }),
        SupplementRequested: { Type: 'Pass', Output: '{% $states.input.Error %}', End: true },
        ResultReady: { Type: 'Succeed' },
      }),
    );
    await bench.call('SendTaskFailure', {
      taskToken: bench.token(),
      error: 'SupplementRequested',
      cause: 'a form is missing',
    });
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"SupplementRequested"' });
    await bench.sfn.close();
  });

  it('a task that waits for its token runs out of time at its deadline, which an expression gives', async () => {
    const bench = await workbench();
    const { executionArn } = await bench.run(
      jsonata('AtAgency', {
        AtAgency: place({
          TimeoutSeconds: '{% $states.input.days * 86400 %}',
          Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Overdue' }],
          End: true,
        }),
        Overdue: { Type: 'Succeed' },
      }),
      { days: 2 },
    );
    await bench.pass(86_400_000);
    expect(await bench.types(executionArn)).not.toContain('TaskTimedOut');
    await bench.pass(86_400_000);
    expect(await bench.types(executionArn)).toEqual(
      expect.arrayContaining(['TaskTimedOut', 'TaskStateExited', 'SucceedStateEntered', 'ExecutionSucceeded']),
    );
    expect(await bench.refusal('SendTaskSuccess', { taskToken: bench.token(), output: '{}' })).toBe('TaskTimedOut');
    await bench.sfn.close();
  });

  it('a task that waits for its token fails when no heartbeat comes, and not while they come', async () => {
    const bench = await workbench();
    const { executionArn } = await bench.run(
      jsonata('Carry', {
        Carry: place({
          HeartbeatSeconds: 60,
          Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Silent' }],
          End: true,
        }),
        Silent: { Type: 'Succeed' },
      }),
    );
    await bench.pass(50_000);
    await bench.call('SendTaskHeartbeat', { taskToken: bench.token() });
    await bench.pass(50_000);
    expect((await bench.describe(executionArn)).status).toBe('RUNNING');
    await bench.pass(15_000);
    expect(await bench.types(executionArn)).toContain('SucceedStateEntered');
    expect(await bench.refusal('SendTaskHeartbeat', { taskToken: bench.token() })).toBe('TaskTimedOut');
    await bench.sfn.close();
  });

  it('a task that waits for its token goes on when the heartbeat comes just before its timer', async () => {
    const bench = await workbench();
    const { executionArn } = await bench.run(jsonata('Carry', { Carry: place({ HeartbeatSeconds: 60, End: true }) }));
    // Within the same millisecond the beat would put the timer off by nothing.
    await bench.pass(1_000);
    const due = bench.clock.nextDue() ?? 0;
    const beat = bench.call('SendTaskHeartbeat', { taskToken: bench.token() });
    await bench.clock.jumpTo(due);
    await beat;
    await bench.sfn.idle();
    expect((await bench.describe(executionArn)).status).toBe('RUNNING');
    await bench.pass(61_000);
    expect((await bench.describe(executionArn)).status).toBe('FAILED');
    await bench.sfn.close();
  });

  it('a task that waits for its token takes a callback that is faster than the answer of the call that carried the token', async () => {
    let answer = (): void => undefined;
    const bench = await workbench({
      dynamodb: () =>
        new Promise((resolve) => {
          answer = () => resolve({ status: 200, body: {} });
        }),
    });
    const arn = await bench.start(await bench.machine('early', jsonata('A', { A: place({ End: true }) })));
    await bench.call('SendTaskSuccess', { taskToken: bench.token(), output: '1' });
    expect(await bench.refusal('SendTaskSuccess', { taskToken: bench.token(), output: '2' })).toBe('TaskTimedOut');
    answer();
    await bench.sfn.idle();
    expect(await bench.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
    expect(await bench.types(arn)).toEqual(expect.arrayContaining(['TaskSubmitted', 'TaskSucceeded']));
    await bench.sfn.close();
  });

  it('a task that waits for its token refuses tokens that it never gave, that are used, and outputs that are not JSON', async () => {
    const bench = await workbench();
    await bench.run(jsonata('A', { A: place({ End: true }) }));
    const taskToken = bench.token();
    expect(await bench.refusal('SendTaskSuccess', { taskToken: 'made up', output: '{}' })).toBe('InvalidToken');
    expect(await bench.refusal('SendTaskSuccess', { taskToken: `AAAA${taskToken.slice(4)}`, output: '{}' })).toBe(
      'InvalidToken',
    );
    expect(await bench.refusal('SendTaskSuccess', { taskToken, output: '{' })).toBe('InvalidOutput');
    expect(await bench.refusal('SendTaskSuccess', { output: '{}' })).toBe('ValidationException');
    await bench.call('SendTaskSuccess', { taskToken, output: '{}' });
    expect(await bench.refusal('SendTaskSuccess', { taskToken, output: '{}' })).toBe('TaskTimedOut');
    expect(await bench.refusal('SendTaskFailure', { taskToken })).toBe('TaskTimedOut');
    await bench.sfn.close();
  });

  it('a task that waits for its token accepts one of two callbacks that come at once', async () => {
    const bench = await workbench();
    await bench.run(jsonata('A', { A: place({ End: true }) }));
    const body = { taskToken: bench.token(), output: '{}' };
    const answers = await Promise.all([
      bench.sfn.handle('SendTaskSuccess', body),
      bench.sfn.handle('SendTaskSuccess', body),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    await bench.sfn.close();
  });
});

describe('a task that calls DynamoDB', () => {
  const refusing = async (): Promise<{ status: number; body: unknown }> => ({
    status: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
    },
  });

  it('a task that calls DynamoDB fails by the name that the AWS SDK gives the error', async () => {
    const bench = await workbench({ dynamodb: refusing });
    const result = await bench.run(jsonata('A', { A: place({ End: true }) }));
    expect(result).toMatchObject({ status: 'FAILED', error: 'DynamoDb.ConditionalCheckFailedException' });
    expect(result.cause).toMatch(
      /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: /u,
    );
    await bench.sfn.close();
  });

  it('a task that calls DynamoDB fails by the name that the optimised integration gives the error', async () => {
    const bench = await workbench({
      dynamodb: async () => ({ status: 400, body: { __type: 'a#ValidationException', message: 'no' } }),
    });
    const states = jsonata('A', {
      A: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:getItem', Arguments: {}, End: true },
    });
    const result = await bench.run(states);
    expect(result.error).toBe('DynamoDB.AmazonDynamoDBException');
    expect(result.cause).toMatch(/Error Code: ValidationException; Request ID: .*; Proxy: null\)$/u);
    await bench.sfn.close();
  });

  it('a task that calls DynamoDB hands on the answer, with the metadata of the call where the integration is the optimised one', async () => {
    const bench = await workbench({ dynamodb: async () => ({ status: 200, body: { Item: { pk: { S: 'a' } } } }) });
    const get = (service: string): Record<string, unknown> =>
      jsonata('A', { A: { Type: 'Task', Resource: `arn:aws:states:::${service}:getItem`, Arguments: {}, End: true } });
    const sdk = await bench.run(get('aws-sdk:dynamodb'));
    const optimised = await bench.run(get('dynamodb'));
    expect(JSON.parse(sdk.output ?? '')).toEqual({ Item: { pk: { S: 'a' } } });
    expect(JSON.parse(optimised.output ?? '')).toMatchObject({
      Item: { pk: { S: 'a' } },
      SdkHttpMetadata: { HttpStatusCode: 200 },
    });
    await bench.sfn.close();
  });
});

describe('a task that calls a function', () => {
  it('a task that calls a function hands on what lambda:invoke gives', async () => {
    const bench = await workbench();
    const result = await bench.run(
      jsonata('A', { A: lambdaTask({ Output: '{% $states.result.Payload %}', End: true }) }),
      { a: 1 },
    );
    expect(result.output).toBe('{"a":1}');
    await bench.sfn.close();
  });

  it('a task that calls a function is tried again with growing delays, then caught', async () => {
    const bench = await workbench({ invoke: failing });
    const { executionArn } = await bench.run(
      jsonata('A', {
        A: lambdaTask({
          Retry: [
            { ErrorEquals: ['TypeError'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3, MaxDelaySeconds: 10 },
          ],
          Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'B', Output: '{% $states.errorOutput.Error %}' }],
          Next: 'B',
        }),
        B: { Type: 'Pass', End: true },
      }),
    );
    const delay = async (): Promise<number> => {
      const seconds = Math.ceil(((bench.clock.nextDue() ?? 0) - bench.clock.now()) / 1_000);
      await bench.toNextTimer();
      return seconds;
    };
    expect([await delay(), await delay(), await delay()]).toEqual([2, 6, 10]);
    expect(await bench.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"TypeError"' });
    expect((await bench.types(executionArn)).filter((type) => type === 'TaskFailed')).toHaveLength(4);
    await bench.sfn.close();
  });

  it('a task that calls a function fails for a function that does not exist', async () => {
    const { FunctionNotFound } = await import('../../../emulator/lambda/invoker.ts');
    const bench = await workbench({ invoke: () => Promise.reject(new FunctionNotFound('gone')) });
    const result = await bench.run(jsonata('A', { A: lambdaTask({ End: true }) }));
    expect(result.error).toBe('Lambda.ResourceNotFoundException');
    await bench.sfn.close();
  });

  it('a task that calls a function fails as AWS says when the service cannot reach the function', async () => {
    const bench = await workbench({ invoke: () => Promise.reject(new ServiceException()) });
    expect(await bench.run(jsonata('Record', { Record: lambdaTask({ End: true }) }))).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.ServiceException',
      cause: expect.stringContaining('(Service: Lambda, Status Code: 500, Request ID: '),
    });
    await bench.sfn.close();
  });

  it('a task that calls a function times out while the function runs, and its late answer means nothing', async () => {
    let answer = (): void => undefined;
    const bench = await workbench({
      invoke: () =>
        new Promise((resolve) => {
          answer = () => resolve({ payload: '{}', requestId: 'late' });
        }),
      // No `settled`: the function never settles by itself.
      clock: (await import('../../../emulator/clock/virtual-clock.ts')).createClock(),
    });
    const arn = await bench.start(
      await bench.machine('slow', jsonata('A', { A: lambdaTask({ TimeoutSeconds: 5, End: true }) })),
    );
    await bench.clock.jumpTo(bench.clock.now() + 5_000);
    expect(await bench.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    answer();
    await bench.sfn.idle();
    expect((await bench.types(arn)).at(-1)).toBe('ExecutionFailed');
    await bench.sfn.close();
  });
});
