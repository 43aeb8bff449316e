import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonata, place, workbench, type Workbench } from './workbench.ts';

let bench: Workbench;
let machine = '';
beforeEach(async () => {
  bench = await workbench();
  machine = await bench.machine(
    'journey',
    jsonata('Here', { Here: place({ TimeoutSeconds: 3600, Next: 'Done' }), Done: { Type: 'Succeed' } }),
  );
});
afterEach(() => bench.sfn.close());

async function start(...executions: string[]): Promise<void> {
  for (const name of executions) await bench.start(machine, {}, name);
  await bench.sfn.idle();
}
function page(query: Partial<Parameters<Workbench['sfn']['summaries']['page']>[0]> = {}) {
  return bench.sfn.summaries.page({ machineArn: machine, limit: 10, ...query });
}
function names(query: Parameters<typeof page>[0] = {}) {
  return page(query).map(({ name }) => name);
}

describe('where executions stand', () => {
  it('where executions stand is told with state, since when, what it waits for and the next timer', async () => {
    const before = bench.clock.now();
    await start('a');
    const [a] = page();
    expect(a).toMatchObject({ name: 'a', status: 'RUNNING', at: [{ state: 'Here', waitsFor: 'callback' }] });
    expect(a?.at[0]?.since).toBeGreaterThanOrEqual(before);
    expect([(a?.nextDue ?? 0) - (a?.at[0]?.since ?? 0), a?.nextDue]).toEqual([3_600_000, bench.clock.nextDue()]);
  });

  it('where executions stand is told of one that is over with its last state, and no timer', async () => {
    await start('a');
    await bench.call('SendTaskSuccess', { taskToken: bench.token(), output: '{}' });
    await bench.sfn.idle();
    const [a] = page();
    expect(a).toMatchObject({ status: 'SUCCEEDED', at: [{ state: 'Done' }] });
    expect([a?.nextDue, typeof a?.stoppedAt]).toEqual([undefined, 'number']);
  });

  it('where executions stand is told of one that failed with the state in which it did', async () => {
    await start('a');
    await bench.call('SendTaskFailure', { taskToken: bench.token() });
    await bench.sfn.idle();
    expect(page()).toMatchObject([{ status: 'FAILED', at: [{ state: 'Here' }] }]);
  });

  it('where executions stand comes newest first, page by page, forth and back', async () => {
    await start('a', 'b', 'c', 'd', 'e');
    const first = page({ limit: 2 });
    const second = page({ limit: 2, from: { id: first[1]?.id ?? 0, go: 'older' } });
    const back = page({ limit: 2, from: { id: second[0]?.id ?? 0, go: 'newer' } });
    expect([first, second, back].map((one) => one.map(({ name }) => name))).toEqual([
      ['e', 'd'],
      ['c', 'b'],
      ['e', 'd'],
    ]);
  });

  it('where executions stand is found by a part of the name in any case, by its ARN, and by its status', async () => {
    await start('D-17-g1', 'D-18-g1', 'x');
    await bench.call('StopExecution', { executionArn: page({ name: 'x' })[0]?.arn });
    expect(names({ name: 'd-1' })).toEqual(['D-18-g1', 'D-17-g1']);
    expect(names({ name: page({ name: '17' })[0]?.arn ?? '' })).toEqual(['D-17-g1']);
    expect([names({ status: 'ABORTED' }), names({ status: 'RUNNING', name: '%' })]).toEqual([['x'], []]);
    expect(Object.fromEntries(bench.sfn.summaries.counts(machine))).toEqual({ ABORTED: 1, RUNNING: 2 });
  });

  it('an execution that the clock moves until a time is known as such', async () => {
    await start('a', 'b');
    const due = bench.clock.nextDue() ?? 0;
    expect([bench.sfn.summaries.dueBy(due - 1), bench.sfn.summaries.dueBy(due + 60_000)]).toEqual([0, 2]);
  });
});
