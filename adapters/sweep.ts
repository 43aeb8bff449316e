/**
 * Runs a sweep when the schedule rings, and says in the log what it did.
 * @throws when something could not be done now: the call counts as failed, and the next sweep tries again
 */
export function scheduledSweep(sweep: () => Promise<{ readonly failed: number }>) {
  return async (): Promise<void> => {
    const done = await sweep();
    console.info({ sweep: done });
    if (done.failed > 0) throw new Error(`${done.failed} items could not be swept now`);
  };
}
