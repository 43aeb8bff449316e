import { log } from './log.ts';

/**
 * Runs a round when the schedule rings, and says in the log what it did.
 * @param word for the log: what was done
 * @param also told what it did
 * @throws when something could not be done now: the call counts as failed, and the next round tries again
 */
export function scheduledRound<Done extends { readonly failed: number }>(
  word: string,
  round: () => Promise<Done>,
  also: (done: Done) => void = () => {},
) {
  return async (): Promise<void> => {
    const done = await round();
    log.info(word, { done });
    also(done);
    if (done.failed > 0) throw new Error(`${done.failed} items could not be ${word} now`);
  };
}
