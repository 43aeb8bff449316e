import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatusChange } from '../../../emulator/stepfunctions/status-changes.ts';
import { workbench } from './workbench.ts';

const waits = {
  StartAt: 'Wait',
  QueryLanguage: 'JSONata',
  States: {
    Wait: { Type: 'Wait', Seconds: 99_999_999, Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

function listener(isThere = true) {
  const heard: StatusChange[] = [];
  return {
    heard,
    takes: ({ detail }: StatusChange) => detail['status'] !== 'RUNNING',
    put: async (change: StatusChange) => {
      if (!isThere) throw new Error('nobody is there');
      heard.push(change);
    },
  };
}

describe('the end of an execution', () => {
  it('the end of an execution is told in the words of EventBridge, once, to whoever takes it', async () => {
    const notices = listener();
    const bench = await workbench({ notices });
    const machine = await bench.machine('waits', waits);
    const arn = await bench.start(machine, { a: 1 }, 'one');
    await bench.call('StopExecution', { executionArn: arn, error: 'Enough', cause: 'because' });
    await bench.sfn.idle();
    expect(notices.heard).toEqual([
      {
        'source': 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        'resources': [arn],
        'detail': {
          executionArn: arn,
          stateMachineArn: machine,
          name: 'one',
          status: 'ABORTED',
          startDate: expect.any(Number),
          stopDate: expect.any(Number),
          input: '{"a":1}',
          inputDetails: { included: true },
          output: null,
          outputDetails: null,
          error: 'Enough',
          cause: 'because',
          stateMachineVersionArn: null,
          stateMachineAliasArn: null,
          redriveCount: 0,
          redriveDate: null,
        },
      },
    ]);
    await bench.sfn.close();
  });

  it('the end of an execution is told of each execution, however many were told before', async () => {
    const notices = listener();
    const bench = await workbench({ notices });
    const machine = await bench.machine('waits', waits);
    for (const name of ['one', 'two', 'three']) {
      await bench.call('StopExecution', { executionArn: await bench.start(machine, {}, name) });
      await bench.sfn.idle();
    }
    expect(notices.heard.map(({ detail }) => detail['name'])).toEqual(['one', 'two', 'three']);
    await bench.sfn.close();
  });

  it('the end of an execution that could not be told is told after a restart', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'status-changes-'));
    try {
      const file = join(directory, 'stepfunctions.db');
      const before = await workbench({ file, notices: { ...listener(false), takes: () => true } });
      const arn = await before.start(await before.machine('waits', waits), {}, 'one');
      await before.call('StopExecution', { executionArn: arn });
      await before.sfn.close();
      const notices = listener();
      const after = await workbench({ file, notices });
      await after.sfn.idle();
      expect(notices.heard.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'ABORTED']);
      await after.sfn.close();
      const again = listener();
      const third = await workbench({ file, notices: again });
      await third.sfn.idle();
      expect(again.heard).toEqual([]);
      await third.sfn.close();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('the end of an execution comes after a year at the latest, as a time-out', async () => {
    const notices = listener();
    const bench = await workbench({ notices });
    const arn = await bench.start(await bench.machine('waits', waits));
    await bench.pass(364 * 86_400_000);
    expect(await bench.describe(arn)).toMatchObject({ status: 'RUNNING' });
    await bench.pass(86_400_000);
    expect(await bench.describe(arn)).toMatchObject({ status: 'TIMED_OUT' });
    expect(notices.heard).toMatchObject([{ detail: { status: 'TIMED_OUT' } }]);
    await bench.sfn.close();
  });
});
