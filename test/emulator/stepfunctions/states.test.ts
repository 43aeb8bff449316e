import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonata, place, workbench, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await workbench({
    invoke: async (_name, payload) =>
      payload.includes('"bad"')
        ? { functionError: 'Unhandled', payload: '{"errorType":"Bad","errorMessage":"no"}', requestId: 'r' }
        : { payload, requestId: 'r' },
  });
});
afterAll(() => bench.sfn.close());

async function output(states: unknown, input: unknown = {}): Promise<unknown> {
  const result = await bench.run(states, input);
  return result.output === undefined ? `${result.error}: ${result.cause}` : JSON.parse(result.output);
}
function pass(value: unknown): unknown {
  return jsonata('A', { A: { Type: 'Pass', Output: value, End: true } });
}
const call = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:111111111111:function:f', End: true };

describe('an expression', () => {
  it.each<[string, unknown, unknown]>([
    ['$partition([1,2,3], 2)', {}, [[1, 2], [3]]],
    ['$range(0, 6, 3)', {}, [0, 3, 6]],
    ['$range(3, 1, -1)', {}, [3, 2, 1]],
    ["$hash('a', 'SHA-256')", {}, 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ['$parse(\'{"a":[1]}\')', {}, { a: [1] }],
    ['$random(7) = $random(7)', {}, true],
    ['$length($uuid())', {}, 36],
    [
      '$states.input.items[price > 1].name',
      {
        items: [
          { name: 'a', price: 1 },
          { name: 'b', price: 2 },
        ],
      },
      'b',
    ],
    ['$states.context.Execution.Input.a', { a: 5 }, 5],
    ['$states.context.State.Name', {}, 'A'],
    ['$states.context.Execution.RedriveCount', {}, 0],
  ])('an expression gives what AWS gives: %s', async (expression, input, wanted) => {
    expect(await output(pass(`{% ${expression} %}`), input)).toEqual(wanted);
  });

  it.each<[string, string]>([
    ['$states.input.missing', 'returned nothing (undefined).'],
    ['$eval("1")', 'T1006: Attempted to invoke a non-function'],
    ["$error('refused')", 'D3137: refused'],
    ['$sum', 'returned an unsupported result type.'],
    ["$hash('a', 'CRC')", 'The algorithm of $hash must be one of'],
    ['$range(0, 5000, 1)', '$range gives at most 1000 numbers'],
    ['($f := function($n) { $f($n + 1) + 1 }; $f(0))', 'threw an error during evaluation: Stack overflow error'],
  ])('an expression fails by AWS name: %s', async (expression, told) => {
    expect(await output(pass(`{% ${expression} %}`))).toEqual(
      expect.stringMatching(/^States\.QueryEvaluationError: .*'Output'/u),
    );
    expect(await output(pass(`{% ${expression} %}`))).toEqual(expect.stringContaining(told));
  });

  it('an expression takes its time from the virtual clock', async () => {
    await bench.clock.jumpTo(bench.clock.now() + 400 * 86_400_000);
    const before = bench.clock.now();
    const [millis, now] = [
      await output(pass('{% $millis() %}')),
      await output(pass("{% $toMillis($now('[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001]Z')) %}")),
    ];
    expect(Number(millis)).toBeGreaterThanOrEqual(before);
    expect(Number(now)).toBeGreaterThanOrEqual(Number(millis));
  });

  it('an expression sees variables as they were when the state assigns new ones', async () => {
    const states = jsonata('A', {
      A: { Type: 'Pass', Assign: { n: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', old: '{% $n %}' }, Output: '{% $n %}', Next: 'C' },
      C: { Type: 'Pass', Output: '{% [$states.input, $n, $old] %}', End: true },
    });
    expect(await output(states)).toEqual([1, 2, 1]);
  });
});

describe('a Choice', () => {
  const choice = (more: Record<string, unknown>): unknown =>
    jsonata('C', {
      C: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'Big', Assign: { size: 'big' } }],
        ...more,
      },
      Big: { Type: 'Pass', Output: '{% $size %}', End: true },
    });
  it('a Choice takes the first rule that holds, with its own variables', async () => {
    expect(await output(choice({}), { n: 2 })).toBe('big');
  });
  it('a Choice fails by name when no rule holds and there is no default', async () => {
    expect(await output(choice({}), { n: 1 })).toEqual(
      expect.stringMatching(
        /^States\.Runtime: An error .* Failed to transition out of the state\. The state does not point to a next state\.$/u,
      ),
    );
  });
  it('a Choice wants a boolean', async () => {
    expect(
      await output(
        jsonata('C', { C: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'D' }] }, D: { Type: 'Succeed' } }),
      ),
    ).toEqual(expect.stringContaining("Expected 'boolean', but was 'number' for value: 1"));
  });
});

describe('a Wait', () => {
  it('a Wait waits for its seconds on the virtual clock', async () => {
    const { executionArn } = await bench.run(jsonata('W', { W: { Type: 'Wait', Seconds: '{% 60 * 2 %}', End: true } }));
    await bench.pass(119_000);
    expect((await bench.describe(executionArn)).status).toBe('RUNNING');
    await bench.pass(2_000);
    expect((await bench.describe(executionArn)).status).toBe('SUCCEEDED');
  });
  it.each<[string, boolean]>([
    ['2020-02-29T00:00:00Z', true],
    ['2020-02-29T00:00:00.123456789+07:00', true],
    ['2021-02-29T00:00:00Z', false],
    ['2021-02-28', false],
    ['2021-02-28T00:00:00+0700', false],
  ])('a Wait takes an ISO 8601 time with its offset, and nothing else: %s', async (timestamp, good) => {
    const { status } = await bench.run(jsonata('W', { W: { Type: 'Wait', Timestamp: timestamp, End: true } }));
    expect(status).toBe(good ? 'SUCCEEDED' : 'FAILED');
  });
  it('a Wait refuses seconds that are none', async () => {
    expect(await output(jsonata('W', { W: { Type: 'Wait', Seconds: '{% -1 %}', End: true } }))).toEqual(
      expect.stringContaining('Seconds field'),
    );
  });
});

describe('a Fail', () => {
  it('a Fail ends the execution with the error and the cause that expressions give', async () => {
    expect(
      await output(jsonata('F', { F: { Type: 'Fail', Error: "{% 'Lost' %}", Cause: '{% $states.input.why %}' } }), {
        why: 'flood',
      }),
    ).toBe('Lost: flood');
  });
});

describe('a Parallel', () => {
  let drawn = 0;
  const branch = (state: Record<string, unknown>): unknown => {
    const name = `S${(drawn += 1)}`;
    return { StartAt: name, States: { [name]: state } };
  };
  it('a Parallel gives the outputs of its branches in their order', async () => {
    const states = jsonata('P', {
      P: {
        Type: 'Parallel',
        Branches: [
          branch({ Type: 'Wait', Seconds: 5, Output: 'slow', End: true }),
          branch({ Type: 'Pass', Output: 'fast', End: true }),
        ],
        End: true,
      },
    });
    const { executionArn } = await bench.run(states);
    await bench.pass(6_000);
    expect((await bench.describe(executionArn)).output).toBe('["slow","fast"]');
  });
  it('a Parallel fails with the first branch that fails, and ends the others', async () => {
    const states = jsonata('P', {
      P: {
        Type: 'Parallel',
        Branches: [branch({ Type: 'Wait', Seconds: 5, End: true }), branch({ Type: 'Fail', Error: 'Torn' })],
        Catch: [{ ErrorEquals: ['Torn'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', Output: '{% $states.input.Error %}', End: true },
    });
    const { executionArn, output: told } = await bench.run(states);
    expect(told).toBe('"Torn"');
    expect(await bench.types(executionArn)).toEqual([
      'ExecutionStarted',
      'ParallelStateEntered',
      'ParallelStateStarted',
      'WaitStateEntered',
      'FailStateEntered',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    await bench.pass(6_000);
    expect((await bench.types(executionArn)).at(-1)).toBe('ExecutionSucceeded');
  });
  it('a Parallel lets a branch read the variables around it, and keep its own', async () => {
    const states = jsonata('A', {
      A: { Type: 'Pass', Assign: { outer: 1 }, Next: 'P' },
      P: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'S',
            States: {
              S: { Type: 'Pass', Assign: { inner: 2 }, Next: 'T' },
              T: { Type: 'Pass', Output: '{% $outer + $inner %}', End: true },
            },
          },
        ],
        Next: 'Z',
      },
      Z: { Type: 'Pass', Output: '{% [$states.input[0], $exists($inner)] %}', End: true },
    });
    expect(await output(states)).toEqual([3, false]);
  });
});

describe('a Map', () => {
  const map = (more: Record<string, unknown>, state: Record<string, unknown> = call): unknown =>
    jsonata('M', { M: { Type: 'Map', ItemProcessor: { StartAt: 'S', States: { S: state } }, End: true, ...more } });

  it('a Map gives the outputs in the order of the items', async () => {
    expect(
      await output(
        map({ ItemSelector: { i: '{% $states.context.Map.Item.Index %}', v: '{% $states.context.Map.Item.Value %}' } }),
        ['a', 'b'],
      ),
    ).toEqual([
      { i: 0, v: 'a' },
      { i: 1, v: 'b' },
    ]);
  });
  it('a Map runs no more iterations at once than it may', async () => {
    const { executionArn } = await bench.run(
      map({ MaxConcurrency: 2 }, { Type: 'Wait', Seconds: 1, End: true }),
      [1, 2, 3, 4, 5],
    );
    expect((await bench.types(executionArn)).filter((type) => type === 'MapIterationStarted')).toHaveLength(2);
    await bench.pass(10_000);
    expect((await bench.describe(executionArn)).output).toBe('[1,2,3,4,5]');
  });
  it('a Map runs forty at once when it may run all', async () => {
    const { executionArn } = await bench.run(
      map({}, { Type: 'Wait', Seconds: 1, End: true }),
      Array.from({ length: 50 }).fill(0),
    );
    expect((await bench.types(executionArn)).filter((type) => type === 'MapIterationStarted')).toHaveLength(40);
    await bench.pass(3_000);
    expect((await bench.describe(executionArn)).status).toBe('SUCCEEDED');
  });
  it('a Map fails with an iteration that fails', async () => {
    const { executionArn, error } = await bench.run(map({ MaxConcurrency: 1 }), ['good', 'bad', 'never']);
    expect(error).toBe('Bad');
    const last = (await bench.history(executionArn)).slice(-4);
    expect(last.map(({ type }) => type)).toEqual([
      'LambdaFunctionFailed',
      'MapIterationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    const [failed, iteration, state] = last;
    expect([iteration?.previousEventId, state?.previousEventId]).toEqual([failed?.id, failed?.id]);
  });
  it('a Map tolerates as many failures as it says', async () => {
    expect(await output(map({ ToleratedFailureCount: 1 }), ['bad', 'good'])).toMatchObject([{ Error: 'Bad' }, 'good']);
    expect(await output(map({ ToleratedFailurePercentage: 50 }), ['bad', 'good'])).toMatchObject([
      { Error: 'Bad' },
      'good',
    ]);
    expect(await output(map({ ToleratedFailurePercentage: 49 }), ['bad', 'good'])).toEqual(
      expect.stringMatching(/^Bad/u),
    );
  });
  it('a Map leaves no iteration behind when a selector fails', async () => {
    const { executionArn } = await bench.run(map({ ItemSelector: '{% $states.context.Map.Item.Value.x %}' }), [
      { x: 1 },
      {},
    ]);
    expect((await bench.types(executionArn)).slice(-3)).toEqual([
      'EvaluationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });
});

describe('the limits', () => {
  it('a limit ends an execution whose history is full', async () => {
    const { executionArn, status, cause } = await bench.run(
      jsonata('A', {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Choice', Choices: [{ Condition: true, Next: 'A' }], Default: 'C' },
        C: { Type: 'Succeed' },
      }),
    );
    expect([status, cause]).toEqual(['FAILED', expect.stringContaining('25000')]);
    const last = await bench.call('GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 1 });
    expect(last).toMatchObject({ events: [{ id: 25_000, type: 'ExecutionFailed' }] });
  }, 20_000);
  it('a limit refuses an output of more than 256 KiB, and nothing catches that', async () => {
    const states = jsonata('A', {
      A: { ...call, Output: "{% $pad('', 300000, 'x') %}", Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] },
      B: { Type: 'Succeed' },
    });
    expect(await output(states)).toEqual(expect.stringMatching(/^States\.DataLimitExceeded/u));
  });
  it('a limit ends an execution that takes longer than its machine allows', async () => {
    const { executionArn } = await bench.run({
      ...Object(jsonata('A', { A: place({ End: true }) })),
      TimeoutSeconds: 60,
    });
    await bench.pass(61_000);
    const described = await bench.describe(executionArn);
    expect([described.status, described.error]).toEqual(['TIMED_OUT', undefined]);
    expect((await bench.history(executionArn)).at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });
});

describe('a mixed definition', () => {
  it('a mixed definition lets JSONPath states stand between JSONata states', async () => {
    const states = {
      StartAt: 'A',
      States: {
        A: {
          Type: 'Pass',
          Parameters: { 'deep.$': '$.a.b[1]', 'name.$': '$$.State.Name', 'fixed': 1 },
          ResultPath: '$.made',
          Assign: { 'kept.$': '$.deep' },
          Next: 'B',
        },
        B: { Type: 'Task', Resource: call.Resource, InputPath: '$.made', ResultPath: '$.answer', Next: 'C' },
        C: {
          Type: 'Pass',
          QueryLanguage: 'JSONata',
          Output: '{% [$states.input.answer.deep, $kept, $states.input.made.name] %}',
          End: true,
        },
      },
    };
    expect(await output(states, { a: { b: [1, 2] } })).toEqual([2, 2, 'A']);
  });
  it('a mixed definition fails by name at a path that leads nowhere', async () => {
    const states = {
      StartAt: 'A',
      States: { A: { Type: 'Pass', InputPath: '$.none', Next: 'B' }, B: { Type: 'Succeed', QueryLanguage: 'JSONata' } },
    };
    expect(await output(states)).toEqual(
      expect.stringMatching(/^States\.Runtime: .*Invalid path '\$\.none' : No results for path: \$\['none'\]/u),
    );
  });
});

describe('a journey of a month', () => {
  it('a journey of a month passes five deadlines, one after the other, each at its own time', async () => {
    const states: Record<string, unknown> = {};
    for (const n of [1, 2, 3, 4, 5]) {
      states[`Place${n}`] = place({
        TimeoutSeconds: 6 * 86_400,
        Catch: [{ ErrorEquals: ['States.Timeout'], Next: `Late${n}`, Output: {} }],
        Next: 'End',
      });
      states[`Late${n}`] = { Type: 'Task', Resource: call.Resource, Output: {}, Next: n < 5 ? `Place${n + 1}` : 'End' };
    }
    const own = await workbench();
    const { executionArn } = await own.run(jsonata('Place1', { ...states, End: { Type: 'Succeed' } }));
    const start = own.clock.now();
    await own.clock.jumpTo(start + 31 * 86_400_000);
    expect((await own.describe(executionArn)).status).toBe('SUCCEEDED');
    const history = await own.history(executionArn);
    const days = history
      .filter(({ type }) => type === 'TaskTimedOut')
      .map(({ timestamp }) => Math.round((Number(timestamp) * 1_000 - start) / 86_400_000));
    expect(days).toEqual([6, 12, 18, 24, 30]);
    await own.sfn.close();
  });
});
