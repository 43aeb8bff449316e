import type { Tellings } from '../../domain/ports/tellings.ts';

/** As many lines as are looked after well within the function's time; the next round goes on with the rest. */
const mostLines = 200;

/**
 * Looks after every dossier of which something has arrived or is due. One that cannot be looked after holds up no
 * other: its line stays, and the next round tries again.
 * @param failed told which and why
 * @returns what it did
 */
export function tellingRound(
  tellings: Pick<Tellings, 'dueBy'>,
  tell: (dossierId: string) => Promise<void>,
  failed: (dossierId: string, error: unknown) => void,
  now: () => number,
) {
  return async (): Promise<{ readonly told: number; readonly failed: number }> => {
    const done = { told: 0, failed: 0 };
    for (const dossierId of await tellings.dueBy(now(), mostLines)) {
      try {
        await tell(dossierId);
        done.told += 1;
      } catch (error) {
        failed(dossierId, error);
        done.failed += 1;
      }
    }
    return done;
  };
}
