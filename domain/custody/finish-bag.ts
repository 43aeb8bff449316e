import type { Intake } from '../intake/take-in.ts';
import { isDone, takeInAndPack, type Bags } from './bag.ts';

/** What could not be done in a day is not done by trying: what hinders it lies on another desk by then. */
const patienceMs = 24 * 3_600_000;

/**
 * Goes on with what a bag's fact says of its dossiers, where whoever began it died.
 * @throws Error when something could not be done now: whoever looks for what is due tries again, for a day
 */
export function finishBag(intake: Intake, bags: Bags) {
  return async ({ bagCode, eventId }: { readonly bagCode: string; readonly eventId: string }): Promise<void> => {
    const fact = await bags.fact(bagCode, eventId);
    if (fact === undefined || isDone(await takeInAndPack(intake, bags, fact))) return;
    if (intake.now() < fact.keptAt + patienceMs) throw new Error('a bag could not be finished now');
    await bags.finish(bagCode, eventId);
  };
}
