import { count } from './count.ts';
import { log } from './log.ts';

/**
 * Runs a sweep when the schedule rings, and says in the log what it did.
 * @throws when something could not be done now: the call counts as failed, and the next sweep tries again
 */
export function scheduledSweep(sweep: () => Promise<{ readonly failed: number; readonly standing: number }>) {
  return async (): Promise<void> => {
    const done = await sweep();
    log.info('swept', { sweep: done });
    count('Findings', done.standing);
    if (done.failed > 0) throw new Error(`${done.failed} items could not be swept now`);
  };
}
