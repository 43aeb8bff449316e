import { describe, expect, it } from '@jest/globals';
import { endedExecution } from '../../../adapters/stepfunctions/ended-execution.ts';
import { listenToLog } from '../http/log-lines.ts';

describe('an execution that ended', () => {
  const dossierId = 'd-00000000000000000000000010';
  const log = listenToLog();
  const resumed: unknown[] = [];
  const told = endedExecution(async (ended) => {
    resumed.push(ended);
    return 'raised';
  });

  it('an execution that ended is resumed by its dossier and generation, and the log says what became of it', async () => {
    await told({ detail: { name: `${dossierId}-3`, status: 'ABORTED' } });
    expect(resumed).toEqual([{ dossierId, generation: 3 }]);
    expect(log.lines()).toEqual([
      { level: 'INFO', message: 'ended', dossierId, generation: 3, status: 'ABORTED', outcome: 'raised' },
    ]);
  });

  it('an execution that ended and is not ours is left alone, and its name, which may be anybody’s, is in no log', async () => {
    await told({ detail: { name: 'Nguyễn Thị Ví Dụ', status: 'FAILED' } });
    expect(resumed).toHaveLength(1);
    expect(log.lines()).toEqual([{ level: 'WARN', message: 'ended', status: 'FAILED', outcome: 'not ours' }]);
  });

  it.each([{}, { detail: { name: 7, status: 'FAILED' } }, null])('%j is no execution that ended', async (event) => {
    await expect(told(event)).rejects.toThrow();
  });
});
