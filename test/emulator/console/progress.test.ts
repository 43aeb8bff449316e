import { afterEach, describe, expect, it } from '@jest/globals';
import { describeExecution, machinesOf, wholeHistory } from '../../../emulator/console/executions.ts';
import { progressOf } from '../../../emulator/console/progress.ts';
import { stateRows, type StateRow } from '../../../emulator/console/state-rows.ts';
import { jsonata, place, workbench, type Workbench } from '../stepfunctions/workbench.ts';
import { machineOf } from './journey.ts';

let bench: Workbench | undefined;
afterEach(async () => {
  await bench?.sfn.close();
});

type States = Record<string, Record<string, unknown>>;

/** Runs a machine until it waits or ends, does what `then` does, and reads how its states look. */
async function rowsAfter(
  startAt: string,
  states: States,
  then: (bench: Workbench, arn: string) => Promise<unknown> = async () => {},
): Promise<Map<string, StateRow>> {
  bench = await workbench({
    invoke: async (name) =>
      name === 'fails'
        ? { payload: '{"errorType":"Broken","errorMessage":"no"}', functionError: 'Unhandled', requestId: 'r' }
        : { payload: '{}', requestId: 'r' },
  });
  const arn = await bench.start(await bench.machine('m', jsonata(startAt, states)), {}, 'e');
  await bench.sfn.idle();
  await then(bench, arn);
  await bench.sfn.idle();
  const [machine] = await machinesOf(bench.sfn);
  const execution = machine && (await describeExecution(bench.sfn, machine, 'e'));
  if (!execution) throw new Error('the execution is not there');
  const summary = bench.sfn.summaries.one(arn);
  const rows = stateRows(
    machineOf(startAt, states),
    progressOf(await wholeHistory(bench.sfn, execution)),
    execution.status === 'RUNNING' ? (summary?.at ?? []) : [],
  );
  return new Map(rows.map((row) => [row.state, row]));
}

function looks(rows: ReadonlyMap<string, StateRow>) {
  return Object.fromEntries([...rows].map(([state, { look }]) => [state, look]));
}
function taken(rows: ReadonlyMap<string, StateRow>) {
  return [...rows.values()].flatMap(({ ways }) =>
    ways
      .filter((way) => way.taken)
      .map(({ edge }) => `${edge.from} ${edge.kind} ${edge.errors.join(' ')}-> ${edge.to}`),
  );
}
function answer(error?: string) {
  return async (desk: Workbench) =>
    desk.call(error === undefined ? 'SendTaskSuccess' : 'SendTaskFailure', {
      taskToken: desk.token(),
      ...(error === undefined ? { output: '{}' } : { error }),
    });
}

const journey: States = {
  Here: place({
    TimeoutSeconds: 3600,
    Next: 'There',
    Catch: [
      { ErrorEquals: ['Aside'], Next: 'Elsewhere' },
      { ErrorEquals: ['States.Timeout'], Next: 'Late' },
    ],
  }),
  There: place({ Next: 'Done' }),
  Elsewhere: place({ Next: 'Done' }),
  Late: { Type: 'Pass', Next: 'Done' },
  Done: { Type: 'Succeed' },
};

describe('a state looks', () => {
  it('a state looks waiting while its token is out, with the timer that will end that; the others not reached', async () => {
    const rows = await rowsAfter('Here', journey);
    expect(looks(rows)).toEqual({
      Here: 'waiting',
      There: 'unreached',
      Elsewhere: 'unreached',
      Late: 'unreached',
      Done: 'unreached',
    });
    const [now] = rows.get('Here')?.now ?? [];
    expect([now?.waitsFor, (now?.nextDue ?? 0) - (now?.since ?? 0)]).toEqual(['callback', 3_600_000]);
  });

  it('a state looks succeeded when it was left onward', async () => {
    const rows = await rowsAfter('Here', journey, answer());
    expect(looks(rows)).toMatchObject({ Here: 'succeeded', There: 'waiting' });
    expect(taken(rows)).toEqual(['Here next -> There']);
  });

  it('a state looks caught when its error led elsewhere, and says which error', async () => {
    const rows = await rowsAfter('Here', journey, answer('Aside'));
    expect(looks(rows)).toMatchObject({ Here: 'caught', There: 'unreached', Elsewhere: 'waiting' });
    expect(rows.get('Here')?.visits.at(-1)?.error).toBe('Aside');
    expect(taken(rows)).toEqual(['Here catch Aside-> Elsewhere']);
  });

  it('a state looks caught when its time ran out', async () => {
    const rows = await rowsAfter('Here', journey, (desk) => desk.toNextTimer());
    expect(looks(rows)).toMatchObject({ Here: 'caught', Late: 'succeeded', Done: 'succeeded' });
    expect(taken(rows)).toEqual(['Here catch States.Timeout-> Late', 'Late next -> Done']);
  });

  it('a state looks failed when nobody caught its error', async () => {
    expect(looks(await rowsAfter('Here', journey, answer('Unheard')))).toMatchObject({
      Here: 'failed',
      Done: 'unreached',
    });
  });

  it('a state looks stopped when the execution was stopped in it', async () => {
    expect(
      looks(await rowsAfter('Here', journey, (desk, executionArn) => desk.call('StopExecution', { executionArn }))),
    ).toMatchObject({ Here: 'stopped' });
  });

  it('a state looks waiting again after a redrive', async () => {
    const rows = await rowsAfter('Here', journey, async (desk, executionArn) => {
      await answer('Unheard')(desk);
      await desk.sfn.idle();
      await desk.call('RedriveExecution', { executionArn });
    });
    expect(looks(rows)).toMatchObject({ Here: 'waiting' });
    expect(rows.get('Here')?.visits).toHaveLength(1);
  });

  it('a state looks waiting while it will be tried again, and succeeded when a later attempt did', async () => {
    let calls = 0;
    bench = await workbench({
      invoke: async () =>
        calls++ === 0
          ? { payload: '{"errorType":"Broken"}', functionError: 'Unhandled', requestId: 'r' }
          : { payload: '{}', requestId: 'r' },
    });
    const states = {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'f' },
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60 }],
        End: true,
      },
    };
    const desk = bench;
    const arn = await desk.start(await desk.machine('m', jsonata('Call', states)), {}, 'e');
    await desk.sfn.idle();
    const look = async () => {
      const [machine] = await machinesOf(desk.sfn);
      const execution = machine && (await describeExecution(desk.sfn, machine, 'e'));
      if (!execution) throw new Error('the execution is not there');
      return stateRows(
        machineOf('Call', states),
        progressOf(await wholeHistory(desk.sfn, execution)),
        desk.sfn.summaries.one(arn)?.at ?? [],
      ).map((row) => [row.look, row.now[0]?.waitsFor]);
    };
    expect(await look()).toEqual([['waiting', 'retry']]);
    await desk.toNextTimer();
    expect(await look()).toEqual([['succeeded', undefined]]);
  });

  it('a state looks failed when it is a Fail state, to which a Choice led', async () => {
    const rows = await rowsAfter('Go', {
      Go: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Good' }], Default: 'Bad' },
      Good: { Type: 'Succeed' },
      Bad: { Type: 'Fail', Error: 'Wrong' },
    });
    expect(looks(rows)).toEqual({ Go: 'succeeded', Good: 'unreached', Bad: 'failed' });
    expect(taken(rows)).toEqual(['Go default -> Bad']);
  });
});

describe('states inside of others', () => {
  const call = (name: string, more: Record<string, unknown>) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: name },
    ...more,
  });

  it('the states inside of others look as their branch went: one failed, the other was stopped with it, and the Parallel caught', async () => {
    const rows = await rowsAfter('Both', {
      Both: {
        Type: 'Parallel',
        Next: 'Done',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Mended' }],
        Branches: [
          { StartAt: 'Waits', States: { Waits: place({ End: true }) } },
          { StartAt: 'Fails', States: { Fails: call('fails', { End: true }) } },
        ],
      },
      Mended: { Type: 'Succeed' },
      Done: { Type: 'Succeed' },
    });
    expect(looks(rows)).toEqual({
      Both: 'caught',
      Waits: 'stopped',
      Fails: 'failed',
      Mended: 'succeeded',
      Done: 'unreached',
    });
    expect([rows.get('Both')?.visits[0]?.error, taken(rows)]).toEqual(['Broken', ['Both catch States.ALL-> Mended']]);
  });

  it('the states inside of others count every iteration of a Map', async () => {
    const rows = await rowsAfter('Each', {
      Each: {
        Type: 'Map',
        Items: '{% [1, 2, 3] %}',
        MaxConcurrency: 2,
        Next: 'Done',
        ItemProcessor: {
          StartAt: 'First',
          States: { First: { Type: 'Pass', Next: 'Second' }, Second: call('works', { End: true }) },
        },
      },
      Done: { Type: 'Succeed' },
    });
    expect(looks(rows)).toEqual({ Each: 'succeeded', First: 'succeeded', Second: 'succeeded', Done: 'succeeded' });
    expect([
      rows.get('Each')?.visits.length,
      rows.get('First')?.visits.length,
      rows.get('Second')?.visits.length,
    ]).toEqual([1, 3, 3]);
    expect(taken(rows)).toEqual(['Each next -> Done', 'First next -> Second']);
  });

  it('the states inside of others wait in several branches at once', async () => {
    const rows = await rowsAfter('Both', {
      Both: {
        Type: 'Parallel',
        End: true,
        Branches: [
          { StartAt: 'Token', States: { Token: place({ End: true }) } },
          { StartAt: 'Clock', States: { Clock: { Type: 'Wait', Seconds: 60, End: true } } },
        ],
      },
    });
    expect(looks(rows)).toEqual({ Both: 'running', Token: 'waiting', Clock: 'waiting' });
    expect([rows.get('Token')?.now[0]?.waitsFor, rows.get('Clock')?.now[0]?.waitsFor]).toEqual(['callback', 'time']);
  });
});
