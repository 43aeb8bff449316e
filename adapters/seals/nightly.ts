import type { Seal } from '../../domain/seal.ts';
import { count } from '../count.ts';
import { log } from '../log.ts';

/** Seals when the schedule rings, says in the log what was sealed, and counts that the last day is. */
export function nightlySeal(sealDays: () => Promise<readonly Seal[]>) {
  return async (): Promise<void> => {
    const sealed = await sealDays();
    log.info('sealed', { seals: sealed.map(({ day, dossiers, digest }) => ({ day, dossiers, digest })) });
    count('NightsSealed', 1);
  };
}
