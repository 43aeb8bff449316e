import type { Intake } from '../intake/take-in.ts';
import { isDone, takeInBag, type Bags } from './bag.ts';

/**
 * Goes on with what a bag's fact says of its dossiers, where whoever began it died.
 * @throws Error when something could not be done now: whoever looks for what is due tries again
 */
export function finishBag(intake: Intake, bags: Bags) {
  return async ({ bagCode, eventId }: { readonly bagCode: string; readonly eventId: string }): Promise<void> => {
    const fact = await bags.fact(bagCode, eventId);
    if (fact === undefined) return;
    if (!isDone(await takeInBag(intake, fact))) throw new Error('a bag could not be finished now');
    await bags.finish(bagCode, eventId);
  };
}
